import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";
import { meteredPrice, use } from "./test-usage.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
  await story.goTo("2027-04-01T00:00:00Z");
});
afterEach(() => story.close());

/** Every figure was worked out by hand first. */
describe("what is metered", () => {
  it("is billed when its period is over, beside what renews in advance", async () => {
    const { stripe } = story;
    const { meter, price } = await meteredPrice(story);
    const [base, customer] = [await story.monthly(9_900), (await story.customer()).id];
    const subscription = await story.subscribe({ customer, items: [{ price: base.id }, { price: price.id }] });
    const item = subscription.items.data.find((one) => one.price.id === price.id);
    expect(item?.quantity).toBeUndefined();
    const [first] = await story.invoices(subscription.id);
    expect(first?.lines.data.map((one) => one.amount)).toEqual([9_900]);
    await story.advance("P10D");
    await use(story, customer, 100);
    await use(story, customer, 35);
    const upcoming = await stripe.invoices.createPreview({ subscription: subscription.id });
    // 135 at 12.5 öre are 1,687.5: 1,688.
    expect(upcoming.lines.data.map((one) => [one.amount, one.quantity])).toEqual([
      [1_688, 135],
      [9_900, 1],
    ]);
    await story.goTo("2027-05-01T03:00:00Z");
    const second = (await story.invoices(subscription.id)).at(-1);
    expect(second).toMatchObject({ status: "paid", total: 11_588 });
    const day = (at: number | undefined) => new Date((at ?? 0) * 1000).toISOString().slice(0, 10);
    expect(second?.lines.data.map((one) => [day(one.period.start), day(one.period.end)])).toEqual([
      ["2027-04-01", "2027-05-01"],
      ["2027-05-01", "2027-06-01"],
    ]);
    const summary = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer,
      start_time: Date.parse("2027-04-01T00:00:00Z") / 1000,
      end_time: Date.parse("2027-05-01T00:00:00Z") / 1000,
      value_grouping_window: "day",
    });
    expect(summary.data.map((one) => one.aggregated_value)).toEqual([135]);
    // The next period begins with nothing used.
    await story.goTo("2027-06-01T03:00:00Z");
    expect((await story.invoices(subscription.id)).at(-1)?.lines.data.map((one) => one.amount)).toEqual([0, 9_900]);
  });

  it("goes by tiers, and is billed once more when the subscription ends", async () => {
    const { stripe } = story;
    const tiers: Stripe.PriceCreateParams.Tier[] = [
      { up_to: 100, unit_amount: 10 },
      { up_to: "inf", unit_amount: 5 },
    ];
    const { price } = await meteredPrice(story, "sum", { billing_scheme: "tiered", tiers_mode: "graduated", tiers });
    const customer = (await story.customer()).id;
    const subscription = await story.subscribe({ customer, items: [{ price: price.id }] });
    await use(story, customer, 250);
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await story.goTo("2027-05-01T03:00:00Z");
    const last = (await story.invoices(subscription.id)).at(-1);
    // A hundred at 10 and a hundred and fifty at 5.
    expect(last?.lines.data.map((one) => one.amount)).toEqual([1_000, 750]);
    expect(last).toMatchObject({ status: "paid", amount_paid: 1_750 });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  });

  it("counts a report once, takes one back, and follows its formula", async () => {
    const { stripe } = story;
    const { meter } = await meteredPrice(story, "last");
    const customer = (await story.customer()).id;
    const now = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    await use(story, customer, 7, "one");
    await use(story, customer, 9, "two");
    await expect(use(story, customer, 9, "two")).rejects.toMatchObject({ param: "identifier" });
    const start = Math.floor(now.created / 60) * 60;
    const read = async () =>
      (
        await stripe.billing.meters.listEventSummaries(meter.id, {
          customer,
          start_time: start,
          end_time: start + 3_600,
        })
      ).data[0]?.aggregated_value;
    expect(await read()).toBe(9);
    await stripe.billing.meterEventAdjustments.create({
      event_name: "anrop",
      type: "cancel",
      cancel: { identifier: "two" },
    });
    expect(await read()).toBe(7);
  });

  it("is refused in the provider's words", async () => {
    const { stripe } = story;
    const { meter, price } = await meteredPrice(story);
    const customer = (await story.customer()).id;
    const report = (given: object) => stripe.rawRequest("POST", "/v1/billing/meter_events", given);
    await expect(report({ event_name: "other", payload: { value: "1" } })).rejects.toMatchObject({
      message: "No active meter found for event name: other",
    });
    await expect(report({ event_name: "anrop", payload: { value: "1" } })).rejects.toMatchObject({
      param: "payload[stripe_customer_id]",
    });
    await expect(use(story, "cus_none", 1)).rejects.toMatchObject({ code: "resource_missing" });
    await expect(report({ event_name: "anrop" })).rejects.toMatchObject({
      code: "parameter_missing",
      param: "payload",
    });
    await expect(
      stripe.billing.meterEvents.create({
        event_name: "anrop",
        payload: { stripe_customer_id: customer, value: "1" },
        timestamp: 1_000,
      }),
    ).rejects.toMatchObject({ param: "timestamp" });
    await expect(story.subscribe({ customer, items: [{ price: price.id, quantity: 2 }] })).rejects.toMatchObject({
      message: expect.stringContaining("Quantity should not be specified where usage_type is `metered`."),
    });
    await expect(
      stripe.prices.create({
        currency: "sek",
        product: "prod_TEST123",
        unit_amount: 1,
        recurring: { interval: "month", usage_type: "metered" },
      }),
    ).rejects.toMatchObject({ param: "recurring[meter]" });
    await stripe.billing.meters.deactivate(meter.id);
    await expect(use(story, customer, 1)).rejects.toMatchObject({ param: "event_name" });
    expect((await stripe.events.list({ type: "billing.meter.deactivated" })).data).toHaveLength(1);
  });
});
