import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";
import { goods, membership, type SessionParams } from "./test-offers.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const open = (params: SessionParams) => bench.stripe.checkout.sessions.create(params);
const page = async (id: string) => (await fetch(`${bench.sandbox.url}/c/pay/${id}`, { redirect: "manual" })).text();
const typesSince = (count: number) => bench.receiver.types().slice(count);
const arrived = (type: string, id: string) =>
  bench.receiver.until((all) =>
    all.some(({ event }) => event.type === type && "id" in event.data.object && event.data.object.id === id),
  );

describe("a payment", () => {
  it("is made on the hosted page, by a guest", async () => {
    const session = await open({
      ...goods,
      client_reference_id: "cart-1",
      metadata: { order: "1" },
      payment_intent_data: { metadata: { order: "1" } },
    });
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      amount_total: 49_800,
      payment_intent: null,
      customer: null,
    });
    expect(session.id).toMatch(/^cs_test_a1/);
    const before = bench.receiver.received.length;
    const done = await submitCheckout(bench, session.id);
    expect([done.status, done.location]).toEqual([303, `http://shop.test/return?session=${session.id}`]);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge.balance_transaction", "line_items"],
    });
    expect(paid).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer: null,
      customer_details: { email: "ada@example.com", name: "Ada Lovelace" },
      payment_intent: {
        status: "succeeded",
        amount_received: 49_800,
        metadata: { order: "1" },
        latest_charge: {
          status: "succeeded",
          paid: true,
          payment_method_details: { card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2034 } },
          balance_transaction: { amount: 49_800, fee: 1_474, net: 48_326 },
        },
      },
    });
    expect(paid.line_items?.data).toMatchObject([{ description: "Linne", quantity: 2, amount_total: 49_800 }]);
    await arrived("checkout.session.completed", session.id);
    expect(typesSince(before).filter((type) => !/^(product|price)/.test(type))).toEqual(
      expect.arrayContaining([
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
        "checkout.session.completed",
      ]),
    );
    const intent = paid.payment_intent as Stripe.PaymentIntent;
    expect(
      (await bench.stripe.checkout.sessions.list({ payment_intent: intent.id })).data.map((one) => one.id),
    ).toEqual([session.id]);
  });

  it("makes a customer when the session asks for one, and collects where the goods go", async () => {
    const session = await open({
      ...goods,
      customer_creation: "always",
      customer_email: "bo@example.com",
      shipping_address_collection: { allowed_countries: ["SE", "NO"] },
    });
    expect(await page(session.id)).toContain("bo@example.com");
    const shipping = {
      shippingName: "Bo Ek",
      shippingLine1: "Storgatan 1",
      shippingPostalCode: "111 22",
      shippingCity: "Stockholm",
      shippingCountry: "SE",
    };
    await submitCheckout(bench, session.id, { ...shipping, email: "ignored@example.com" });
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["customer", "payment_intent"] });
    const address = {
      line1: "Storgatan 1",
      postal_code: "111 22",
      city: "Stockholm",
      country: "SE",
      line2: null,
      state: null,
    };
    expect(paid).toMatchObject({
      collected_information: { shipping_details: { name: "Bo Ek", address } },
      customer: { email: "bo@example.com", name: "Ada Lovelace" },
      payment_intent: { shipping: { name: "Bo Ek", address } },
    });
  });

  it("is for the customer the session names, with the price's tax included and nothing added", async () => {
    const customer = await bench.stripe.customers.create({ email: "known@example.com" });
    const session = await open({ ...goods, customer: customer.id });
    await submitCheckout(bench, session.id, { email: "" });
    expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      customer: customer.id,
      total_details: { amount_tax: 0 },
      customer_details: { email: "known@example.com" },
    });
    expect((await bench.stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
  });
});

describe("a subscription", () => {
  it("starts active with its first invoice paid", async () => {
    const session = await open({
      ...membership,
      subscription_data: { metadata: { cart: "9" } },
      metadata: { cart: "9" },
    });
    await submitCheckout(bench, session.id);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["subscription.latest_invoice.payments", "customer"],
    });
    const subscription = paid.subscription as Stripe.Subscription;
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    const item = subscription.items.data[0];
    expect(paid).toMatchObject({
      payment_intent: null,
      invoice: invoice.id,
      payment_status: "paid",
      status: "complete",
    });
    expect(subscription).toMatchObject({
      status: "active",
      metadata: { cart: "9" },
      currency: "sek",
      cancel_at_period_end: false,
      billing_mode: { type: "flexible" },
    });
    expect(item?.current_period_end).toBeGreaterThan(subscription.created + 27 * 86_400);
    expect(invoice).toMatchObject({
      status: "paid",
      amount_paid: 29_900,
      amount_remaining: 0,
      billing_reason: "subscription_create",
      attempt_count: 1,
      attempted: true,
      auto_advance: false,
      parent: {
        type: "subscription_details",
        subscription_details: { subscription: subscription.id, metadata: { cart: "9" } },
      },
      payments: {
        data: [{ status: "paid", amount_paid: 29_900, is_default: true, payment: { type: "payment_intent" } }],
      },
    });
    expect(invoice.number).toBe(`${(paid.customer as Stripe.Customer).invoice_prefix}-0001`);
    expect(invoice.lines.data[0]).toMatchObject({
      amount: 29_900,
      period: { start: item?.current_period_start, end: item?.current_period_end },
      pricing: { price_details: { price: "price_TEST123", product: "prod_TEST123" } },
    });
    const method = await bench.stripe.paymentMethods.retrieve(subscription.default_payment_method as string);
    expect(method).toMatchObject({ customer: subscription.customer, card: { last4: "4242" } });
    const intent = invoice.payments?.data[0]?.payment.payment_intent as string;
    const found = await bench.stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: intent },
    });
    expect(found.data.map((one) => one.invoice)).toEqual([invoice.id]);
    expect((await bench.stripe.checkout.sessions.list({ subscription: subscription.id })).data).toHaveLength(1);
    await arrived("checkout.session.completed", session.id);
    expect(bench.receiver.types()).toEqual(
      expect.arrayContaining([
        "customer.created",
        "payment_method.attached",
        "customer.subscription.created",
        "invoice.created",
        "invoice.finalized",
        "invoice.paid",
        "invoice.payment_succeeded",
        "invoice_payment.paid",
      ]),
    );
  });
});

describe("the papers", () => {
  it("of a paid membership can be opened: its invoice and its receipt", async () => {
    const session = await open(membership);
    await submitCheckout(bench, session.id);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
    const invoice = paid.invoice as Stripe.Invoice;
    const local = (address: string | null | undefined) => `${bench.sandbox.url}${new URL(address ?? "").pathname}`;
    const text = await (await fetch(local(invoice.hosted_invoice_url))).text();
    expect(text).toContain(`Invoice ${invoice.number}`);
    expect(text).toContain("SEK 299.00");
    const [charge] = (await bench.stripe.charges.list({ customer: paid.customer as string })).data;
    expect(await (await fetch(local(charge?.receipt_url))).text()).toContain("Visa •••• 4242");
    expect((await fetch(`${bench.sandbox.url}/invoices/in_none`)).status).toBe(404);
  });
});
