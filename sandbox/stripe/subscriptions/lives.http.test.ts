import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
  await story.goTo("2027-04-01T00:00:00Z");
});
afterEach(() => story.close());

const seconds = (instant: string) => Date.parse(instant) / 1000;
const reload = (one: Stripe.Subscription) => story.stripe.subscriptions.retrieve(one.id);
const totals = async (one: Stripe.Subscription) =>
  (await story.invoices(one.id)).map((invoice) => [invoice.status, invoice.total]);

describe("a start", () => {
  it("needs a card, unless the payment is left for later", async () => {
    const { id } = await story.stripe.customers.create();
    const items = [{ price: "price_TEST123" }];
    await expect(story.stripe.subscriptions.create({ customer: id, items })).rejects.toMatchObject({
      statusCode: 400,
      code: "resource_missing",
      message: expect.stringContaining("no attached payment source"),
    });
    await expect(
      story.stripe.subscriptions.create({ customer: id, items: [{ price: "invalid" }] }),
    ).rejects.toMatchObject({ statusCode: 400, param: "items[0][price]", message: "No such price: 'invalid'" });
    const waiting = await story.stripe.subscriptions.create({
      customer: id,
      items,
      payment_behavior: "default_incomplete",
      expand: ["latest_invoice.confirmation_secret"],
    });
    expect(waiting.status).toBe("incomplete");
    const invoice = waiting.latest_invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ status: "open", attempt_count: 0 });
    expect(invoice.confirmation_secret?.client_secret).toMatch(/^pi_.*_secret_/);
    await story.advance("P1D");
    expect(await reload(waiting)).toMatchObject({ status: "incomplete_expired" });
    expect(await story.stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "void" });
  });

  it("with a card that asks for approval is incomplete until it is paid", async () => {
    const customer = await story.customer("pm_card_threeDSecure2Required");
    const subscription = await story.subscribe({ customer: customer.id, items: [{ price: "price_TEST123" }] });
    expect(subscription.status).toBe("incomplete");
    const card = await story.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await story.stripe.invoices.pay(subscription.latest_invoice as string, { payment_method: card.id });
    expect(await reload(subscription)).toMatchObject({ status: "active" });
  });

  it("on an anchor to come costs the part of the month until then", async () => {
    const price = await story.monthly(3_000);
    // From 1 to 11 April of the month from 11 March to 11 April: 10 of 31 days of 30 kr are 9.68 kr.
    const subscription = await story.subscribe({
      items: [{ price: price.id }],
      billing_cycle_anchor: seconds("2027-04-11T00:00:00Z"),
    });
    await story.goTo("2027-04-11T02:00:00Z");
    expect(await totals(subscription)).toEqual([
      ["paid", 968],
      ["paid", 3_000],
    ]);
  });
});

describe("a trial", () => {
  it("costs nothing, is announced three days before its end, and then becomes a paid month", async () => {
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }], trial_period_days: 14 });
    const end = subscription.created + 14 * 86_400;
    expect(subscription).toMatchObject({ status: "trialing", trial_end: end, billing_cycle_anchor: end });
    const [first] = await story.invoices(subscription.id);
    expect(first).toMatchObject({ status: "paid", total: 0, attempted: true, attempt_count: 0 });
    expect(first?.lines.data[0]?.description).toBe("Free trial for 1 × Test Kund, kampanjpris");
    await story.goTo("2027-04-12T01:00:00Z");
    expect(story.receiver.types()).toContain("customer.subscription.trial_will_end");
    await story.goTo("2027-04-15T02:00:00Z");
    expect(await reload(subscription)).toMatchObject({
      status: "active",
      items: { data: [{ current_period_start: end }] },
    });
    expect(await totals(subscription)).toEqual([
      ["paid", 0],
      ["paid", 29_900],
    ]);
  });

  it.each([
    ["cancel", "canceled", "customer.subscription.deleted"],
    ["pause", "paused", "customer.subscription.paused"],
    ["create_invoice", "past_due", "invoice.payment_failed"],
  ] as const)("without a card ends with %s as %s", async (missing_payment_method, status, event) => {
    const { id } = await story.stripe.customers.create();
    const subscription = await story.subscribe({
      customer: id,
      items: [{ price: "price_TEST123" }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method } },
    });
    await story.goTo("2027-04-08T02:00:00Z");
    expect((await reload(subscription)).status).toBe(status);
    expect(story.receiver.types()).toContain(event);
  });

  it("ended early is charged at once, and a new month begins", async () => {
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }], trial_period_days: 14 });
    await story.goTo("2027-04-06T00:00:00Z");
    const active = await story.stripe.subscriptions.update(subscription.id, { trial_end: "now" });
    expect(active.status).toBe("active");
    expect(active.items.data[0]?.current_period_end).toBe(active.billing_cycle_anchor + 30 * 86_400);
    expect(await totals(subscription)).toEqual([
      ["paid", 0],
      ["paid", 29_900],
    ]);
  });
});

describe("an end", () => {
  it("on a planned day comes on that day", async () => {
    const cancel_at = seconds("2027-04-20T12:00:00Z");
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }], cancel_at });
    await story.goTo("2027-04-21T00:00:00Z");
    expect(await reload(subscription)).toMatchObject({ status: "canceled", ended_at: cancel_at });
  });

  it("within the month costs what comes before it, and one within the month to come makes that cheaper", async () => {
    // April has 30 days. Until the 16th at 00:00 fifteen of them: half of 3,000.
    const price = await story.monthly(3_000);
    const cancel_at = seconds("2027-04-16T00:00:00Z");
    const short = await story.subscribe({ items: [{ price: price.id }], cancel_at });
    expect(short.items.data[0]?.current_period_end).toBe(cancel_at);
    const june = seconds("2027-05-11T00:00:00Z");
    const long = await story.subscribe({ items: [{ price: price.id }], cancel_at: june });
    await story.goTo("2027-05-12T00:00:00Z");
    expect(await totals(short)).toEqual([["paid", 1_500]]);
    // Ten of the 31 days of May: 3,000 × 10 / 31 = 967.74.
    expect(await totals(long)).toEqual([
      ["paid", 3_000],
      ["paid", 968],
    ]);
    expect(await reload(long)).toMatchObject({ status: "canceled", ended_at: june });
  });

  it("that is planned later credits the rest, and taken back it is owed again", async () => {
    const price = await story.monthly(3_000);
    const subscription = await story.subscribe({ items: [{ price: price.id }] });
    const cancel_at = seconds("2027-04-21T00:00:00Z");
    const waiting = async () => {
      const items = await story.stripe.invoiceItems.list({ customer: subscription.customer as string, pending: true });
      return items.data.map((one) => one.amount).reverse();
    };
    const preview = await story.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { cancel_at },
    });
    // Ten of thirty days.
    expect(preview.lines.data.map((one) => one.amount)).toEqual([-1_000]);
    expect(await waiting()).toEqual([]);
    const planned = await story.stripe.subscriptions.update(subscription.id, { cancel_at });
    expect(planned.items.data[0]?.current_period_end).toBe(cancel_at);
    expect(await waiting()).toEqual([-1_000]);
    const back = await story.stripe.subscriptions.update(subscription.id, { cancel_at: "" });
    expect(back.items.data[0]?.current_period_end).toBe(subscription.items.data[0]?.current_period_end);
    expect(await waiting()).toEqual([-1_000, 1_000]);
    await story.stripe.subscriptions.update(subscription.id, { cancel_at, proration_behavior: "none" });
    expect(await waiting()).toEqual([-1_000, 1_000]);
  });

  it("now, with what is left given back, credits half a month to the balance", async () => {
    const price = await story.monthly(3_000);
    const subscription = await story.subscribe({ items: [{ price: price.id }] });
    await story.goTo("2027-04-16T00:00:00Z");
    await story.stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true });
    expect(await totals(subscription)).toEqual([
      ["paid", 3_000],
      ["paid", -1_500],
    ]);
    expect(await story.stripe.customers.retrieve(subscription.customer as string)).toMatchObject({ balance: -1_500 });
  });
});

describe("a pause", () => {
  it.each([
    ["keep_as_draft", "draft"],
    ["mark_uncollectible", "uncollectible"],
    ["void", "void"],
  ] as const)("of collection with %s leaves renewals %s until it ends", async (behavior, status) => {
    const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    await story.stripe.subscriptions.update(subscription.id, {
      pause_collection: { behavior, resumes_at: seconds("2027-05-15T00:00:00Z") },
    });
    await story.goTo("2027-06-01T02:00:00Z");
    expect(await reload(subscription)).toMatchObject({ status: "active", pause_collection: null });
    expect((await totals(subscription)).map(([one]) => one)).toEqual(["paid", status, "paid"]);
  });

  it("of the subscription stops everything; going on begins a new month", async () => {
    const price = await story.monthly(3_000);
    const subscription = await story.subscribe({ items: [{ price: price.id }] });
    const paused = await story.stripe.subscriptions.pause(subscription.id, { type: "subscription" });
    expect(paused).toMatchObject({
      status: "paused",
      status_details: { paused: { subscription: { type: "pause_requested" } } },
    });
    await story.goTo("2027-06-10T00:00:00Z");
    expect(await story.invoices(subscription.id)).toHaveLength(1);
    const resumed = await story.stripe.subscriptions.resume(subscription.id);
    expect(resumed.status).toBe("active");
    expect(await totals(subscription)).toEqual([
      ["paid", 3_000],
      ["paid", 3_000],
    ]);
    await story.goTo("2027-07-10T02:00:00Z");
    expect(await story.invoices(subscription.id)).toHaveLength(3);
  });
});
