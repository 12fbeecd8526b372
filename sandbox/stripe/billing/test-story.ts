import type Stripe from "stripe";
import { type Receiver, startTestBench, type TestBench } from "../../test-bench.ts";

export interface BillingStory {
  stripe: Stripe;
  receiver: Receiver;
  bench: TestBench;
  /** A customer with a card that always pays, unless another token is named. */
  customer(token?: string): Promise<Stripe.Customer>;
  monthly(amount: number, currency?: string): Promise<Stripe.Price>;
  yearly(amount: number): Promise<Stripe.Price>;
  /** A subscription of a new customer, unless one is named. */
  subscribe(
    params: Omit<Stripe.SubscriptionCreateParams, "customer"> & { customer?: string },
  ): Promise<Stripe.Subscription>;
  invoices(subscription: string): Promise<Stripe.Invoice[]>;
  goTo(instant: string): Promise<void>;
  advance(by: string): Promise<void>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** What stories of billing are told with: prices, customers with cards, and a clock. */
export async function billingStory(): Promise<BillingStory> {
  const bench = await startTestBench();
  const { stripe, receiver } = bench;
  const product = await stripe.products.create({ name: "Abonnemang" });
  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await bench.control(method, path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const price =
    (interval: "month" | "year") =>
    (unit_amount: number, currency = "sek") =>
      stripe.prices.create({ product: product.id, currency, unit_amount, recurring: { interval } });
  const customer = async (token = "pm_card_visa") => {
    const made = await stripe.customers.create({ email: "ada@example.com" });
    const card = await stripe.paymentMethods.attach(token, { customer: made.id });
    return stripe.customers.update(made.id, { invoice_settings: { default_payment_method: card.id } });
  };
  return {
    stripe,
    receiver,
    bench,
    customer,
    monthly: price("month"),
    yearly: price("year"),
    subscribe: async (params) =>
      stripe.subscriptions.create({ ...params, customer: params.customer ?? (await customer()).id }),
    invoices: async (subscription) => (await stripe.invoices.list({ subscription, limit: 100 })).data.reverse(),
    goTo: async (to) => {
      // A moment earlier, so that what follows happens at the very second.
      await control("POST", "/_control/clock/advance", { to });
    },
    advance: async (by) => {
      await control("POST", "/_control/clock/advance", { by });
    },
    control,
    close: () => bench.close(),
  };
}
