import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "./test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

const seconds = (instant: string) => Date.parse(instant) / 1000;

/** A membership of 299 kr from 1 April whose card the bank refuses from then on, told at its first failed renewal. */
async function failing(refuses: string): Promise<{ subscription: Stripe.Subscription; card: string }> {
  await story.goTo("2027-04-01T00:00:00Z");
  const customer = await story.customer();
  const card = customer.invoice_settings.default_payment_method as string;
  const subscription = await story.subscribe({ customer: customer.id, items: [{ price: "price_TEST123" }] });
  await story.control("POST", `/_control/payment_methods/${card}/bank`, { refuses });
  await story.goTo("2027-05-01T00:30:00Z");
  story.receiver.received.length = 0;
  await story.goTo("2027-05-01T02:00:00Z");
  return { subscription, card };
}

const latest = async (subscription: Stripe.Subscription) =>
  (await story.invoices(subscription.id)).at(-1) as Stripe.Invoice;
const charges = async (subscription: Stripe.Subscription) =>
  (await story.stripe.charges.list({ customer: subscription.customer as string, limit: 100 })).data.length;
const status = async (subscription: Stripe.Subscription) =>
  (await story.stripe.subscriptions.retrieve(subscription.id)).status;

describe("a renewal that the bank refuses", () => {
  it("leaves the subscription past due, says so in every way, and is tried again the next day", async () => {
    const { subscription } = await failing("insufficient_funds");
    const invoice = await latest(subscription);
    expect(invoice).toMatchObject({ status: "open", attempt_count: 1, attempted: true, auto_advance: true });
    expect(invoice.next_payment_attempt).toBe((invoice.status_transitions.finalized_at ?? 0) + 86_400);
    expect(await status(subscription)).toBe("past_due");
    expect(story.receiver.types().sort()).toEqual([
      "charge.failed",
      "customer.subscription.updated",
      "invoice.finalized",
      "invoice.payment_failed",
      "invoice.updated",
      "payment_intent.created",
      "payment_intent.payment_failed",
    ]);
    const updated = story.receiver.received.find((one) => one.event.type === "customer.subscription.updated");
    expect(updated?.event.data.previous_attributes).toEqual({ status: "active" });
  });

  it("is recovered on the third try when the bank relents then", async () => {
    await story.control("POST", "/_control/recovery", { recoversOnTry: { insufficient_funds: 3 } });
    const { subscription } = await failing("insufficient_funds");
    await story.goTo("2027-05-02T02:00:00Z");
    expect(await latest(subscription)).toMatchObject({ status: "open", attempt_count: 2 });
    await story.goTo("2027-05-04T02:00:00Z");
    expect(await latest(subscription)).toMatchObject({
      status: "paid",
      attempt_count: 3,
      amount_paid: 29_900,
      next_payment_attempt: null,
    });
    expect(await status(subscription)).toBe("active");
    // One for the start, then refused, refused, paid.
    expect(await charges(subscription)).toBe(4);
  });

  it("ends the subscription after eight retries in two weeks, and nothing is charged afterwards", async () => {
    const { subscription } = await failing("generic");
    await story.goTo("2027-05-16T00:00:00Z");
    expect(await latest(subscription)).toMatchObject({
      status: "open",
      attempt_count: 9,
      auto_advance: false,
      next_payment_attempt: null,
    });
    expect(await story.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: seconds("2027-05-15T01:00:00Z"),
      cancellation_details: { reason: "payment_failed" },
    });
    expect(await charges(subscription)).toBe(10);
    await story.advance("P2M");
    expect(await charges(subscription)).toBe(10);
    expect(await story.invoices(subscription.id)).toHaveLength(2);
  });

  it("leaves it unpaid when the account wants that; then later invoices stay drafts", async () => {
    await story.control("POST", "/_control/recovery", { endAction: "unpaid", retryAfterHours: [24] });
    const { subscription } = await failing("generic");
    await story.goTo("2027-05-03T00:00:00Z");
    expect(await status(subscription)).toBe("unpaid");
    await story.goTo("2027-06-02T00:00:00Z");
    expect((await story.invoices(subscription.id)).map((one) => [one.status, one.auto_advance])).toEqual([
      ["paid", false],
      ["open", true],
      ["draft", false],
    ]);
  });

  it("leaves it past due when the account wants that", async () => {
    await story.control("POST", "/_control/recovery", { endAction: "past_due", retryAfterHours: [24] });
    const { subscription } = await failing("generic");
    await story.goTo("2027-05-10T00:00:00Z");
    expect(await status(subscription)).toBe("past_due");
  });

  it("for good is never charged again, though tries are counted; another card is charged at once", async () => {
    const { subscription } = await failing("lost_card");
    await story.goTo("2027-05-09T00:00:00Z");
    expect(await latest(subscription)).toMatchObject({ status: "open", attempt_count: 5 });
    expect(await charges(subscription)).toBe(2);
    const customer = subscription.customer as string;
    const card = await story.stripe.paymentMethods.attach("pm_card_mastercard", { customer });
    await story.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    expect(await latest(subscription)).toMatchObject({ status: "paid" });
    expect(await status(subscription)).toBe("active");
    expect(await charges(subscription)).toBe(3);
  });

  it("because the customer must approve waits for the customer", async () => {
    await story.goTo("2027-04-01T00:00:00Z");
    const customer = await story.customer();
    const card = customer.invoice_settings.default_payment_method as string;
    const subscription = await story.subscribe({ customer: customer.id, items: [{ price: "price_TEST123" }] });
    await story.control("POST", `/_control/payment_methods/${card}/bank`, { approval: "always" });
    await story.goTo("2027-05-01T02:00:00Z");
    expect(await status(subscription)).toBe("past_due");
    const types = story.receiver.types();
    expect(types).toEqual(
      expect.arrayContaining([
        "payment_intent.requires_action",
        "invoice.payment_action_required",
        "invoice.payment_failed",
      ]),
    );
    expect(types).not.toContain("charge.failed");
  });
});

it("a card that its network replaces keeps its id, and says what it was", async () => {
  const customer = await story.customer();
  const card = customer.invoice_settings.default_payment_method as string;
  story.receiver.received.length = 0;
  await story.control("POST", `/_control/payment_methods/${card}/replace`, {
    last4: "1111",
    expMonth: 3,
    expYear: 2031,
  });
  const all = await story.receiver.until((all) =>
    all.some((one) => one.event.type === "payment_method.automatically_updated"),
  );
  const told = all.find((one) => one.event.type === "payment_method.automatically_updated");
  expect(told?.event.data).toMatchObject({
    object: { id: card, card: { last4: "1111", exp_month: 3, exp_year: 2031 } },
    previous_attributes: { card: { last4: "4242" } },
  });
});
