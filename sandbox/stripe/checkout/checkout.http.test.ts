import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

type Params = Stripe.Checkout.SessionCreateParams;
const success_url = "http://shop.test/return?session={CHECKOUT_SESSION_ID}";
const goods: Params = {
  mode: "payment",
  success_url,
  cancel_url: "http://shop.test/cart",
  line_items: [{ price_data: { currency: "sek", unit_amount: 24_900, product_data: { name: "Linne" } }, quantity: 2 }],
};
const membership: Params = {
  mode: "subscription",
  success_url,
  cancel_url: "http://shop.test/medlemskap",
  line_items: [{ price: "price_TEST123", quantity: 1 }],
};
const open = (params: Params) => bench.stripe.checkout.sessions.create(params);
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
    expect(await (await fetch(local(charge?.receipt_url))).text()).toContain("visa •••• 4242");
    expect((await fetch(`${bench.sandbox.url}/invoices/in_none`)).status).toBe(404);
  });
});

describe("a card that is refused", () => {
  it.each([
    ["4000 0000 0000 0002", "card_declined", "generic_decline", "Your card was declined."],
    ["4000 0000 0000 9995", "card_declined", "insufficient_funds", "Your card has insufficient funds."],
    ["4000 0000 0000 9987", "card_declined", "lost_card", "Your card was declined."],
    ["4000 0000 0000 9979", "card_declined", "stolen_card", "Your card was declined."],
    ["4000 0000 0000 0069", "expired_card", undefined, "Your card has expired."],
    ["4000 0000 0000 0127", "incorrect_cvc", undefined, "security code is incorrect"],
    ["4000 0000 0000 0119", "processing_error", undefined, "An error occurred while processing your card."],
    ["4000 0000 0000 0341", "card_declined", "generic_decline", "Your card was declined."],
  ])("%s leaves the session open and another card may follow", async (cardNumber, code, declineCode, words) => {
    const session = await open(goods);
    const refused = await submitCheckout(bench, session.id, { cardNumber });
    expect(refused.text.replaceAll("&#39;", "'")).toContain(words);
    const tried = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge"],
    });
    expect(tried).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { code, type: "card_error" },
        latest_charge: { status: "failed", paid: false, failure_code: code },
      },
    });
    expect((tried.payment_intent as Stripe.PaymentIntent).last_payment_error?.decline_code).toBe(declineCode);
    expect((await submitCheckout(bench, session.id)).status).toBe(303);
    const charges = await bench.stripe.charges.list({
      payment_intent: (tried.payment_intent as Stripe.PaymentIntent).id,
    });
    expect(charges.data.map((one) => one.status)).toEqual(["succeeded", "failed"]);
  });

  it("makes no customer and no subscription", async () => {
    const counts = async () => [
      (await bench.stripe.customers.list({ limit: 100 })).data.length,
      (await bench.stripe.subscriptions.list({ limit: 100 })).data.length,
    ];
    const before = await counts();
    const session = await open(membership);
    await submitCheckout(bench, session.id, { cardNumber: "4000000000000002" });
    expect(await counts()).toEqual(before);
    const [latest] = (await bench.stripe.paymentIntents.list({ limit: 1 })).data;
    await arrived("payment_intent.payment_failed", latest?.id ?? "");
    expect(bench.receiver.types()).toContain("charge.failed");
  });
});

describe("3-D Secure", () => {
  const approve = (id: string, answer: string) => postForm(`${bench.sandbox.url}/c/pay/${id}/approve`, { answer });
  const begin = async (cardNumber: string, params: Params = goods) => {
    const session = await open(params);
    const sent = await submitCheckout(bench, session.id, { cardNumber });
    expect([sent.status, sent.location]).toEqual([303, `/c/pay/${session.id}/approve`]);
    return session;
  };

  it.each(["4000000000003220", "4000002500003155", "4000002760003184"])(
    "with %s completes after approval",
    async (cardNumber) => {
      const session = await begin(cardNumber);
      expect(
        (await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] })).payment_intent,
      ).toMatchObject({ status: "requires_action" });
      expect((await approve(session.id, "complete")).location).toContain(session.id);
      const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {
        expand: ["payment_intent.latest_charge"],
      });
      expect(paid).toMatchObject({
        status: "complete",
        payment_intent: {
          status: "succeeded",
          latest_charge: { payment_method_details: { card: { three_d_secure: { result: "authenticated" } } } },
        },
      });
    },
  );

  it("starts a subscription after approval", async () => {
    const session = await begin("4000002500003155", membership);
    await approve(session.id, "complete");
    expect(
      (await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] })).subscription,
    ).toMatchObject({ status: "active" });
  });

  it.each([
    ["4000008260003178", "insufficient funds"],
    ["4000008400001629", "declined"],
  ])("with %s is refused by the bank after approval", async (cardNumber, words) => {
    const session = await begin(cardNumber);
    expect((await approve(session.id, "complete")).text).toContain(words);
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
  });

  it("that fails makes no charge and leaves the session open", async () => {
    const session = await begin("4000000000003220");
    expect((await approve(session.id, "fail")).text).toContain("unable to authenticate");
    const failed = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(failed).toMatchObject({
      status: "open",
      payment_intent: {
        status: "requires_payment_method",
        latest_charge: null,
        last_payment_error: { code: "payment_intent_authentication_failure" },
      },
    });
    expect((await submitCheckout(bench, session.id)).status).toBe(303);
  });

  it("that is left comes back to an open page, and the old approval does nothing any more", async () => {
    const session = await begin("4000000000003220");
    expect((await approve(session.id, "leave")).location).toBe(`/c/pay/${session.id}`);
    expect((await approve(session.id, "complete")).location).toBe(`/c/pay/${session.id}`);
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    expect((await submitCheckout(bench, session.id)).status).toBe(303);
  });
});

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

describe("what a session may sell", () => {
  it.each<[string, Params, string]>([
    [
      "no renewing price in payment mode",
      { ...goods, line_items: [{ price: "price_TEST123", quantity: 1 }] },
      "You specified `payment` mode but passed a recurring price.",
    ],
    [
      "a renewing price in subscription mode",
      { ...membership, line_items: goods.line_items },
      "You must provide at least one recurring price in `subscription` mode",
    ],
    ["a quantity", { ...membership, line_items: [{ price: "price_TEST123" }] }, "Quantity is required."],
    [
      "no less than the least charge",
      {
        ...goods,
        line_items: [{ price_data: { currency: "sek", unit_amount: 100, product_data: { name: "x" } }, quantity: 1 }],
      },
      "must add up to at least SEK 3.00",
    ],
    [
      "no more than the most",
      {
        ...goods,
        line_items: [
          { price_data: { currency: "sek", unit_amount: 99_999_999, product_data: { name: "x" } }, quantity: 2 },
        ],
      },
      "must be no more than SEK 999,999.99",
    ],
    [
      "one currency",
      {
        ...goods,
        line_items: [
          ...(goods.line_items ?? []),
          { price_data: { currency: "eur", unit_amount: 900, product_data: { name: "x" } }, quantity: 1 },
        ],
      },
      "currencies that do not match",
    ],
    ["a success address", { ...goods, success_url: undefined }, "Missing required param: success_url."],
    [
      "one way to name the customer",
      { ...goods, customer: "cus_x", customer_email: "a@b.se" },
      "You may only specify one of these parameters: customer, customer_email.",
    ],
  ])("is checked: %s", async (_name, params, message) => {
    await expect(open(params)).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining(message) });
  });

  it("leaves nothing behind when it is refused", async () => {
    const before = (await bench.stripe.products.list({ limit: 100 })).data.length;
    await expect(
      open({ ...goods, line_items: [...(goods.line_items ?? []), { price: "none", quantity: 1 }] }),
    ).rejects.toMatchObject({ code: "resource_missing" });
    expect((await bench.stripe.products.list({ limit: 100 })).data).toHaveLength(before);
  });

  it("must be for sale", async () => {
    const price = await bench.stripe.prices.create({
      product: "prod_TEST123",
      currency: "sek",
      unit_amount: 900,
      active: false,
    });
    await expect(open({ ...goods, line_items: [{ price: price.id, quantity: 1 }] })).rejects.toMatchObject({
      message: expect.stringContaining("The price specified is inactive."),
    });
  });
});
