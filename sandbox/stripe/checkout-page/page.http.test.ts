import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";
import { goods, membership, type SessionParams } from "../checkout/test-offers.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const open = (params: SessionParams) => bench.stripe.checkout.sessions.create(params);
const page = async (id: string) => (await fetch(`${bench.sandbox.url}/c/pay/${id}`, { redirect: "manual" })).text();
const arrived = (type: string, id: string) =>
  bench.receiver.until((all) =>
    all.some(({ event }) => event.type === type && "id" in event.data.object && event.data.object.id === id),
  );

describe("pressing twice", () => {
  it("pays once", async () => {
    const session = await open(goods);
    const both = await Promise.all([submitCheckout(bench, session.id), submitCheckout(bench, session.id)]);
    expect(both.map((one) => one.location)).toEqual([both[0]?.location, both[0]?.location]);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id);
    expect((await bench.stripe.charges.list({ payment_intent: paid.payment_intent as string })).data).toHaveLength(1);
    const again = await fetch(`${bench.sandbox.url}/c/pay/${session.id}`, { redirect: "manual" });
    expect([again.status, again.headers.get("location")]).toEqual([
      303,
      `http://shop.test/return?session=${session.id}`,
    ]);
  });
});

describe("the page", () => {
  it("keeps what was filled in but the security code, and names each error under its field", async () => {
    const session = await open(membership);
    const { text } = await submitCheckout(bench, session.id, {
      cardNumber: "4242 4242 4242 4241",
      cardCvc: "768",
      billingName: `Ada "<b>"`,
    });
    expect(text).toContain('value="4242 4242 4242 4241"');
    expect(text).toContain('id="cardNumber-error">Your card number is invalid.');
    expect(text).toContain("Ada &quot;&lt;b&gt;&quot;");
    expect(text).not.toContain("768");
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
  });

  it("allows no script but its own, and its form to end up only at the shop", async () => {
    const session = await open(goods);
    const response = await fetch(`${bench.sandbox.url}/c/pay/${session.id}`);
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(policy).toContain("form-action 'self' http://shop.test;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await response.text()).match(/<(script|style)[^>]*>/g)?.every((tag) => tag.includes(nonce))).toBe(true);
    expect(
      (await fetch(`${bench.sandbox.url}/c/pay/${session.id}`)).headers.get("content-security-policy"),
    ).not.toContain(nonce);
  });

  it.each([
    ["4000000000000002", "Kortet nekades."],
    ["4000000000009995", "Det finns inte tillräckligt med pengar på kortet."],
  ])("says in the session's language that %s was refused", async (cardNumber, said) => {
    const session = await open({ ...membership, locale: "sv" });
    expect((await submitCheckout(bench, session.id, { cardNumber })).text).toContain(`autofocus>${said}</p>`);
  });

  it("is unknown for an unknown session", async () => {
    expect((await fetch(`${bench.sandbox.url}/c/pay/cs_test_none`)).status).toBe(404);
  });
});

describe("expiry", () => {
  it("comes when the session's time is up, and cancels a payment that was tried", async () => {
    const { now } = (await bench.control("GET", "/_control/clock")).body as { now: string };
    const expires_at = Math.floor(Date.parse(now) / 1000) + 35 * 60;
    const session = await open({ ...goods, expires_at });
    expect(session.expires_at).toBe(expires_at);
    await submitCheckout(bench, session.id, { cardNumber: "4000000000000002" });
    await bench.control("POST", "/_control/clock/advance", { by: "PT36M" });
    const expired = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(expired).toMatchObject({
      status: "expired",
      payment_status: "unpaid",
      url: null,
      payment_intent: { status: "canceled" },
    });
    await arrived("checkout.session.expired", session.id);
    expect(await page(session.id)).toContain("This checkout page has expired");
    expect((await submitCheckout(bench, session.id)).text).toContain("This checkout page has expired");
  });

  it("can be asked for while the session is open", async () => {
    const session = await open(membership);
    expect((await bench.stripe.checkout.sessions.expire(session.id)).status).toBe("expired");
    await expect(bench.stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('status in ["open"]'),
    });
  });

  it("must lie between thirty minutes and a day ahead", async () => {
    const { now } = (await bench.control("GET", "/_control/clock")).body as { now: string };
    const seconds = Math.floor(Date.parse(now) / 1000);
    await expect(open({ ...goods, expires_at: seconds + 1_700 })).rejects.toMatchObject({
      param: "expires_at",
      message: expect.stringContaining("at least 30 minutes"),
    });
    await expect(open({ ...goods, expires_at: seconds + 86_500 })).rejects.toMatchObject({ param: "expires_at" });
  });
});
