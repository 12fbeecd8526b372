import { afterAll, describe, expect, it } from "vitest";
import { startTestBench, submitCheckout, type TestBench } from "./test-bench.ts";

const benches: TestBench[] = [];
afterAll(() => Promise.all(benches.map((one) => one.close())));

async function bench(settings: Record<string, string>): Promise<TestBench> {
  const started = await startTestBench(settings);
  benches.push(started);
  return started;
}

/** A purchase and two renewals; returns every event as it was told, but for the addresses of this one process. */
async function year({ stripe, control, sandbox, ...rest }: TestBench): Promise<string> {
  const options = (name: string) => ({ idempotencyKey: name });
  const customer = await stripe.customers.create({ email: "ada@example.com" }, options("customer"));
  const session = await stripe.checkout.sessions.create(
    {
      mode: "subscription",
      customer: customer.id,
      success_url: "http://shop.test/ok",
      line_items: [{ price: "price_TEST123", quantity: 1 }],
    },
    options("session"),
  );
  await submitCheckout({ stripe, control, sandbox, ...rest }, session.id);
  await control("POST", "/_control/clock/advance", { by: "P2M1D" });
  const events: unknown[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) events.push({ ...event, pending_webhooks: 0 });
  return JSON.stringify(events).replaceAll(`localhost:${sandbox.port}`, "here");
}

describe("the same seed and calls", () => {
  const start = { SANDBOX_SEED: "first", SANDBOX_CLOCK: "2027-01-31T10:00:00Z" };

  it("give the same ids and events, and another seed gives others", async () => {
    const [one, same, other] = [
      await bench(start),
      await bench(start),
      await bench({ ...start, SANDBOX_SEED: "second" }),
    ];
    const told = await year(one);
    expect(told).toContain("invoice.paid");
    expect(await year(same)).toBe(told);
    expect(await year(other)).not.toBe(told);
  });

  it("give them again after a reset", async () => {
    const one = await bench(start);
    const told = await year(one);
    await one.control("POST", "/_control/reset");
    expect(await year(one)).toBe(told);
  });
});

describe("two sandboxes side by side", () => {
  it("share nothing: neither objects nor the clock nor deliveries", async () => {
    const [left, right] = [await bench({}), await bench({})];
    const customer = await left.stripe.customers.create({ name: "Left" });
    await left.control("POST", "/_control/clock/advance", { by: "P1M" });
    await left.receiver.until((all) => all.some((one) => one.event.type === "customer.created"));
    await expect(right.stripe.customers.retrieve(customer.id)).rejects.toMatchObject({ code: "resource_missing" });
    const clocks = (await Promise.all([left, right].map((one) => one.control("GET", "/_control/clock")))) as {
      body: { now: string };
    }[];
    const [ahead = 0, behind = 0] = clocks.map((one) => Date.parse(one.body.now));
    expect(ahead - behind).toBeGreaterThan(27 * 86_400_000);
    expect(right.receiver.types()).not.toContain("customer.created");
  });
});
