import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "./test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

/** April has 30 days: on the 16th at 00:00 exactly half of it is left. A start a second late rounds to the same. */
async function inApril(params: Parameters<BillingStory["subscribe"]>[0]): Promise<Stripe.Subscription> {
  const subscription = await story.subscribe(params);
  await story.goTo("2027-04-16T00:00:00Z");
  return subscription;
}
const itemOf = (subscription: Stripe.Subscription) => subscription.items.data[0]?.id ?? "";
const amounts = (invoice: Stripe.Invoice | undefined) => invoice?.lines.data.map((line) => line.amount);
const lastOf = async (subscription: Stripe.Subscription) => (await story.invoices(subscription.id)).at(-1);
const close = (figures: readonly number[]) => figures.map((one) => Math.round(one / 10) * 10);

/** The derivations stand beside the figures; they were worked out before the code ran. */
describe("a change with known figures", () => {
  beforeEach(() => story.goTo("2027-04-01T00:00:00Z"));

  it("upwards in the middle waits for the renewal: −50 + 100, and 200 for May", async () => {
    const [small, large] = [await story.monthly(10_000), await story.monthly(20_000)];
    const subscription = await inApril({ items: [{ price: small.id }] });
    await story.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription), price: large.id }],
    });
    await story.goTo("2027-05-01T03:00:00Z");
    const invoice = await lastOf(subscription);
    expect(close(amounts(invoice) ?? [])).toEqual([-5_000, 10_000, 20_000]);
    expect(close([invoice?.amount_paid ?? 0])).toEqual([25_000]);
  });

  it("downwards at once leaves 50 on the balance, and May costs 100 − 50", async () => {
    const [small, large] = [await story.monthly(10_000), await story.monthly(20_000)];
    const subscription = await inApril({ items: [{ price: large.id }] });
    await story.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription), price: small.id }],
      proration_behavior: "always_invoice",
    });
    // −100 for half of 200, +50 for half of 100: nothing is paid back, 50 waits.
    expect(await lastOf(subscription)).toMatchObject({ amount_due: 0, status: "paid" });
    const customer = (await story.stripe.customers.retrieve(subscription.customer as string)) as Stripe.Customer;
    expect(close([customer.balance])).toEqual([-5_000]);
    await story.goTo("2027-05-01T03:00:00Z");
    expect(close([(await lastOf(subscription))?.amount_paid ?? 0])).toEqual([5_000]);
  });

  it("of the quantity from 2 to 5 costs half of three at once", async () => {
    const price = await story.monthly(10_000);
    const subscription = await inApril({ items: [{ price: price.id, quantity: 2 }] });
    await story.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription), quantity: 5 }],
      proration_behavior: "always_invoice",
    });
    const invoice = await lastOf(subscription);
    expect(close(amounts(invoice) ?? [])).toEqual([-10_000, 25_000]);
    expect(close([invoice?.amount_paid ?? 0])).toEqual([15_000]);
  });

  it("there and back at one instant costs nothing", async () => {
    const [small, large] = [await story.monthly(9_999), await story.monthly(24_711)];
    const subscription = await inApril({ items: [{ price: small.id }] });
    const proration_date = Date.parse("2027-04-16T00:00:00Z") / 1000;
    for (const price of [large.id, small.id])
      await story.stripe.subscriptions.update(subscription.id, {
        items: [{ id: itemOf(subscription), price }],
        proration_date,
      });
    const items = await story.stripe.invoiceItems.list({ customer: subscription.customer as string, pending: true });
    expect(items.data).toHaveLength(4);
    expect(items.data.reduce((sum, one) => sum + one.amount, 0)).toBe(0);
  });

  it("with a coupon for three months takes 20 % off three invoices, and not the fourth", async () => {
    const coupon = await story.stripe.coupons.create({ percent_off: 20, duration: "repeating", duration_in_months: 3 });
    const price = await story.monthly(10_000);
    const subscription = await story.subscribe({ items: [{ price: price.id }], discounts: [{ coupon: coupon.id }] });
    await story.goTo("2027-07-01T03:00:00Z");
    expect((await story.invoices(subscription.id)).map((one) => one.total)).toEqual([8_000, 8_000, 8_000, 10_000]);
  });
});

describe("an end or a pause with known figures", () => {
  beforeEach(() => story.goTo("2027-04-01T00:00:00Z"));

  it("a trial without a card ends as was asked: canceled, or paused until a card is there", async () => {
    const end = async (missing_payment_method: "cancel" | "pause") => {
      const customer = await story.stripe.customers.create({});
      return story.stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: "price_TEST123" }],
        trial_period_days: 14,
        trial_settings: { end_behavior: { missing_payment_method } },
      });
    };
    const [canceled, paused] = [await end("cancel"), await end("pause")];
    await story.goTo("2027-04-16T00:00:00Z");
    expect((await story.stripe.subscriptions.retrieve(canceled.id)).status).toBe("canceled");
    expect((await story.stripe.subscriptions.retrieve(paused.id)).status).toBe("paused");
    // Both had one free invoice and none since.
    for (const one of [canceled, paused]) expect((await story.invoices(one.id)).map((of) => of.total)).toEqual([0]);
    const card = await story.stripe.paymentMethods.attach("pm_card_visa", { customer: paused.customer as string });
    await story.stripe.subscriptions.update(paused.id, { default_payment_method: card.id });
    const resumed = await story.stripe.subscriptions.resume(paused.id, { billing_cycle_anchor: { type: "now" } });
    expect(resumed.status).toBe("active");
    expect(await lastOf(resumed)).toMatchObject({ status: "paid", amount_paid: 29_900 });
  });

  it("a pause in the middle gives half back when that is asked, and a month later bills from that day", async () => {
    const price = await story.monthly(10_000);
    const subscription = await inApril({ items: [{ price: price.id }] });
    const paused = await story.stripe.subscriptions.pause(subscription.id, {
      type: "subscription",
      bill_for: { unused_time_from: { type: "now" } },
      invoicing_behavior: "invoice",
    });
    expect(paused.status).toBe("paused");
    const customer = (await story.stripe.customers.retrieve(subscription.customer as string)) as Stripe.Customer;
    expect(close([customer.balance])).toEqual([-5_000]);
    await story.goTo("2027-05-16T00:00:00Z");
    expect(await story.invoices(subscription.id)).toHaveLength(2);
    const resumed = await story.stripe.subscriptions.resume(subscription.id, { billing_cycle_anchor: { type: "now" } });
    expect(resumed.status).toBe("active");
    // A whole month from now, less the 50 that were given back.
    expect(close([(await lastOf(subscription))?.amount_paid ?? 0])).toEqual([5_000]);
    await story.receiver.until((all) => all.some((one) => one.event.type === "customer.subscription.resumed"));
    expect(story.receiver.types()).toContain("customer.subscription.paused");
  });

  it("a dispute that is lost takes the charge and the fee, and gives nothing back", async () => {
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    const [charge] = (await story.stripe.charges.list({ customer: subscription.customer as string })).data;
    await story.control("POST", `/_control/charges/${charge?.id}/dispute`, { kind: "fraudulent" });
    // Nobody answers within nine days.
    await story.advance("P10D");
    const [dispute] = (await story.stripe.disputes.list({ charge: charge?.id ?? "" })).data;
    expect(dispute).toMatchObject({ status: "lost", amount: 29_900 });
    // −299.00 and the fee of 15.00 in one movement, and none after it.
    expect(dispute?.balance_transactions.map((one) => [one.amount, one.fee, one.net])).toEqual([
      [-29_900, 1_500, -31_400],
    ]);
  });
});
