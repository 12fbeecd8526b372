import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";
import { failingIban, goodIban } from "../payment-intents/debit.ts";
import { goods, type SessionParams } from "./test-offers.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const debit = { ...goods, allowed_payment_method_types: ["card", "sepa_debit"] } satisfies SessionParams;

async function payBy(iban: string) {
  const { id } = await bench.stripe.checkout.sessions.create(debit);
  const { status } = await submitCheckout(bench, id, { method: "sepa_debit", iban, accountHolder: "Ada" });
  expect(status).toBe(303);
  return id;
}
async function subscribeBy(iban: string) {
  const { id } = await bench.stripe.checkout.sessions.create({
    mode: "subscription",
    success_url: "http://shop.test/ok",
    allowed_payment_method_types: ["card", "sepa_debit"],
    line_items: [{ price: "price_TEST123", quantity: 1 }],
  });
  await submitCheckout(bench, id, { method: "sepa_debit", iban, accountHolder: "Ada" });
  return id;
}
const told = async (id: string) => {
  const events = await bench.stripe.events.list({ limit: 100 });
  return events.data
    .filter(({ data }) => "id" in data.object && data.object.id === id)
    .map((one) => one.type)
    .reverse();
};

describe("a debit from a bank account", () => {
  it("completes the checkout unpaid, and is paid days later", async () => {
    const id = await payBy(goodIban);
    const session = await bench.stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent.latest_charge"] });
    expect(session).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
      payment_intent: { status: "processing", latest_charge: { status: "pending", balance_transaction: null } },
    });
    await bench.control("POST", "/_control/clock/advance", { by: "P4D" });
    expect(await bench.stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent"] })).toMatchObject({
      payment_status: "paid",
      payment_intent: { status: "succeeded", amount_received: session.amount_total },
    });
    expect(await told(id)).toEqual(["checkout.session.completed", "checkout.session.async_payment_succeeded"]);
  });

  it("may fail days later: the session stays complete and unpaid", async () => {
    const id = await payBy(failingIban);
    await bench.control("POST", "/_control/clock/advance", { by: "P4D" });
    expect(
      await bench.stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent.latest_charge"] }),
    ).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { code: "debit_not_authorized" },
        latest_charge: { status: "failed", paid: false },
      },
    });
    expect(await told(id)).toEqual(["checkout.session.completed", "checkout.session.async_payment_failed"]);
  });

  it("pays a subscription that runs meanwhile, and its renewals", async () => {
    const id = await subscribeBy(goodIban);
    const session = await bench.stripe.checkout.sessions.retrieve(id, { expand: ["subscription.latest_invoice"] });
    expect(session).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
      subscription: { status: "active", latest_invoice: { status: "open", attempted: true } },
    });
    await bench.control("POST", "/_control/clock/advance", { by: "P4D" });
    expect(
      await bench.stripe.checkout.sessions.retrieve(id, { expand: ["subscription.latest_invoice"] }),
    ).toMatchObject({
      payment_status: "paid",
      subscription: { status: "active", latest_invoice: { status: "paid", attempt_count: 1 } },
    });
    expect(await told(id)).toEqual(["checkout.session.completed", "checkout.session.async_payment_succeeded"]);
    await bench.control("POST", "/_control/clock/advance", { by: "P1M4D" });
    const { subscription } = await bench.stripe.checkout.sessions.retrieve(id, { expand: ["subscription"] });
    const invoices = await bench.stripe.invoices.list({ subscription: (subscription as { id: string }).id });
    expect(invoices.data.map((one) => one.status)).toEqual(["paid", "paid"]);
  });

  it("that comes back leaves the subscription overdue", async () => {
    const id = await subscribeBy(failingIban);
    await bench.control("POST", "/_control/clock/advance", { by: "P4D" });
    expect(
      await bench.stripe.checkout.sessions.retrieve(id, { expand: ["subscription.latest_invoice"] }),
    ).toMatchObject({
      payment_status: "unpaid",
      subscription: { status: "past_due", latest_invoice: { status: "open", attempt_count: 1 } },
    });
    expect(await told(id)).toEqual(["checkout.session.completed", "checkout.session.async_payment_failed"]);
  });

  it("can be allowed without anything being paid", async () => {
    const customer = await bench.stripe.customers.create({ email: "ada@example.com" });
    const { id } = await bench.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "eur",
      customer: customer.id,
      success_url: "http://shop.test/ok",
      allowed_payment_method_types: ["sepa_debit"],
    });
    await submitCheckout(bench, id, { method: "sepa_debit", iban: goodIban, accountHolder: "Ada" });
    expect(await bench.stripe.checkout.sessions.retrieve(id, { expand: ["setup_intent"] })).toMatchObject({
      status: "complete",
      payment_status: "no_payment_required",
      setup_intent: { status: "succeeded" },
    });
    const saved = await bench.stripe.customers.listPaymentMethods(customer.id);
    expect(saved.data.map((one) => [one.type, one.sepa_debit?.last4])).toEqual([["sepa_debit", "3000"]]);
  });

  it("needs an account number that is one, and a session that offers it", async () => {
    const { id } = await bench.stripe.checkout.sessions.create(debit);
    const wrong = await submitCheckout(bench, id, { method: "sepa_debit", iban: "DE00", accountHolder: "" });
    expect(wrong.text).toContain("Your IBAN is invalid.");
    expect(wrong.text).toContain("Enter the name of the account holder.");
    const cardOnly = await bench.stripe.checkout.sessions.create(goods);
    const card = await submitCheckout(bench, cardOnly.id, { method: "sepa_debit", iban: goodIban, cardNumber: "" });
    expect(card.text).toContain("Enter the card number.");
  });
});

describe("a quantity that may be changed", () => {
  it("prices the session anew, within its bounds", async () => {
    const [line] = goods.line_items ?? [];
    const session = await bench.stripe.checkout.sessions.create({
      ...goods,
      line_items: [{ ...line, quantity: 2, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } }],
    });
    const lines = await bench.stripe.checkout.sessions.listLineItems(session.id);
    const id = lines.data[0]?.id ?? "";
    expect(lines.data[0]?.adjustable_quantity).toEqual({ enabled: true, minimum: 1, maximum: 5 });
    const choose = (quantity: string) =>
      postForm(`${bench.sandbox.url}/c/pay/${session.id}/quantity`, { line: id, quantity });
    await choose("5");
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(
      ((session.amount_total ?? 0) / 2) * 5,
    );
    for (const wrong of ["6", "0", "x", "1.5"]) await choose(wrong);
    await submitCheckout(bench, session.id);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent", "line_items"],
    });
    expect(paid).toMatchObject({
      status: "complete",
      payment_intent: { amount_received: ((session.amount_total ?? 0) / 2) * 5 },
      line_items: { data: [{ quantity: 5 }] },
    });
  });

  it("refuses bounds that no quantity meets", async () => {
    const [line] = goods.line_items ?? [];
    await expect(
      bench.stripe.checkout.sessions.create({
        ...goods,
        line_items: [{ ...line, quantity: 9, adjustable_quantity: { enabled: true, maximum: 5 } }],
      }),
    ).rejects.toMatchObject({ param: "line_items[0][adjustable_quantity]" });
  });
});
