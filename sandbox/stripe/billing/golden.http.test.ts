import fc from "fast-check";
import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { everythingTold, played, saidOf, type Told } from "./test-retelling.ts";
import { type BillingStory, billingStory } from "./test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

const periods = async (id: string) =>
  (await story.invoices(id)).map((one) => {
    const period = one.lines.data[0]?.period;
    return [period?.start, period?.end].map((at) => new Date((at ?? 0) * 1000).toISOString().slice(0, 10));
  });

/** Every figure was worked out by hand first. */
describe("a story with known figures", () => {
  it("from 31 January of a leap year keeps to the last days and returns to the 31st", async () => {
    await story.goTo("2028-01-31T10:00:00Z");
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    await story.goTo("2028-04-30T12:00:00Z");
    expect(await periods(subscription.id)).toEqual([
      ["2028-01-31", "2028-02-29"],
      ["2028-02-29", "2028-03-31"],
      ["2028-03-31", "2028-04-30"],
      ["2028-04-30", "2028-05-31"],
    ]);
  });

  it("in a currency without decimals rounds to whole yen", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const [small, large] = [await story.monthly(999, "jpy"), await story.monthly(1_998, "jpy")];
    const subscription = await story.subscribe({ items: [{ price: small.id }] });
    await story.goTo("2027-04-16T00:00:00Z");
    const preview = await story.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: {
        items: [{ id: subscription.items.data[0]?.id ?? "", price: large.id }],
        proration_behavior: "always_invoice",
        proration_date: Date.parse("2027-04-16T00:00:00Z") / 1000,
      },
    });
    // The subscription may have begun a second late: half of 999 is 499.5, and of 1998 it is 999.
    const [credit = 0, debit = 0] = preview.lines.data.map((line) => line.amount);
    expect([-500, -499]).toContain(credit);
    expect(debit).toBe(999);
    expect(preview.currency).toBe("jpy");
  });

  it("below what can be charged waits on the balance, and is paid with the next invoice", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    // Two kronor are less than the three that can be charged.
    const price = await story.monthly(200);
    const subscription = await story.subscribe({ items: [{ price: price.id }] });
    const customer = subscription.customer as string;
    const [first] = await story.invoices(subscription.id);
    expect(first).toMatchObject({ status: "paid", total: 200, amount_due: 0, amount_paid: 0, ending_balance: 200 });
    expect((await story.stripe.charges.list({ customer })).data).toEqual([]);
    await story.goTo("2027-05-01T02:00:00Z");
    expect((await story.invoices(subscription.id)).at(-1)).toMatchObject({
      total: 200,
      amount_due: 400,
      amount_paid: 400,
      starting_balance: 200,
      ending_balance: 0,
    });
    expect((await story.stripe.customers.listBalanceTransactions(customer)).data.map((one) => one.type)).toEqual([
      "applied_to_invoice",
      "invoice_too_small",
    ]);
  });

  it("refunds what a change in the middle of the month had cost", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const [small, large] = [await story.monthly(10_000), await story.monthly(20_000)];
    const subscription = await story.subscribe({ items: [{ price: small.id }] });
    await story.goTo("2027-04-16T00:00:00Z");
    const changed = await story.stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id ?? "", price: large.id }],
      proration_behavior: "always_invoice",
      expand: ["latest_invoice.payments"],
    });
    const invoice = changed.latest_invoice as Stripe.Invoice;
    expect(invoice.amount_paid).toBe(5_000);
    const payment_intent = invoice.payments?.data[0]?.payment.payment_intent as string;
    const refund = await story.stripe.refunds.create({ payment_intent, amount: 2_000 });
    expect(refund).toMatchObject({ status: "succeeded", amount: 2_000 });
    await expect(story.stripe.refunds.create({ payment_intent, amount: 3_001 })).rejects.toMatchObject({
      param: "amount",
    });
  });
});

describe("whatever happens to a subscription", () => {
  const steps = fc.array(
    fc.constantFrom("up", "down", "more", "one", "refuse", "relent", "later", "month", "pay", "pause", "go on"),
    { minLength: 3, maxLength: 12 },
  );

  /** Lives one story; afterwards every invoice must add up with what was charged for it. */
  async function live(story: BillingStory, path: readonly string[]): Promise<void> {
    const { stripe } = story;
    const [small, large] = [await story.monthly(9_999), await story.monthly(24_711)];
    const customer = await story.customer();
    const card = customer.invoice_settings.default_payment_method as string;
    const tax = await stripe.taxRates.create({ display_name: "Moms", inclusive: false, percentage: 12.5 });
    const subscription = await story.subscribe({
      customer: customer.id,
      items: [{ price: small.id }],
      default_tax_rates: [tax.id],
    });
    const bank = (refuses: string | null) =>
      story.control("POST", `/_control/payment_methods/${card}/bank`, { refuses });
    const item = subscription.items.data[0]?.id ?? "";
    const change = (what: Stripe.SubscriptionUpdateParams.Item, now: boolean) =>
      stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, ...what }],
        proration_behavior: now ? "always_invoice" : "create_prorations",
      });
    const payAll = async () => {
      const open = await stripe.invoices.list({ customer: customer.id, status: "open" });
      for (const one of open.data) await stripe.invoices.pay(one.id);
    };
    const doing: Record<string, () => Promise<unknown>> = {
      up: () => change({ price: large.id }, true),
      down: () => change({ price: small.id }, false),
      more: () => change({ quantity: 3 }, true),
      one: () => change({ quantity: 1 }, false),
      refuse: () => bank("insufficient_funds"),
      relent: () => bank(null),
      later: () => story.advance("P9DT5H"),
      month: () => story.advance("P1M"),
      pay: payAll,
      pause: () => stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: "void" } }),
      "go on": () => stripe.subscriptions.update(subscription.id, { pause_collection: "" }),
    };
    // What is refused, by the bank or because the subscription has ended, is a part of life.
    for (const step of path) await doing[step]?.().catch(() => undefined);
    const invoices = await stripe.invoices.list({ customer: customer.id, limit: 100, expand: ["data.payments"] });
    const charges = await stripe.charges.list({ customer: customer.id, limit: 100 });
    const paid = charges.data.filter((one) => one.paid).reduce((sum, one) => sum + one.amount, 0);
    expect(invoices.data.reduce((sum, one) => sum + one.amount_paid, 0)).toBe(paid);
    for (const one of invoices.data) {
      expect((one.payments?.data ?? []).filter((payment) => payment.status === "paid").length).toBeLessThanOrEqual(1);
      if (one.status === "draft") continue;
      expect(one.amount_due + (one.ending_balance ?? 0)).toBe(one.total + one.starting_balance);
      const taxes = (one.total_taxes ?? []).reduce((sum, tax) => sum + tax.amount, 0);
      expect(one.subtotal + taxes).toBe(one.total);
      expect(one.lines.data.flatMap((line) => line.taxes ?? []).reduce((sum, tax) => sum + tax.amount, 0)).toBe(taxes);
    }
    const entries = await stripe.customers.listBalanceTransactions(customer.id, { limit: 100 });
    const now = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
    expect(entries.data.reduce((sum, one) => sum + one.amount, 0)).toBe(now.balance);
    await retold(story, customer.id);
  }

  /** Every event tells its object as it was then, and all of them together tell what there is now. */
  async function retold(story: BillingStory, customer: string): Promise<void> {
    const { stripe, receiver } = story;
    const events = await everythingTold(story);
    await receiver.until((all) => all.length >= events.length);
    const sent = new Map(receiver.received.map(({ event }) => [event.id, event.data]));
    for (const event of events) expect(event.data).toEqual(sent.get(event.id));
    const state = await played(story);
    const lists: { data: object[] }[] = [
      { data: [await stripe.customers.retrieve(customer)] },
      await stripe.subscriptions.list({ customer, status: "all", limit: 100 }),
      await stripe.invoices.list({ customer, limit: 100 }),
      await stripe.paymentIntents.list({ customer, limit: 100 }),
      await stripe.charges.list({ customer, limit: 100 }),
    ];
    for (const one of lists.flatMap((list) => list.data as Told[]))
      expect(saidOf(state.get(String(one.id)) ?? {})).toEqual(saidOf(one));
  }

  it("no invoice is paid twice, no money is made or lost, and everything is told as it was", async () => {
    await fc.assert(
      fc.asyncProperty(steps, (path) => live(story, path)),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);
});
