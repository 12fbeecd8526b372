import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

let story: BillingStory;
beforeEach(async () => {
  story = await billingStory();
});
afterEach(() => story.close());

const at = (instant: string) => Date.parse(instant) / 1000;

async function advance(clock: string, to: string): Promise<Stripe.TestHelpers.TestClock> {
  const { testClocks } = story.stripe.testHelpers;
  expect((await testClocks.advance(clock, { frozen_time: at(to) })).status).toBe("advancing");
  for (;;) {
    const now = await testClocks.retrieve(clock);
    if (now.status === "ready") return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function onClock() {
  const { stripe } = story;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at("2030-01-31T10:00:00Z"), name: "Story" });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "ada@example.com" });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    default_payment_method: card.id,
    items: [{ price: "price_TEST123" }],
  });
  return { clock, customer, subscription };
}

describe("a test clock", () => {
  it("moves its customers alone: a draft at the period's end, paid an hour later", async () => {
    const { clock, customer, subscription } = await onClock();
    const other = await story.subscribe({ items: [{ price: "price_TEST123" }] });
    expect(subscription).toMatchObject({ created: at("2030-01-31T10:00:00Z"), test_clock: clock.id });
    await advance(clock.id, "2030-02-28T10:30:00Z");
    const drafts = await story.invoices(subscription.id);
    expect(drafts.map((one) => [one.status, one.created])).toEqual([
      ["paid", at("2030-01-31T10:00:00Z")],
      ["draft", at("2030-02-28T10:00:00Z")],
    ]);
    expect(await advance(clock.id, "2030-02-28T11:00:00Z")).toMatchObject({ frozen_time: at("2030-02-28T11:00:00Z") });
    expect((await story.invoices(subscription.id)).at(-1)).toMatchObject({ status: "paid", test_clock: clock.id });
    expect(await story.invoices(other.id)).toHaveLength(1);
    expect((await story.stripe.customers.list({ test_clock: clock.id })).data.map((one) => one.id)).toEqual([
      customer.id,
    ]);
    expect((await story.stripe.customers.list()).data.map((one) => one.id)).not.toContain(customer.id);
  });

  it("goes forward only, two intervals at most, and takes its customers with it when it is deleted", async () => {
    const { clock, customer, subscription } = await onClock();
    const { testClocks } = story.stripe.testHelpers;
    await expect(testClocks.advance(clock.id, { frozen_time: at("2030-01-01T00:00:00Z") })).rejects.toThrow("future");
    await expect(testClocks.advance(clock.id, { frozen_time: at("2030-05-01T00:00:00Z") })).rejects.toThrow("two");
    await expect(testClocks.retrieve("clock_none")).rejects.toThrow("No such billingclock: 'clock_none'");
    expect(await testClocks.del(clock.id)).toMatchObject({ deleted: true });
    expect(await story.stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect((await story.stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  });

  it("is the time of what its customers use, are granted and are sent", async () => {
    const { stripe } = story;
    const { clock, customer } = await onClock();
    const now = at("2030-01-31T10:00:00Z");
    await stripe.billing.meters.create({
      display_name: "Anrop",
      event_name: "anrop",
      default_aggregation: { formula: "sum" },
    });
    const payload = { stripe_customer_id: customer.id, value: "3" };
    expect((await stripe.billing.meterEvents.create({ event_name: "anrop", payload })).timestamp).toBe(now);
    const grant = await stripe.billing.creditGrants.create({
      customer: customer.id,
      amount: { type: "monetary", monetary: { currency: "sek", value: 1_000 } },
      applicability_config: { scope: { price_type: "metered" } },
      expires_at: at("2030-02-10T00:00:00Z"),
    });
    expect(grant).toMatchObject({ created: now, test_clock: clock.id });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 9_900, currency: "sek" });
    const draft = await stripe.invoices.create({
      customer: customer.id,
      collection_method: "send_invoice",
      days_until_due: 5,
      pending_invoice_items_behavior: "include",
    });
    await stripe.invoices.sendInvoice(draft.id);
    await advance(clock.id, "2030-02-11T00:00:00Z");
    const [overdue] = (await stripe.events.list({ type: "invoice.overdue" })).data;
    expect(overdue?.data.object).toMatchObject({ id: draft.id, due_date: now + 5 * 86_400 });
    const [last] = (await stripe.billing.creditBalanceTransactions.list({ credit_grant: grant.id })).data;
    expect(last?.debit?.type).toBe("credits_expired");
  });
});
