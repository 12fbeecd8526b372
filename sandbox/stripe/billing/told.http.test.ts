import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { everythingTold, played, saidOf, type Told } from "./test-retelling.ts";
import { type BillingStory, billingStory } from "./test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

/** A year with a change of plan, a coupon, a refusal and an end. */
async function busyYear(): Promise<Stripe.Subscription> {
  await story.goTo("2027-01-31T10:00:00Z");
  const [small, large] = [await story.monthly(9_900), await story.monthly(19_900)];
  const coupon = await story.stripe.coupons.create({ percent_off: 20, duration: "repeating", duration_in_months: 3 });
  const customer = await story.customer();
  const subscription = await story.subscribe({
    customer: customer.id,
    items: [{ price: small.id }],
    discounts: [{ coupon: coupon.id }],
  });
  await story.advance("P1M10D");
  await story.stripe.subscriptions.update(subscription.id, {
    items: [{ id: subscription.items.data[0]?.id ?? "", price: large.id }],
    proration_behavior: "always_invoice",
  });
  const card = customer.invoice_settings.default_payment_method;
  await story.control("POST", `/_control/payment_methods/${card}/bank`, { refuses: "insufficient_funds" });
  await story.advance("P1M");
  await story.control("POST", `/_control/payment_methods/${card}/bank`, { refuses: null });
  await story.advance("P3M");
  const [paid] = (await story.invoices(subscription.id)).filter((one) => one.amount_paid > 0);
  await story.stripe.creditNotes.create({ invoice: paid?.id ?? "", amount: 1_000, credit_amount: 1_000 });
  await story.stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true });
  return subscription;
}

/** Two months of use: a grant pays all of the first and some of the second, one expires and one is void. */
async function meteredMonths(): Promise<void> {
  await story.goTo("2027-04-01T00:00:00Z");
  const { stripe } = story;
  const { creditGrants, meterEvents, meters } = stripe.billing;
  const sum = { default_aggregation: { formula: "sum" as const }, display_name: "Anrop" };
  const meter = await meters.create({ ...sum, event_name: "anrop" });
  const retired = await meters.create({ ...sum, event_name: "gammal" });
  await meters.update(retired.id, { display_name: "Gamla anrop" });
  await meters.deactivate(retired.id);
  const price = await stripe.prices.create({
    currency: "sek",
    product_data: { name: "Anrop" },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    unit_amount: 100,
  });
  const customer = (await story.customer()).id;
  const grant = (value: number) =>
    creditGrants.create({
      customer,
      amount: { type: "monetary", monetary: { currency: "sek", value } },
      applicability_config: { scope: { price_type: "metered" } },
      category: "promotional",
    });
  await grant(5_000);
  const [early, wrong] = [await grant(100), await grant(200)];
  await creditGrants.expire(early.id);
  await creditGrants.voidGrant(wrong.id);
  await story.subscribe({ customer, items: [{ price: price.id }] });
  for (let month = 0; month < 2; month += 1) {
    const payload = { stripe_customer_id: customer, value: "40" };
    await meterEvents.create({ event_name: "anrop", payload });
    await story.advance("P1MT2H");
  }
}

describe("what was told", () => {
  it("is told again as it was then, however far its object has moved on", async () => {
    await busyYear();
    const events = await everythingTold(story);
    await story.receiver.until((all) => all.length >= events.length);
    const delivered = new Map(story.receiver.received.map(({ event }) => [event.id, event]));
    expect(events.length).toBeGreaterThan(80);
    for (const event of events) expect(event.data).toEqual(delivered.get(event.id)?.data);
  });

  it("rebuilds what there is when it is played again, and every change tells what was before", async () => {
    await busyYear();
    const state = await played(story);
    const { stripe } = story;
    const lists = [
      await stripe.customers.list({ limit: 100 }),
      await stripe.subscriptions.list({ status: "all", limit: 100 }),
      await stripe.invoices.list({ limit: 100 }),
      await stripe.paymentIntents.list({ limit: 100 }),
      await stripe.charges.list({ limit: 100 }),
      await stripe.coupons.list({ limit: 100 }),
      await stripe.creditNotes.list({ limit: 100 }),
    ];
    for (const one of lists.flatMap((list) => list.data as unknown as Told[]))
      expect(saidOf(state.get(String(one.id)) ?? {})).toEqual(saidOf(one));
  });

  it("rebuilds what is metered and the credit that pays for it", async () => {
    await meteredMonths();
    const state = await played(story);
    const { stripe } = story;
    const lists = [
      await stripe.billing.meters.list({ limit: 100 }),
      await stripe.billing.creditGrants.list({ limit: 100 }),
      await stripe.subscriptions.list({ status: "all", limit: 100 }),
      await stripe.invoices.list({ limit: 100 }),
      await stripe.paymentIntents.list({ limit: 100 }),
      await stripe.charges.list({ limit: 100 }),
    ];
    expect(lists.map((list) => list.data.length)).toEqual([2, 3, 1, 3, 1, 1]);
    for (const one of lists.flatMap((list) => list.data as unknown as Told[]))
      expect(saidOf(state.get(String(one.id)) ?? {})).toEqual(saidOf(one));
  });
});
