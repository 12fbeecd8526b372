import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "./test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

type Told = Record<string, unknown>;

/** Everything that was told so far, oldest first. */
async function told(): Promise<Stripe.Event[]> {
  const events: Stripe.Event[] = [];
  for await (const event of story.stripe.events.list({ limit: 100 })) events.push(event);
  return events.reverse();
}

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

describe("what was told", () => {
  it("is told again as it was then, however far its object has moved on", async () => {
    await busyYear();
    const events = await told();
    await story.receiver.until((all) => all.length >= events.length);
    const delivered = new Map(story.receiver.received.map(({ event }) => [event.id, event]));
    expect(events.length).toBeGreaterThan(80);
    for (const event of events) expect(event.data).toEqual(delivered.get(event.id)?.data);
  });

  it("rebuilds what there is when it is played again, and every change tells what was before", async () => {
    await busyYear();
    const state = new Map<string, Told>();
    for (const { type, data } of await told()) {
      const object = data.object as unknown as Told;
      const id = String(object.id);
      if (type.endsWith(".deleted") && object.object !== "subscription") state.delete(id);
      else state.set(id, object);
    }
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
    // An invoice that takes its number only counts one further at its customer: the provider does not tell that either.
    const said = (one: Told) => JSON.parse(JSON.stringify({ ...one, next_invoice_sequence: undefined })) as Told;
    for (const one of lists.flatMap((list) => list.data as unknown as Told[]))
      expect(said(state.get(String(one.id)) ?? {})).toEqual(said(one));
  });
});
