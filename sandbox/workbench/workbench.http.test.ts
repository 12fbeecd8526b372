import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const page = async (path: string) => (await fetch(`${bench.sandbox.url}${path}`)).text();
const press = (path: string, fields: Record<string, string>) => postForm(`${bench.sandbox.url}${path}`, fields);

describe("the workbench", () => {
  it("says first that no money moves, and what is due next", async () => {
    await bench.stripe.checkout.sessions.create({
      mode: "subscription",
      success_url: "http://x.test",
      line_items: [{ price: "price_TEST123", quantity: 1 }],
    });
    const text = await page("/");
    expect(text.indexOf("No money moves here.")).toBeLessThan(text.indexOf("<h1>"));
    expect(text).toContain("a checkout expires");
  });

  it("lets browsers tell where a form was, or its own buttons would be refused as a stranger's", async () => {
    const answer = await fetch(bench.sandbox.url);
    expect(answer.headers.get("referrer-policy")).toBe("same-origin");
    const [body, headers] = ["by=P1D", { "Content-Type": "application/x-www-form-urlencoded", Origin: "null" }];
    const stranger = await fetch(`${bench.sandbox.url}/_workbench/advance`, { method: "POST", headers, body });
    expect(stranger.status).toBe(403);
  });

  it("moves the clock", async () => {
    const before = (await bench.control("GET", "/_control/clock")).body as { now: string };
    expect(await press("/_workbench/advance", { by: "P1D" })).toMatchObject({ status: 303, location: "/" });
    const after = (await bench.control("GET", "/_control/clock")).body as { now: string };
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(86_400_000);
    expect((await press("/_workbench/advance", { to: "2020-01-01T00:00" })).text).toContain("never goes back");
  });

  it("sets faults and repeats on top what goes wrong on purpose", async () => {
    await press("/_workbench/faults", {
      drop: "all",
      delayMs: "50",
      duplicate: "1",
      order: "reversed",
      callKind: "reset",
      callWhen: "after",
      callPath: "/v1/refunds",
      callTimes: "2",
      smtpKind: "reject",
      smtpWhen: "before",
      smtpTimes: "1",
    });
    expect((await bench.control("GET", "/_control/faults")).body).toEqual({
      webhooks: { drop: "all", delayMs: 50, duplicate: 1, order: "causal", reorder: true },
      calls: [{ kind: "reset", when: "after", path: "/v1/refunds", times: 2, status: 500, delayMs: 1_000 }],
      smtp: { kind: "reject", when: "before", times: 1, status: 451 },
    });
    expect(await page("/")).toContain("every webhook is lost");
    await press("/_workbench/faults/clear", {});
    expect(await page("/")).not.toContain("every webhook is lost");
  });

  it("shows events with their deliveries, and delivers again", async () => {
    const customer = await bench.stripe.customers.create({ name: `<b>"Ada"</b>` });
    const [{ event } = { event: undefined }] = (
      await bench.receiver.until((all) => all.some((one) => one.event.type === "customer.created"))
    ).filter((one) => one.event.type === "customer.created");
    expect(await page("/events?type=customer.*")).toContain(`/find?id=${customer.id}`);
    await bench.control("POST", "/_control/webhooks/flush");
    const text = await page(`/events/${event?.id}`);
    expect(text).toContain("delivered 200");
    expect(text).toContain("&lt;b&gt;\\&quot;Ada\\&quot;&lt;/b&gt;");
    await press(`/_workbench/events/${event?.id}/redeliver`, {});
    await bench.receiver.until((all) => all.filter((one) => one.event.id === event?.id).length === 2);
  });

  it("finds any object by its id, with its history", async () => {
    const session = await bench.stripe.checkout.sessions.create({
      mode: "subscription",
      success_url: "http://x.test",
      line_items: [{ price: "price_TEST123", quantity: 1 }],
    });
    await submitCheckout(bench, session.id);
    const { subscription } = await bench.stripe.checkout.sessions.retrieve(session.id);
    const text = await page(`/find?id=${subscription}`);
    expect(text).toContain("customer.subscription.created");
    expect(text).toContain('href="/find?id=price_TEST123"');
    expect(await page("/objects?kind=subscription")).toContain(String(subscription));
    expect((await fetch(`${bench.sandbox.url}/find?id=nothing`)).status).toBe(404);
  });

  it("lists what was asked for and is not simulated", async () => {
    await bench.stripe.plans
      .create({ currency: "sek", interval: "month", product: "prod_TEST123", amount: 100 })
      .catch(() => undefined);
    expect(await page("/calls")).toContain("POST /v1/plans");
  });

  it("resets only when the word is typed", async () => {
    await press("/_workbench/reset", { word: "yes" });
    expect((await bench.stripe.customers.list()).data.length).toBeGreaterThan(0);
    expect(await press("/_workbench/reset", { word: "reset" })).toMatchObject({ status: 303 });
    expect((await bench.stripe.customers.list()).data).toEqual([]);
  });
});

describe("a state that was downloaded", () => {
  const bring = (text: string) => {
    const form = new FormData();
    form.set("state", new File([text], "sandbox.json", { type: "application/json" }));
    return fetch(`${bench.sandbox.url}/_workbench/import`, { method: "POST", body: form, redirect: "manual" });
  };

  it("is put in place of what is here, and nothing else is", async () => {
    const kept = await bench.stripe.customers.create({ name: "Kept" });
    const copy = await page("/_control/export");
    const later = await bench.stripe.customers.create({ name: "Later" });
    const refused = await bring('{"kraftverkSandbox":2}');
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining("Nothing was changed")]);
    expect((await bench.stripe.customers.retrieve(later.id)).id).toBe(later.id);
    expect((await bring(copy)).headers.get("location")).toBe("/?done=import");
    expect((await bench.stripe.customers.retrieve(kept.id)).id).toBe(kept.id);
    await expect(bench.stripe.customers.retrieve(later.id)).rejects.toMatchObject({ code: "resource_missing" });
  });
});
