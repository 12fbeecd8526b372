import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

async function member() {
  const { stripe } = bench;
  const customer = await stripe.customers.create({ name: "Ada", email: "ada@example.com" });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    success_url: "http://shop.test/ok",
    line_items: [{ price: "price_TEST123", quantity: 1 }],
  });
  await submitCheckout(bench, session.id);
  const { subscription } = await stripe.checkout.sessions.retrieve(session.id);
  return { customer: customer.id, subscription: subscription as string };
}
const happen = (customer: string, scenario: string) =>
  bench.control("POST", `/_control/customers/${customer}/scenarios`, { scenario });

describe("what can be made to happen to a customer", () => {
  it("makes the next renewal fail, and the one after it work", async () => {
    const { customer, subscription } = await member();
    expect((await happen(customer, "renewal_fails")).status).toBe(200);
    await bench.control("POST", "/_control/clock/advance", { by: "P1M1D" });
    expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("past_due");
    await happen(customer, "card_works");
    await bench.control("POST", "/_control/clock/advance", { by: "P7D" });
    expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("active");
  });

  it("replaces a card, opens a dispute, and says when there is nothing to do", async () => {
    const { customer } = await member();
    await happen(customer, "card_replaced");
    const cards = await bench.stripe.paymentMethods.list({ customer });
    expect(cards.data[0]?.card?.last4).toBe("1881");
    await happen(customer, "dispute_opened");
    expect((await bench.stripe.disputes.list()).data[0]?.reason).toBe("fraudulent");
    expect((await happen(customer, "payment_fails")).body).toMatchObject({
      happened: "No payment of the customer is on its way.",
    });
    expect((await happen("cus_none", "card_works")).status).toBe(404);
    expect((await happen(customer, "lightning")).status).toBe(400);
  });

  it("is on the workbench's page, for a chosen customer", async () => {
    const { customer } = await member();
    const pressed = await postForm(`${bench.sandbox.url}/_workbench/scenario`, { customer, scenario: "refunds_fail" });
    expect(pressed.text).toContain("Refunds to the card come back a day later");
  });
});

describe("a state that was exported", () => {
  it("goes on in another sandbox: objects, clock and what is due", async () => {
    const { subscription } = await member();
    const { body: copy } = await bench.control("GET", "/_control/export");
    const other = await startTestBench();
    try {
      await other.stripe.customers.create({ name: "gone" });
      expect(await other.control("POST", "/_control/import", copy)).toMatchObject({ status: 200 });
      expect((await other.stripe.customers.list({ limit: 100 })).data.map((one) => one.name)).not.toContain("gone");
      const before = await other.stripe.subscriptions.retrieve(subscription);
      const [here, there] = (await Promise.all([bench, other].map((one) => one.control("GET", "/_control/clock")))) as {
        body: { now: string };
      }[];
      expect(Math.abs(Date.parse(here?.body.now ?? "") - Date.parse(there?.body.now ?? ""))).toBeLessThan(60_000);
      await other.control("POST", "/_control/clock/advance", { by: "P1M1D" });
      expect((await other.stripe.subscriptions.retrieve(subscription)).latest_invoice).not.toBe(before.latest_invoice);
      expect((await other.control("POST", "/_control/import", { tables: {} })).status).toBe(400);
    } finally {
      await other.close();
    }
  });
});
