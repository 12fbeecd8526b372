import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

const amounts = (invoice: Stripe.Invoice) => invoice.lines.data.map((line) => line.amount);

/**
 * Worked out by hand: from 1 April 2027 00:00 a month of 30 days, so 16 April 00:00 is exactly half.
 * 10 kr a month is 1000 öre, 20 kr 2000.
 */
describe("a change in the middle of a month", () => {
  it("credits half of the old price and debits half of the new one, on the next invoice", async () => {
    const { stripe, subscribe, monthly, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const [small, large] = [await monthly(1_000), await monthly(2_000)];
    const subscription = await subscribe({ items: [{ price: small.id }] });
    await goTo("2027-04-16T00:00:00Z");
    const item = subscription.items.data[0]?.id ?? "";
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items: [{ id: item, price: large.id }] },
    });
    const changed = await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: large.id }] });
    expect(changed.items.data[0]).toMatchObject({ id: item, price: { id: large.id }, quantity: 1 });
    const pending = await stripe.invoiceItems.list({ customer: subscription.customer as string, pending: true });
    expect(pending.data.map((one) => [one.amount, one.proration]).sort()).toEqual([
      [-500, true],
      [1_000, true],
    ]);
    await goTo("2027-05-01T02:00:00Z");
    const [latest] = (await stripe.invoices.list({ subscription: subscription.id, limit: 1 })).data;
    expect(latest).toMatchObject({ status: "paid", total: 2_500, amount_paid: 2_500 });
    expect(latest && amounts(latest)).toEqual([-500, 1_000, 2_000]);
    expect([preview.total, amounts(preview)]).toEqual([2_500, [-500, 1_000, 2_000]]);
    expect(preview.id).toMatch(/^upcoming_in_/);
    expect(latest?.lines.data[0]).toMatchObject({
      description: "Unused time on Abonnemang after 16 Apr 2027",
      discountable: false,
      parent: {
        type: "subscription_item_details",
        subscription_item_details: {
          proration: true,
          proration_details: { credited_items: { invoice: subscription.latest_invoice } },
        },
      },
    });
  });

  it("of seats in tiers charges what is left of the difference, and takes it all back at the same instant", async () => {
    const { stripe, subscribe, monthly, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const { product } = await monthly(1_000);
    // 299.00 for five, 49.00 for each beyond them: eight are 446.00.
    const seats = await stripe.prices.create({
      ...{ product: String(product), currency: "usd", recurring: { interval: "month" } },
      ...{ billing_scheme: "tiered", tiers_mode: "graduated" },
      tiers: [
        { up_to: 5, flat_amount: 29_900 },
        { up_to: "inf", unit_amount: 4_900 },
      ],
    });
    const subscription = await subscribe({ items: [{ price: seats.id, quantity: 5 }] });
    const [item] = subscription.items.data;
    expect(item?.price).not.toHaveProperty("tiers");
    const { items } = await stripe.subscriptions.retrieve(subscription.id, { expand: ["items.data.price.tiers"] });
    expect(items.data[0]?.price.tiers).toHaveLength(2);
    await goTo("2027-04-11T00:00:00Z");
    const at = Date.UTC(2027, 3, 11) / 1000;
    const change = (quantity: number) => ({
      ...{
        items: [{ id: item?.id ?? "", quantity }],
        proration_behavior: "always_invoice" as const,
        proration_date: at,
      },
    });
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change(8),
    });
    // Two thirds of the month are left: of 299.00 they are 199.33, of 446.00 297.33.
    expect(amounts(preview)).toEqual([-19_933, 29_733]);
    await stripe.subscriptions.update(subscription.id, change(8));
    await stripe.subscriptions.update(subscription.id, change(5));
    const bills = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(bills.map(({ total }) => total)).toEqual([-9_800, 9_800, 29_900]);
    await stripe.subscriptions.update(subscription.id, { ...change(8), proration_behavior: "none" });
    await goTo("2027-05-01T02:00:00Z");
    const [latest] = (await stripe.invoices.list({ subscription: subscription.id, limit: 1 })).data;
    expect(latest?.lines.data.map(({ amount, quantity }) => [amount, quantity])).toEqual([
      [29_900, 1],
      [14_700, 3],
    ]);
  });

  it("is invoiced and charged at once when asked", async () => {
    const { stripe, subscribe, monthly, goTo, receiver } = story;
    await goTo("2027-04-01T00:00:00Z");
    const [small, large] = [await monthly(5_000), await monthly(10_000)];
    const subscription = await subscribe({ items: [{ price: small.id }] });
    await goTo("2027-04-16T00:00:00Z");
    receiver.received.length = 0;
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id ?? "", price: large.id }],
      proration_behavior: "always_invoice",
      expand: ["latest_invoice"],
    });
    const invoice = changed.latest_invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ billing_reason: "subscription_update", status: "paid", total: 2_500 });
    expect(amounts(invoice)).toEqual([-2_500, 5_000]);
    const types = await receiver.until((all) => all.some((one) => one.event.type === "invoice_payment.paid"));
    expect(types.map((one) => one.event.type).sort()).toEqual([
      "charge.succeeded",
      "charge.updated",
      "customer.subscription.updated",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "invoiceitem.created",
      "invoiceitem.created",
      "payment_intent.created",
      "payment_intent.succeeded",
    ]);
  });

  it("to less puts what is left over on the customer's balance, and the next renewal uses it", async () => {
    const { stripe, subscribe, monthly, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const [small, large] = [await monthly(5_000), await monthly(10_000)];
    const subscription = await subscribe({ items: [{ price: large.id }] });
    await goTo("2027-04-16T00:00:00Z");
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id ?? "", price: small.id }],
      proration_behavior: "always_invoice",
    });
    const customer = subscription.customer as string;
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -2_500 });
    await goTo("2027-05-01T02:00:00Z");
    const [renewal, credit] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(credit).toMatchObject({ status: "paid", total: -2_500, amount_due: 0, ending_balance: -2_500 });
    expect(renewal).toMatchObject({ total: 5_000, amount_due: 2_500, starting_balance: -2_500, ending_balance: 0 });
    const entries = await stripe.customers.listBalanceTransactions(customer);
    expect(entries.data.map((one) => [one.type, one.amount, one.ending_balance])).toEqual([
      ["applied_to_invoice", 2_500, 0],
      ["applied_to_invoice", -2_500, -2_500],
    ]);
  });

  it("of the quantity is prorated too, and nothing is with none", async () => {
    const { stripe, subscribe, monthly, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const price = await monthly(3_000);
    const subscription = await subscribe({ items: [{ price: price.id, quantity: 2 }] });
    const item = subscription.items.data[0]?.id ?? "";
    await goTo("2027-04-21T00:00:00Z");
    // A third of the month is left: 2 × 3000 gives back 2000, 5 × 3000 costs 5000.
    const invoice = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items: [{ id: item, quantity: 5 }], proration_behavior: "always_invoice" },
    });
    expect(amounts(invoice)).toEqual([-2_000, 5_000]);
    await stripe.subscriptionItems.update(item, { quantity: 5, proration_behavior: "none" });
    await goTo("2027-05-01T02:00:00Z");
    const [latest] = (await stripe.invoices.list({ subscription: subscription.id, limit: 1 })).data;
    expect(latest && amounts(latest)).toEqual([15_000]);
  });

  it("from a month to a year keeps the anchor and is invoiced at once", async () => {
    const { stripe, subscribe, monthly, yearly, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const [month, year] = [await monthly(2_500), await yearly(25_000)];
    const subscription = await subscribe({ items: [{ price: month.id }] });
    await goTo("2027-04-01T00:00:04Z");
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id ?? "", price: year.id }],
      proration_behavior: "always_invoice",
      expand: ["latest_invoice"],
    });
    expect(amounts(changed.latest_invoice as Stripe.Invoice)).toEqual([-2_500, 25_000]);
    expect(changed.billing_cycle_anchor).toBe(subscription.billing_cycle_anchor);
    expect(changed.items.data[0]).toMatchObject({
      current_period_start: subscription.items.data[0]?.current_period_start,
      current_period_end: Date.parse("2028-04-01T00:00:00Z") / 1000,
    });
  });

  it("there and back at one instant comes to nothing", async () => {
    const { stripe, subscribe, monthly, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const [odd, other] = [await monthly(9_999), await monthly(12_347)];
    const subscription = await subscribe({ items: [{ price: odd.id }] });
    await goTo("2027-04-11T07:13:19Z");
    const item = subscription.items.data[0]?.id ?? "";
    const at = Date.parse("2027-04-11T07:13:19Z") / 1000;
    await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: other.id }], proration_date: at });
    await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: odd.id }], proration_date: at });
    const { data } = await stripe.invoiceItems.list({ customer: subscription.customer as string, pending: true });
    expect(data).toHaveLength(4);
    expect(data.reduce((sum, one) => sum + one.amount, 0)).toBe(0);
  });
});

describe("a change that cannot be paid", () => {
  const broken = async () => {
    const { stripe, subscribe, monthly } = story;
    const [small, large] = [await monthly(5_000), await monthly(50_000)];
    const subscription = await subscribe({ items: [{ price: small.id }] });
    const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: subscription.customer as string,
    });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: card.id });
    const items = [{ id: subscription.items.data[0]?.id ?? "", price: large.id }];
    return { subscription, items, proration_behavior: "always_invoice" as const };
  };

  it("stays, and the subscription is past due", async () => {
    const { subscription, items, proration_behavior } = await broken();
    const changed = await story.stripe.subscriptions.update(subscription.id, { items, proration_behavior });
    expect(changed).toMatchObject({ status: "past_due", items: { data: [{ price: { unit_amount: 50_000 } }] } });
  });

  it("changes nothing with error_if_incomplete", async () => {
    const { subscription, items, proration_behavior } = await broken();
    await expect(
      story.stripe.subscriptions.update(subscription.id, {
        items,
        proration_behavior,
        payment_behavior: "error_if_incomplete",
      }),
    ).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
    expect(await story.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "active",
      items: { data: [{ price: { unit_amount: 5_000 } }] },
    });
  });

  it("waits with pending_if_incomplete, and is made when the invoice is paid", async () => {
    const { stripe } = story;
    const { subscription, items, proration_behavior } = await broken();
    const waiting = await stripe.subscriptions.update(subscription.id, {
      items,
      proration_behavior,
      payment_behavior: "pending_if_incomplete",
    });
    expect(waiting).toMatchObject({
      status: "active",
      items: { data: [{ price: { unit_amount: 5_000 } }] },
      pending_update: { subscription_items: [{ price: { unit_amount: 50_000 } }] },
    });
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: subscription.customer as string });
    await stripe.invoices.pay(waiting.latest_invoice as string, { payment_method: good.id });
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      pending_update: null,
      items: { data: [{ price: { unit_amount: 50_000 } }] },
    });
    const types = (await stripe.events.list({ limit: 100 })).data.map((one) => one.type);
    expect(types).toContain("customer.subscription.pending_update_applied");
  });

  it("is dropped after 23 hours, and its invoice is void", async () => {
    const { stripe } = story;
    const { subscription, items, proration_behavior } = await broken();
    const waiting = await stripe.subscriptions.update(subscription.id, {
      items,
      proration_behavior,
      payment_behavior: "pending_if_incomplete",
    });
    await story.advance("PT24H");
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      pending_update: null,
      status: "active",
    });
    expect(await stripe.invoices.retrieve(waiting.latest_invoice as string)).toMatchObject({ status: "void" });
  });

  it("with a new cycle moves nothing until it is paid, and what was given up is credited by nobody", async () => {
    const { stripe, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const { subscription, items, proration_behavior } = await broken();
    const item = items[0]?.id ?? "";
    await goTo("2027-04-11T00:00:00Z");
    const anew = { items, proration_behavior, billing_cycle_anchor: { type: "now" } } as const;
    const waiting = await stripe.subscriptions.update(subscription.id, {
      ...{ ...anew, payment_behavior: "pending_if_incomplete" },
    });
    const began = Date.parse("2027-04-01T00:00:00Z") / 1000;
    expect(waiting).toMatchObject({
      billing_cycle_anchor: began,
      items: { data: [{ current_period_start: began, price: { unit_amount: 5_000 } }] },
      pending_update: { billing_cycle_anchor: Date.parse("2027-04-11T00:00:00Z") / 1000 },
    });
    expect((await stripe.invoices.retrieve(waiting.latest_invoice as string)).amount_due).toBe(50_000 - 3_333);
    await goTo("2027-04-16T00:00:00Z");
    const half = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items: [{ id: item, quantity: 2 }], proration_behavior },
    });
    expect(amounts(half)).toEqual([-2_500, 5_000]);
    // Paid, it is the new period's price that is credited.
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: subscription.customer as string });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
    await stripe.subscriptions.update(subscription.id, { ...anew, payment_behavior: "pending_if_incomplete" });
    await goTo("2027-05-01T00:00:00Z");
    const later = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items: [{ id: item, quantity: 2 }], proration_behavior },
    });
    expect(amounts(later)).toEqual([-25_000, 50_000]);
  });

  it("is given up with the period, and credited by its own price once it was paid late", async () => {
    const { stripe, goTo } = story;
    await goTo("2027-04-01T00:00:00Z");
    const { subscription, items, proration_behavior } = await broken();
    await goTo("2027-04-16T00:00:00Z");
    const wait = { items, proration_behavior, payment_behavior: "pending_if_incomplete" } as const;
    const waiting = await stripe.subscriptions.update(subscription.id, wait);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: subscription.customer as string });
    await stripe.invoices.pay(waiting.latest_invoice as string, { payment_method: good.id });
    const back = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items: [{ id: items[0]?.id ?? "", quantity: 2 }], proration_behavior },
    });
    expect(amounts(back)).toEqual([-25_000, 50_000]);
    await goTo("2027-04-30T14:00:00Z");
    const larger = await story.monthly(90_000);
    const last = await stripe.subscriptions.update(subscription.id, {
      ...{ ...wait, items: [{ id: items[0]?.id ?? "", price: larger.id }] },
    });
    expect(last.pending_update?.expires_at).toBe(Date.parse("2027-05-01T00:00:00Z") / 1000);
  });
});

it("collects what waits when the subscription ends with its period", async () => {
  const { stripe, subscribe, monthly, goTo } = story;
  await goTo("2027-04-01T00:00:00Z");
  const [small, large] = [await monthly(1_000), await monthly(2_000)];
  const subscription = await subscribe({ items: [{ price: small.id }] });
  await goTo("2027-04-16T00:00:00Z");
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: subscription.items.data[0]?.id ?? "", price: large.id }],
    cancel_at_period_end: true,
  });
  await goTo("2027-05-01T02:00:00Z");
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: "canceled" });
  const [latest] = (await stripe.invoices.list({ subscription: subscription.id, limit: 1 })).data;
  expect(latest).toMatchObject({ status: "paid", total: 500 });
});
