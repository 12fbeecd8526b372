import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
});
afterEach(() => bench.close());

const success_url = "http://shop.test/ok";
const line = { price: "price_TEST123", quantity: 1 };
const open = (params: Stripe.Checkout.SessionCreateParams) =>
  bench.stripe.checkout.sessions.create({ success_url, ...params });
const done = (id: string) =>
  bench.stripe.checkout.sessions.retrieve(id, { expand: ["subscription.latest_invoice", "setup_intent"] });

describe("a checkout with a trial", () => {
  it("takes nothing, saves the card and starts the trial; the first month is charged after it", async () => {
    const session = await open({
      mode: "subscription",
      line_items: [line],
      subscription_data: { trial_period_days: 14 },
    });
    expect(session).toMatchObject({ amount_total: 0, status: "open" });
    const page = await (await fetch(session.url ?? "")).text();
    expect(page).toContain("14 days free");
    await submitCheckout(bench, session.id);
    const { payment_status, subscription } = await done(session.id);
    expect(payment_status).toBe("no_payment_required");
    const started = subscription as Stripe.Subscription;
    expect(started).toMatchObject({ status: "trialing", default_payment_method: expect.any(String) });
    expect(started.latest_invoice).toMatchObject({ status: "paid", total: 0 });
    expect((await bench.stripe.charges.list()).data).toEqual([]);
    await bench.control("POST", "/_control/clock/advance", { by: "P15D" });
    expect((await bench.stripe.charges.list()).data).toMatchObject([{ amount: 29_900 }]);
    expect(bench.receiver.types()).toEqual(
      expect.arrayContaining([
        "setup_intent.succeeded",
        "customer.subscription.trial_will_end",
        "checkout.session.completed",
      ]),
    );
  });

  it("asks for approval where the bank wants it, and refuses a card that cannot be saved", async () => {
    const session = await open({
      mode: "subscription",
      line_items: [line],
      subscription_data: { trial_period_days: 7 },
    });
    const refused = await submitCheckout(bench, session.id, { cardNumber: "4000000000000002" });
    expect(refused.text).toContain("Your card was declined.");
    await submitCheckout(bench, session.id, { cardNumber: "4000000000003220" });
    await postForm(`${bench.sandbox.url}/c/pay/${session.id}/approve`, { answer: "complete" });
    expect((await done(session.id)).status).toBe("complete");
  });
});

describe("a checkout with a trial that needs no card", () => {
  const begin = async (end: "cancel" | "create_invoice" | "pause") => {
    const session = await open({
      mode: "subscription",
      line_items: [line],
      payment_method_collection: "if_required",
      subscription_data: {
        trial_period_days: 14,
        trial_settings: { end_behavior: { missing_payment_method: end } },
      },
    });
    expect(session).toMatchObject({ amount_total: 0, payment_method_collection: "if_required" });
    const page = await (await fetch(session.url ?? "")).text();
    expect(page).toContain("No card is needed now");
    expect(page).not.toContain(`name="cardNumber"`);
    await submitCheckout(bench, session.id, { cardNumber: "", cardExpiry: "", cardCvc: "", billingName: "" });
    const { payment_status, setup_intent, subscription } = await done(session.id);
    expect({ payment_status, setup_intent }).toEqual({ payment_status: "no_payment_required", setup_intent: null });
    const started = subscription as Stripe.Subscription;
    expect(started).toMatchObject({
      ...{ status: "trialing", default_payment_method: null },
      trial_settings: { end_behavior: { missing_payment_method: end } },
    });
    return started;
  };
  const twoWeeksLater = async (id: string) => {
    await bench.control("POST", "/_control/clock/advance", { by: "P15D" });
    return bench.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  };

  it.each([
    ["cancel", "canceled", "paid"],
    ["pause", "paused", "paid"],
    ["create_invoice", "past_due", "open"],
  ] as const)("ends by %s as %s when no card has come", async (end, status, bill) => {
    const { id } = await begin(end);
    expect(await twoWeeksLater(id)).toMatchObject({ status, latest_invoice: { status: bill } });
    expect((await bench.stripe.charges.list()).data).toEqual([]);
  });

  it.each(["cancel", "pause"] as const)("goes on (%s) when a card has come in time", async (end) => {
    const { id, customer } = await begin(end);
    const card = await bench.stripe.paymentMethods.attach("pm_card_visa", { customer: String(customer) });
    await bench.stripe.subscriptions.update(id, { default_payment_method: card.id });
    expect(await twoWeeksLater(id)).toMatchObject({
      status: "active",
      latest_invoice: { status: "paid", total: 29_900 },
    });
  });

  it("is resumed with a new period once a card is there", async () => {
    const { id, customer } = await begin("pause");
    await twoWeeksLater(id);
    const card = await bench.stripe.paymentMethods.attach("pm_card_visa", { customer: String(customer) });
    await bench.stripe.subscriptions.update(id, { default_payment_method: card.id });
    await bench.stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "now" }, proration_behavior: "none" });
    expect(await twoWeeksLater(id)).toMatchObject({
      status: "active",
      latest_invoice: { status: "paid", total: 29_900 },
    });
    expect((await bench.stripe.charges.list()).data).toMatchObject([{ amount: 29_900 }]);
  });

  it("asks for a card where something is due all the same, and only where something renews", async () => {
    const session = await open({
      mode: "subscription",
      line_items: [line],
      payment_method_collection: "if_required",
    });
    expect(await (await fetch(session.url ?? "")).text()).toContain(`name="cardNumber"`);
    const { id: customer } = await bench.stripe.customers.create({ email: "ada@example.com" });
    await expect(
      open({ mode: "setup", customer, currency: "sek", payment_method_collection: "if_required" }),
    ).rejects.toThrow("recurring");
  });
});

describe("a checkout with a setup fee", () => {
  it("charges the fee beside the first month, once", async () => {
    const fee = {
      price_data: { currency: "sek", unit_amount: 10_000, product_data: { name: "Startavgift" } },
      quantity: 1,
    };
    const session = await open({ mode: "subscription", line_items: [line, fee] });
    expect(session.amount_total).toBe(39_900);
    await submitCheckout(bench, session.id);
    const { subscription } = await done(session.id);
    const started = subscription as Stripe.Subscription;
    const invoice = started.latest_invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ status: "paid", total: 39_900, amount_paid: 39_900 });
    expect(invoice.lines.data.map((one) => one.amount)).toEqual([10_000, 29_900]);
    await bench.control("POST", "/_control/clock/advance", { by: "P1M1D" });
    const [renewal] = (await bench.stripe.invoices.list({ subscription: started.id, limit: 1 })).data;
    expect(renewal).toMatchObject({ status: "paid", total: 29_900 });
  });
});

describe("a checkout with a coupon", () => {
  it("takes it off the payment", async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 20, duration: "once" });
    const goods = {
      price_data: { currency: "sek", unit_amount: 25_000, product_data: { name: "Linne" } },
      quantity: 1,
    };
    const session = await open({ mode: "payment", line_items: [goods], discounts: [{ coupon: coupon.id }] });
    expect(session).toMatchObject({
      amount_subtotal: 25_000,
      amount_total: 20_000,
      total_details: { amount_discount: 5_000 },
    });
    await submitCheckout(bench, session.id);
    expect((await bench.stripe.charges.list()).data).toMatchObject([{ amount: 20_000 }]);
  });

  it("takes it off as many months as it says", async () => {
    const coupon = await bench.stripe.coupons.create({ amount_off: 9_900, currency: "sek", duration: "once" });
    const session = await open({ mode: "subscription", line_items: [line], discounts: [{ coupon: coupon.id }] });
    await submitCheckout(bench, session.id);
    const { subscription } = await done(session.id);
    await bench.control("POST", "/_control/clock/advance", { by: "P1M1D" });
    const { data } = await bench.stripe.invoices.list({ subscription: (subscription as Stripe.Subscription).id });
    expect(data.map((one) => one.amount_paid)).toEqual([29_900, 20_000]);
  });
});

describe("a checkout that only saves a card", () => {
  it("ends with a card that the customer has", async () => {
    const { id: customer } = await bench.stripe.customers.create({ email: "ada@example.com" });
    const session = await open({ mode: "setup", customer, currency: "sek" });
    expect(session).toMatchObject({
      amount_total: null,
      payment_status: "no_payment_required",
      setup_intent: expect.any(String),
    });
    expect(await (await fetch(session.url ?? "")).text()).toContain("Save card");
    await submitCheckout(bench, session.id);
    const finished = await done(session.id);
    expect(finished).toMatchObject({ status: "complete", setup_intent: { status: "succeeded" } });
    expect((await bench.stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  });
});
