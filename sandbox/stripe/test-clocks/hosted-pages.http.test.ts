import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const seconds = (instant: string) => Date.parse(instant) / 1000;

async function customerIn(instant: string) {
  const clock = await bench.stripe.testHelpers.testClocks.create({ frozen_time: seconds(instant) });
  const customer = await bench.stripe.customers.create({ email: "ada@example.com", test_clock: clock.id });
  return { clock, customer };
}

describe("the hosted pages of a customer of a test clock", () => {
  it("sell a subscription that begins at the clock's time", async () => {
    const { customer } = await customerIn("2031-01-31T10:00:00Z");
    const session = await bench.stripe.checkout.sessions.create({
      mode: "subscription",
      customer: customer.id,
      success_url: "http://shop.test/ok",
      line_items: [{ price: "price_TEST123", quantity: 1 }],
    });
    expect(session.expires_at).toBe(seconds("2031-02-01T10:00:00Z"));
    expect((await submitCheckout(bench, session.id, { cardExpiry: "12 / 36" })).status).toBe(303);
    const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
    expect(done).toMatchObject({
      subscription: {
        created: seconds("2031-01-31T10:00:00Z"),
        items: { data: [{ current_period_end: seconds("2031-02-28T10:00:00Z") }] },
      },
    });
  });

  it("take no card that has expired by then, and no checkout whose time is up", async () => {
    const { clock, customer } = await customerIn("2036-06-01T00:00:00Z");
    const { id } = await bench.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "sek",
      customer: customer.id,
      success_url: "http://shop.test/ok",
    });
    expect((await submitCheckout(bench, id, { cardExpiry: "12 / 34" })).text).toContain("past");
    await bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds("2036-06-03T00:00:00Z") });
    await expect
      .poll(async () => (await bench.stripe.checkout.sessions.retrieve(id)).status, { timeout: 120_000 })
      .toBe("expired");
  });

  it("leave to the API what is named by its own id: a schedule ends at the clock's time", async () => {
    const { customer } = await customerIn("2031-05-01T00:00:00Z");
    const card = await bench.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    const schedule = await bench.stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: "now",
      default_settings: { default_payment_method: card.id },
      phases: [{ items: [{ price: "price_TEST123" }], duration: { interval: "month", interval_count: 2 } }],
    });
    const ended = await bench.stripe.subscriptionSchedules.cancel(schedule.id);
    expect(ended.canceled_at).toBe(seconds("2031-05-01T00:00:00Z"));
  });

  it("open a portal for an hour of that time", async () => {
    const { clock, customer } = await customerIn("2031-03-01T00:00:00Z");
    const { url } = await bench.stripe.billingPortal.sessions.create({ customer: customer.id });
    const path = new URL(url).pathname;
    const open = async () => (await fetch(`${bench.sandbox.url}${path}`)).status;
    expect(await open()).toBe(200);
    await bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds("2031-03-01T02:00:00Z") });
    await expect.poll(open, { timeout: 120_000 }).toBe(404);
  });
});
