import type Stripe from "stripe";
import { postForm, submitCheckout, type TestBench } from "../test-bench.ts";

const lines = [{ price_data: { currency: "sek", unit_amount: 25_000, product_data: { name: "Linne" } }, quantity: 1 }];

/** Everything the sandbox can do, once: a basis for comparing what it says with what the provider says. */
export async function liveStory({
  stripe,
  sandbox,
  control,
}: TestBench): Promise<{ subscription: string; charge: string; customer: string }> {
  const bench = { sandbox } as TestBench;
  const open = async (params: Stripe.Checkout.SessionCreateParams) =>
    (await stripe.checkout.sessions.create(params)).id;
  const success_url = "http://shop.test/ok?session={CHECKOUT_SESSION_ID}";
  const customer = await stripe.customers.create({
    email: "ada@example.com",
    name: "Ada",
    address: { country: "SE" },
    metadata: { a: "b" },
  });
  await stripe.customers.update(customer.id, {
    shipping: { name: "Ada", address: { line1: "Storgatan 1", city: "Stockholm", country: "SE" } },
    phone: "+46700000000",
  });
  const product = await stripe.products.create({ name: "Test Kund", unit_label: "plats" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "sek",
    unit_amount: 39_900,
    recurring: { interval: "month" },
    lookup_key: "tk",
    tax_behavior: "inclusive",
  });
  await stripe.products.update(product.id, { default_price: price.id });

  const membership = await open({
    mode: "subscription",
    success_url,
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 2 }],
    subscription_data: { description: "Medlemskap", metadata: { a: "b" } },
  });
  await submitCheckout(bench, membership);
  const guest = await open({
    mode: "payment",
    success_url,
    line_items: lines,
    customer_creation: "always",
    shipping_address_collection: { allowed_countries: ["SE"] },
  });
  await submitCheckout(bench, guest, {
    cardNumber: "4000000000009995",
    shippingName: "Bo",
    shippingLine1: "x",
    shippingPostalCode: "1",
    shippingCity: "y",
    shippingCountry: "SE",
  });
  await submitCheckout(bench, guest, {
    cardNumber: "4000000000003220",
    shippingName: "Bo",
    shippingLine1: "x",
    shippingPostalCode: "1",
    shippingCity: "y",
    shippingCountry: "SE",
  });
  await postForm(`${sandbox.url}/c/pay/${guest}/approve`, { answer: "complete" });
  const failed = await open({ mode: "payment", success_url, line_items: lines });
  await submitCheckout(bench, failed, { cardNumber: "4000000000003220" });
  await postForm(`${sandbox.url}/c/pay/${failed}/approve`, { answer: "fail" });
  await stripe.checkout.sessions.expire(failed);

  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(guest, { expand: ["payment_intent"] });
  const charge = (intent as Stripe.PaymentIntent).latest_charge as string;
  await stripe.refunds.create({ charge, amount: 5_000, reason: "requested_by_customer" });
  await control("POST", "/_control/clock/advance", { by: "P1M1D" });
  const { subscription } = await stripe.checkout.sessions.retrieve(membership);
  await stripe.subscriptions.update(subscription as string, { cancel_at_period_end: true });
  await control("POST", "/_control/clock/advance", { by: "P1M" });
  await billing(stripe, customer.id, price.id);
  await stripe.webhookEndpoints.create({ url: "http://127.0.0.1:9/", enabled_events: ["invoice.paid"] });
  return { subscription: subscription as string, charge, customer: customer.id };
}

/** What the API alone brings about: cards, coupons, prorations, credits, trials and pauses. */
async function billing(stripe: Stripe, customer: string, price: string): Promise<void> {
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever", name: "Stamkund" });
  const { product } = await stripe.prices.retrieve(price);
  const yearly = await stripe.prices.create({
    product: product as string,
    currency: "sek",
    unit_amount: 390_000,
    recurring: { interval: "year" },
  });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    discounts: [{ coupon: coupon.id }],
    expand: ["discounts"],
  });
  const item = subscription.items.data[0]?.id ?? "";
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: yearly.id }],
    proration_behavior: "always_invoice",
  });
  await stripe.subscriptions.update(subscription.id, {
    pause_collection: { behavior: "void", resumes_at: 2_000_000_000 },
  });
  await stripe.subscriptions.update(subscription.id, { pause_collection: "" });
  await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 15 });
  await stripe.customers.createBalanceTransaction(customer, { amount: -500, currency: "sek" });
  await stripe.invoiceItems.create({ customer, amount: 1_000, currency: "sek", description: "Startavgift" });
  const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  await stripe.invoices.pay(invoice.id);
  await stripe.setupIntents.create({ customer, payment_method: "pm_card_visa", confirm: true });
  const token = "pm_card_createDispute";
  await stripe.paymentIntents.create({ amount: 10_000, currency: "sek", payment_method: token, confirm: true });
}
