import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import { stripeClient, type TestBench } from "../../test-bench.ts";

/** What a call needs to stand on, made with the official client, and what the calls that were made came to. */
export class Stage {
  readonly stripe: Stripe;
  /** Method, address and status of every call that was answered. */
  readonly answered: { method: string; path: string; status: number }[] = [];
  readonly #bench: TestBench;

  constructor(bench: TestBench) {
    this.#bench = bench;
    this.stripe = stripeClient(bench.sandbox.port);
    this.stripe.on("response", ({ method, path, status }: Stripe.ResponseEvent) => {
      this.answered.push({ method, path: path.split("?")[0] ?? "", status });
    });
  }

  /** The id behind a field that may be expanded. */
  id(of: string | { id: string } | null | undefined): string {
    if (!of) throw new Error("there is nothing there");
    return typeof of === "string" ? of : of.id;
  }

  customer(given: Stripe.CustomerCreateParams = {}): Promise<Stripe.Customer> {
    return this.stripe.customers.create({ email: "ada@example.com", ...given });
  }

  /** A customer with a card that renewals are charged to. */
  async buyer(token = "pm_card_visa"): Promise<Stripe.Customer> {
    const { id } = await this.customer();
    const card = await this.card(id, token);
    return this.stripe.customers.update(id, { invoice_settings: { default_payment_method: card.id } });
  }

  /** A customer with a card of the older kind. */
  sourced(): Promise<Stripe.Customer> {
    return this.customer({ source: "tok_visa" });
  }

  card(customer: string, token = "pm_card_visa"): Promise<Stripe.PaymentMethod> {
    return this.stripe.paymentMethods.attach(token, { customer });
  }

  product(): Promise<Stripe.Product> {
    return this.stripe.products.create({ name: "Abonnemang" });
  }

  async monthly(unit_amount = 29_900): Promise<Stripe.Price> {
    const product = await this.product();
    const recurring = { interval: "month" } as const;
    return this.stripe.prices.create({ product: product.id, currency: "sek", unit_amount, recurring });
  }

  async promotionCode(): Promise<Stripe.PromotionCode> {
    const { id } = await this.stripe.coupons.create({ percent_off: 10, duration: "forever" });
    return this.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: id } });
  }

  async subscription(): Promise<Stripe.Subscription> {
    const [customer, price] = [await this.buyer(), await this.monthly()];
    return this.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  }

  async draft(): Promise<Stripe.Invoice> {
    const customer = await this.buyer();
    await this.stripe.invoiceItems.create({ customer: customer.id, amount: 9_900, currency: "sek" });
    return this.stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: "include" });
  }

  async open(): Promise<Stripe.Invoice> {
    const draft = await this.draft();
    return this.stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false });
  }

  meter(): Promise<Stripe.Billing.Meter> {
    const event_name = `anrop_${this.#count()}`;
    return this.stripe.billing.meters.create({
      display_name: "Anrop",
      event_name,
      default_aggregation: { formula: "sum" },
    });
  }

  async grant(): Promise<Stripe.Billing.CreditGrant> {
    return this.stripe.billing.creditGrants.create({
      customer: (await this.customer()).id,
      amount: { type: "monetary", monetary: { currency: "sek", value: 5_000 } },
      applicability_config: { scope: { price_type: "metered" } },
      category: "promotional",
    });
  }

  feature(): Promise<Stripe.Entitlements.Feature> {
    return this.stripe.entitlements.features.create({ lookup_key: `export_${this.#count()}`, name: "Export" });
  }

  /** A customer whose subscription gives a feature. */
  async entitled(): Promise<Stripe.Customer> {
    const [customer, price, feature] = [await this.buyer(), await this.monthly(), await this.feature()];
    await this.stripe.products.createFeature(this.id(price.product), { entitlement_feature: feature.id });
    await this.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    return customer;
  }

  #count(): string {
    return randomUUID().slice(0, 8);
  }

  taxRate(inclusive = false): Promise<Stripe.TaxRate> {
    return this.stripe.taxRates.create({ display_name: "Moms", inclusive, percentage: 25, country: "SE" });
  }

  shippingRate(): Promise<Stripe.ShippingRate> {
    return this.stripe.shippingRates.create({
      display_name: "Ombud",
      type: "fixed_amount",
      fixed_amount: { amount: 4_900, currency: "sek" },
    });
  }

  /** A draft that will be sent to its customer. */
  async letter(): Promise<Stripe.Invoice> {
    const customer = (await this.customer()).id;
    await this.stripe.invoiceItems.create({ customer, amount: 9_900, currency: "sek" });
    return this.stripe.invoices.create({
      customer,
      collection_method: "send_invoice",
      days_until_due: 14,
      pending_invoice_items_behavior: "include",
    });
  }

  /** A note on an invoice that is still open. */
  async creditNote(): Promise<Stripe.CreditNote> {
    const { id } = await this.open();
    return this.stripe.creditNotes.create({ invoice: id, amount: 1_000 });
  }

  /** The id of a payout of what was paid more than a week ago. */
  async payout(): Promise<string> {
    await this.paid();
    await this.#bench.control("POST", "/_control/clock/advance", { by: "P8D" });
    return this.id((await this.stripe.payouts.list({ limit: 1 })).data[0]);
  }

  async paid(token = "pm_card_visa"): Promise<Stripe.PaymentIntent> {
    const customer = await this.buyer(token);
    return this.stripe.paymentIntents.create({
      amount: 9_900,
      currency: "sek",
      customer: customer.id,
      payment_method: this.id(customer.invoice_settings.default_payment_method),
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
  }

  async disputed(): Promise<Stripe.Dispute> {
    const intent = await this.paid("pm_card_createDispute");
    const [dispute] = (await this.stripe.disputes.list({ payment_intent: intent.id })).data;
    if (!dispute) throw new Error("nothing was disputed");
    return dispute;
  }

  session(): Promise<Stripe.Checkout.Session> {
    return this.stripe.checkout.sessions.create({
      mode: "payment",
      success_url: "http://shop.test/ok",
      line_items: [{ price_data: { currency: "sek", unit_amount: 9_900, product_data: { name: "Bok" } }, quantity: 1 }],
    });
  }

  async schedule(): Promise<Stripe.SubscriptionSchedule> {
    const [customer, price] = [await this.buyer(), await this.monthly()];
    return this.stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: "now",
      phases: [{ items: [{ price: price.id }], duration: { interval: "month", interval_count: 3 } }],
    });
  }

  clock(): Promise<Stripe.TestHelpers.TestClock> {
    return this.stripe.testHelpers.testClocks.create({ frozen_time: 1_900_000_000 });
  }

  endpoint(): Promise<Stripe.WebhookEndpoint> {
    return this.stripe.webhookEndpoints.create({ url: this.#bench.receiver.url, enabled_events: ["plan.created"] });
  }
}

/** One call for each operation, by method and address with `:id` for each id. */
export type Table = Record<string, (stage: Stage) => Promise<unknown>>;
