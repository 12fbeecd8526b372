import { afterEach, describe, expect, it } from "vitest";
import { type TestBrowser, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { startWorker } from "../../worker/run.ts";
import { enqueue } from "../kernel/job.ts";
import { stripeCheckout } from "../providers/stripe/checkout-sessions.ts";
import { sweepCheckoutsJob } from "./jobs.ts";

const shop = await testCheckoutShop({}, [setByHand("checkout")]);
const { sql, stripe } = shop;
Object.assign(shop.runtime.providers, { checkout: stripeCheckout(stripe, { livemode: false, openTimeoutMs: 1_500 }) });
afterEach(() => shop.sandbox.control("faults", { method: "DELETE" }));

type Started = Awaited<ReturnType<TestBrowser["caller"]["checkout"]["start"]>>;
type Opened = Extract<Started, { outcome: "open" }>;

function opened(started: Started): Opened {
  if (started.outcome !== "open") throw new Error(`expected an open page, got ${started.outcome}`);
  return started;
}
const membership = { source: { productId: "test-kund" } } as const;
const pagesAtStripe = async () => (await stripe.checkout.sessions.list({ limit: 100 })).data;
const fault = (call: Record<string, unknown>) =>
  shop.sandbox.control("faults", {
    body: { calls: [{ method: "POST", path: "/v1/checkout/sessions", times: 20, ...call }] },
  });
const statusOf = ({ ref }: { ref: string }) => shop.browser().caller.checkout.status({ ref });
describe("a call whose outcome nobody knows", () => {
  const losses = [
    ["the connection breaks", "reset"],
    ["no answer comes", "timeout"],
    ["the provider fails", "error"],
  ].flatMap(([what, kind]) => (["before", "after"] as const).map((when) => [what, when, kind] as const));

  it.each(losses)("%s %s it took effect: one page, found by sending the same call again", async (_what, when, kind) => {
    const browser = shop.browser();
    const before = (await pagesAtStripe()).length;
    await fault({ kind, when });
    const started = await browser.caller.checkout.start(membership);
    expect(started.outcome).toBe("unknown");
    if (started.outcome !== "unknown") return;
    expect((await statusOf(started)).state).toBe("unknown");
    await shop.sandbox.control("faults", { method: "DELETE" });
    await shop.work();
    expect(await statusOf(started)).toMatchObject({ state: "open", url: expect.stringContaining("/c/pay/") });
    expect((await pagesAtStripe()).length).toBe(before + 1);
    const again = opened(await browser.caller.checkout.start(membership));
    expect(again.ref).toBe(started.ref);
    expect((await pagesAtStripe()).length).toBe(before + 1);
  });

  it("another press while it is unknown sends the same call, and goes on", async () => {
    const browser = shop.browser();
    const before = (await pagesAtStripe()).length;
    await fault({ kind: "reset", when: "after" });
    expect((await browser.caller.checkout.start(membership)).outcome).toBe("unknown");
    await shop.sandbox.control("faults", { method: "DELETE" });
    opened(await browser.caller.checkout.start(membership));
    expect((await pagesAtStripe()).length).toBe(before + 1);
  });

  it("a process that died between the intent and the call leaves nothing lost: the sweep sends it", async () => {
    const browser = shop.browser();
    const started = opened(await browser.caller.checkout.start(membership));
    await sql`update checkouts set status = 'created', stripe_session_id = null, url = null, next_check_at = now() - interval '1 second' where id = ${started.checkoutId}`;
    const before = (await pagesAtStripe()).length;
    await shop.worker().db.transaction((tx) => enqueue(tx, sweepCheckoutsJob, {}));
    await shop.work();
    expect(await statusOf(started)).toMatchObject({ state: "open", url: started.url });
    expect((await pagesAtStripe()).length).toBe(before);
  });

  it("a provider that never says what became of the call does not stop the buyer, and the attempt is closed in the end", async () => {
    const browser = shop.browser();
    await fault({ kind: "error", when: "before" });
    const stuck = await browser.caller.checkout.start(membership);
    if (stuck.outcome !== "unknown") throw new Error(stuck.outcome);
    await sql`update checkouts set created_at = created_at - interval '3 minutes', expires_at = now() - interval '1 second' where status = 'unknown'`;
    await shop.work();
    expect((await statusOf(stuck)).state).toBe("expired");
    await shop.sandbox.control("faults", { method: "DELETE" });
    expect(opened(await browser.caller.checkout.start(membership)).ref).not.toBe(stuck.ref);
  });

  it("a page that turns up after its cart went on to another one is closed, so that only one can be paid on", async () => {
    const browser = shop.browser();
    await fault({ kind: "reset", when: "after" });
    const lost = await browser.caller.checkout.start(membership);
    if (lost.outcome !== "unknown") throw new Error(lost.outcome);
    await sql`update checkouts set created_at = created_at - interval '3 minutes' where status = 'unknown'`;
    await shop.sandbox.control("faults", { method: "DELETE" });
    const next = opened(await browser.caller.checkout.start(membership));
    expect(next.ref).not.toBe(lost.ref);
    await shop.work();
    expect((await statusOf(lost)).state).toBe("expired");
    expect((await statusOf(next)).state).toBe("open");
    const attempts =
      await sql`select stripe_session_id id from checkouts where cart_id = (select cart_id from checkouts where id = ${next.checkoutId})`;
    const pages = (await pagesAtStripe()).filter((page) => attempts.some(({ id }) => id === page.id));
    expect(pages.map((page) => page.status).sort()).toEqual(["expired", "open"]);
  });

  it("a final no closes the attempt with its reason, and the next press is another attempt", async () => {
    const browser = shop.browser();
    await fault({ kind: "error", status: 400, when: "before" });
    expect(await browser.caller.checkout.start(membership)).toEqual({ outcome: "unavailable" });
    await shop.sandbox.control("faults", { method: "DELETE" });
    const started = opened(await browser.caller.checkout.start(membership));
    const attempts =
      await sql`select attempt, status from checkouts where cart_id = (select cart_id from checkouts where id = ${started.checkoutId}) order by attempt`;
    expect(attempts).toEqual([
      { attempt: 1, status: "failed" },
      { attempt: 2, status: "open" },
    ]);
  });
});

it("a worker that repeats calls and visitors who press again open no page twice", async () => {
  const before = (await pagesAtStripe()).length;
  await fault({ kind: "reset", when: "after", times: 6 });
  const worker = await startWorker(shop.runtime, () => {});
  try {
    const browsers = Array.from({ length: 5 }, () => shop.browser());
    for (let press = 0; press < 3; press++) {
      await Promise.all(browsers.map((browser) => browser.caller.checkout.start(membership)));
    }
    const ends = await Promise.all(browsers.map((browser) => browser.caller.checkout.start(membership)));
    expect(new Set(ends.map((end) => opened(end).url)).size).toBe(browsers.length);
  } finally {
    await worker.stop();
  }
  expect((await pagesAtStripe()).length).toBe(before + 5);
});
