import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
  await story.goTo("2027-04-01T00:00:00Z");
});
afterEach(() => story.close());

const totals = async (one: Stripe.Subscription) =>
  (await story.invoices(one.id)).map((invoice) => [invoice.status, invoice.total]);

describe("a coupon", () => {
  it("for three months takes a quarter off three invoices", async () => {
    const coupon = await story.stripe.coupons.create({ percent_off: 25, duration: "repeating", duration_in_months: 3 });
    const subscription = await story.subscribe({
      items: [{ price: "price_TEST123" }],
      discounts: [{ coupon: coupon.id }],
    });
    expect(subscription.discounts).toHaveLength(1);
    await story.goTo("2027-08-02T00:00:00Z");
    // 25 % of 299 kr are 74.75.
    expect(await totals(subscription)).toEqual([
      ["paid", 22_425],
      ["paid", 22_425],
      ["paid", 22_425],
      ["paid", 29_900],
      ["paid", 29_900],
    ]);
    const [first] = await story.invoices(subscription.id);
    expect(first).toMatchObject({
      subtotal: 29_900,
      total_discount_amounts: [{ amount: 7_475, discount: subscription.discounts[0] }],
    });
    expect(await story.stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1, valid: true });
  });

  it("for once, of an amount, is used up by the first invoice; for ever it never is", async () => {
    const once = await story.stripe.coupons.create({ amount_off: 10_000, currency: "sek", duration: "once" });
    const always = await story.stripe.coupons.create({ percent_off: 10, duration: "forever", id: "STAMKUND" });
    const a = await story.subscribe({ items: [{ price: "price_TEST123" }], discounts: [{ coupon: once.id }] });
    const b = await story.subscribe({ items: [{ price: "price_TEST123" }], discounts: [{ coupon: always.id }] });
    await story.goTo("2027-05-02T00:00:00Z");
    expect((await totals(a)).map(([, total]) => total)).toEqual([19_900, 29_900]);
    expect((await totals(b)).map(([, total]) => total)).toEqual([26_910, 26_910]);
    await story.stripe.subscriptions.update(b.id, { discounts: "" });
    await story.goTo("2027-06-02T00:00:00Z");
    expect((await totals(b)).map(([, total]) => total)).toEqual([26_910, 26_910, 29_900]);
  });
});
