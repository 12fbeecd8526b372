import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

async function checkoutWith(balance: number, mode: "payment" | "subscription" = "subscription") {
  const customer = await bench.stripe.customers.create({ email: "ada@example.com", balance });
  const session = await bench.stripe.checkout.sessions.create({
    mode,
    customer: customer.id,
    success_url: "http://shop.test/ok",
    line_items: [
      mode === "subscription"
        ? { price: "price_TEST123", quantity: 1 }
        : {
            price_data: { currency: "sek", unit_amount: 29_900, product_data: { name: "Bok" } },
            quantity: 1,
          },
    ],
  });
  const page = await (await fetch(`${bench.sandbox.url}/c/pay/${session.id}`)).text();
  await submitCheckout(bench, session.id);
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice", "payment_intent"] });
  const after = await bench.stripe.customers.retrieve(customer.id);
  return { page, done, balance: after.deleted ? undefined : after.balance };
}

describe("a customer's balance in a checkout", () => {
  it("pays a part of the first invoice, and the page says so", async () => {
    const { page, done, balance } = await checkoutWith(-10_000);
    expect(page).toContain("Applied balance");
    expect(page).toMatch(/−[^<]*100\.00/);
    expect(done).toMatchObject({
      amount_total: 29_900,
      payment_status: "paid",
      invoice: { status: "paid", total: 29_900, starting_balance: -10_000, ending_balance: 0, amount_paid: 19_900 },
    });
    expect(balance).toBe(0);
  });

  it("pays all of it without a payment, and the rest stays", async () => {
    const { done, balance } = await checkoutWith(-40_000);
    expect(done).toMatchObject({
      payment_status: "no_payment_required",
      invoice: { status: "paid", total: 29_900, amount_due: 0 },
    });
    expect(balance).toBe(-10_100);
  });

  it("that is a debt is paid with it", async () => {
    const { page, done, balance } = await checkoutWith(5_000);
    expect(page).toContain("Outstanding balance");
    expect(done).toMatchObject({ amount_total: 29_900, invoice: { amount_paid: 34_900 } });
    expect(balance).toBe(0);
  });

  it("leaves a single payment alone", async () => {
    const { page, done, balance } = await checkoutWith(-10_000, "payment");
    expect(page).not.toContain("Applied balance");
    expect(done).toMatchObject({ payment_intent: { amount_received: 29_900 } });
    expect(balance).toBe(-10_000);
  });
});
