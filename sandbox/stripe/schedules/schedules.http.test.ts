import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

describe("a subscription schedule", () => {
  it("starts a subscription, changes its price with the next phase, and lets it go on", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const [small, large] = [await story.monthly(10_000), await story.monthly(20_000)];
    const customer = await story.customer();
    const schedule = await story.stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: "now",
      phases: [
        { items: [{ price: small.id }], duration: { interval: "month", interval_count: 2 } },
        {
          items: [{ price: large.id }],
          duration: { interval: "month", interval_count: 1 },
          proration_behavior: "none",
        },
      ],
    });
    expect(schedule).toMatchObject({ status: "active", end_behavior: "release" });
    const id = schedule.subscription as string;
    await story.goTo("2027-06-01T12:00:00Z");
    const moved = await story.stripe.subscriptions.retrieve(id);
    expect(moved.items.data[0]?.price.id).toBe(large.id);
    await story.goTo("2027-07-02T00:00:00Z");
    expect(await story.stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
      status: "released",
      released_subscription: id,
      subscription: null,
    });
    expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active", schedule: null });
    expect(story.receiver.types()).toEqual(
      expect.arrayContaining([
        "subscription_schedule.created",
        "subscription_schedule.updated",
        "subscription_schedule.released",
      ]),
    );
  });

  it.each(["month", "year"] as const)(
    "bills the very period that its next phase begins with at that phase's price, by the %s",
    async (interval) => {
      await story.goTo("2027-04-01T00:00:00Z");
      const [before, after] = [
        await story.monthly(20_000),
        await (interval === "month" ? story.monthly : story.yearly)(15_000),
      ];
      const subscription = await story.subscribe({ items: [{ price: before.id }] });
      const { subscriptionSchedules } = story.stripe;
      const schedule = await subscriptionSchedules.create({ from_subscription: subscription.id });
      const [phase] = schedule.phases as [Stripe.SubscriptionSchedule.Phase];
      await subscriptionSchedules.update(schedule.id, {
        phases: [
          { items: [{ price: before.id }], start_date: phase.start_date, end_date: phase.end_date },
          { items: [{ price: after.id }], duration: { interval, interval_count: 1 }, proration_behavior: "none" },
        ],
      });
      await story.goTo("2027-05-02T00:00:00Z");
      expect((await story.invoices(subscription.id)).map((invoice) => [invoice.status, invoice.total])).toEqual([
        ["paid", 20_000],
        ["paid", 15_000],
      ]);
      const [item] = (await story.stripe.subscriptions.retrieve(subscription.id)).items.data;
      expect(item?.current_period_start).toBe(phase.end_date);
    },
  );

  it("comes at the price that was agreed, though it is archived since; an archived one is not agreed on anew", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const [before, after] = [await story.monthly(20_000), await story.monthly(15_000)];
    const subscription = await story.subscribe({ items: [{ price: before.id }] });
    const { prices, subscriptionSchedules, subscriptions } = story.stripe;
    const schedule = await subscriptionSchedules.create({ from_subscription: subscription.id });
    const [phase] = schedule.phases as [Stripe.SubscriptionSchedule.Phase];
    const running = { items: [{ price: before.id }], start_date: phase.start_date, end_date: phase.end_date };
    const phases = [running, { items: [{ price: after.id }], proration_behavior: "none" as const }];
    await subscriptionSchedules.update(schedule.id, { phases });
    for (const { id } of [before, after]) await prices.update(id, { active: false });
    // The same phases again: nothing new is agreed.
    await subscriptionSchedules.update(schedule.id, { phases, metadata: { seen: "twice" } });
    await story.goTo("2027-05-02T00:00:00Z");
    const [item] = (await subscriptions.retrieve(subscription.id)).items.data;
    expect(item?.price.id).toBe(after.id);
    expect((await story.invoices(subscription.id)).map((invoice) => invoice.total).sort()).toEqual([15_000, 20_000]);
    await expect(
      subscriptionSchedules.create({
        customer: subscription.customer as string,
        phases: [{ items: [{ price: after.id }] }],
      }),
    ).rejects.toMatchObject({ statusCode: 400, param: "phases[0][items][0][price]" });
  });

  it("pauses its subscription between phases, with what holds for every phase", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const price = await story.monthly(10_000);
    const customer = await story.customer();
    const at = (instant: string) => Date.parse(instant) / 1000;
    const schedule = await story.stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: "now",
      default_settings: {
        default_payment_method: customer.invoice_settings.default_payment_method as string,
        description: "Hela året",
      },
      phases: [{ items: [{ price: price.id }], duration: { interval: "month", interval_count: 6 } }],
      pause_schedules: [
        {
          key: "summer",
          pause: { pause_at: { type: "timestamp", timestamp: at("2027-04-16T00:00:00Z") } },
          resume: { resume_at: { type: "duration", duration: { interval: "month", interval_count: 1 } } },
        },
      ],
    });
    const id = schedule.subscription as string;
    expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({
      description: "Hela året",
      default_payment_method: customer.invoice_settings.default_payment_method,
    });
    await story.goTo("2027-05-10T00:00:00Z");
    expect((await story.stripe.subscriptions.retrieve(id)).status).toBe("paused");
    expect(await story.invoices(id)).toHaveLength(1);
    await story.goTo("2027-05-17T00:00:00Z");
    expect((await story.stripe.subscriptions.retrieve(id)).status).toBe("active");
    expect(await story.invoices(id)).toHaveLength(2);
    expect((await story.stripe.subscriptionSchedules.retrieve(schedule.id)).pause_schedules).toMatchObject([
      { key: "summer", pause: { status: { type: "succeeded" } }, resume: { status: { type: "succeeded" } } },
    ]);
  });

  it("takes up a running subscription, and ends it when it was to", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    const { subscriptionSchedules } = story.stripe;
    const schedule = await subscriptionSchedules.create({ from_subscription: subscription.id });
    const [phase] = schedule.phases as [Stripe.SubscriptionSchedule.Phase];
    await subscriptionSchedules.update(schedule.id, {
      end_behavior: "cancel",
      phases: [{ items: [{ price: "price_TEST123" }], start_date: phase.start_date, end_date: phase.end_date }],
    });
    await expect(subscriptionSchedules.create({ from_subscription: subscription.id })).rejects.toThrow("already");
    await story.goTo("2027-05-02T00:00:00Z");
    expect(await subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: "completed" });
    expect((await story.stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    await expect(subscriptionSchedules.cancel(schedule.id)).rejects.toThrow("`completed`");
  });

  it("taxes each phase by the phase's own rates, an item's before those of the whole", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const { subscriptionSchedules, taxRates } = story.stripe;
    const rate = (percentage: number) => taxRates.create({ display_name: "Moms", percentage, inclusive: false });
    const [usual, book, price] = [await rate(25), await rate(6), (await story.monthly(10_000)).id];
    const duration = { interval: "month" as const, interval_count: 1 };
    const schedule = await subscriptionSchedules.create({
      customer: (await story.customer()).id,
      start_date: "now",
      phases: [
        { items: [{ price }], duration, default_tax_rates: [usual.id] },
        { items: [{ price, tax_rates: [book.id] }], duration, default_tax_rates: [usual.id] },
        { items: [{ price }], duration, default_tax_rates: "" },
      ],
    });
    expect(schedule.phases.map((one) => one.default_tax_rates?.map(({ id }) => id))).toEqual([
      [usual.id],
      [usual.id],
      [],
    ]);
    expect(schedule.phases[1]?.items[0]?.tax_rates?.map(({ id }) => id)).toEqual([book.id]);
    await story.goTo("2027-06-01T02:00:00Z");
    const paid = await story.invoices(schedule.subscription as string);
    // 25 % of 100.00, 6 % of it, and nothing.
    expect(paid.map((one) => [one.subtotal, one.total, one.status])).toEqual([
      [10_000, 12_500, "paid"],
      [10_000, 10_600, "paid"],
      [10_000, 10_000, "paid"],
    ]);
    await expect(
      subscriptionSchedules.update(schedule.id, { phases: [{ items: [{ price, tax_rates: ["txr_none"] }] }] }),
    ).rejects.toMatchObject({ statusCode: 400, param: "phases[0][items][0][tax_rates][0]" });
  });

  it("that has not begun can be canceled or released, and is listed", async () => {
    const customer = await story.customer();
    const { subscriptionSchedules } = story.stripe;
    const start_date = Math.floor(Date.now() / 1000) + 86_400 * 400;
    const phases = [{ items: [{ price: "price_TEST123" }] }];
    const one = await subscriptionSchedules.create({ customer: customer.id, start_date, phases });
    const two = await subscriptionSchedules.create({ customer: customer.id, start_date, phases });
    expect((await subscriptionSchedules.list({ scheduled: true })).data).toHaveLength(2);
    expect((await subscriptionSchedules.cancel(one.id)).status).toBe("canceled");
    expect((await subscriptionSchedules.release(two.id)).status).toBe("released");
  });
});
