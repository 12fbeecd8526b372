import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
});
afterEach(() => bench.close());

const advance = (input: unknown) => bench.control("POST", "/_control/clock/advance", input);
const date = (seconds: number | undefined) => new Date((seconds ?? 0) * 1000).toISOString().slice(0, 10);

async function subscribe(price = "price_TEST123", cardNumber = "4242424242424242"): Promise<Stripe.Subscription> {
  const session = await bench.stripe.checkout.sessions.create({
    mode: "subscription",
    success_url: "http://shop.test/ok",
    line_items: [{ price, quantity: 1 }],
  });
  const sent = await submitCheckout(bench, session.id, { cardNumber });
  if (sent.location?.endsWith("/approve"))
    await postForm(`${bench.sandbox.url}/c/pay/${session.id}/approve`, { answer: "complete" });
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  return done.subscription as Stripe.Subscription;
}
const invoicesOf = async (subscription: Stripe.Subscription) =>
  (await bench.stripe.invoices.list({ subscription: subscription.id, limit: 100 })).data.reverse();
const reload = (subscription: Stripe.Subscription) => bench.stripe.subscriptions.retrieve(subscription.id);

describe("a renewal", () => {
  it("drafts an invoice at the period's end and charges it an hour later", async () => {
    const subscription = await subscribe();
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await advance({ to: new Date((end + 1) * 1000).toISOString() });
    const [, draft] = await invoicesOf(subscription);
    expect(draft).toMatchObject({
      status: "draft",
      number: null,
      billing_reason: "subscription_cycle",
      period_start: subscription.created,
      period_end: end,
      automatically_finalizes_at: end + 3_600,
      created: end,
    });
    expect(draft?.lines.data[0]?.period.start).toBe(end);
    expect((await reload(subscription)).items.data[0]).toMatchObject({ current_period_start: end });
    bench.receiver.received.length = 0;
    await advance({ by: "PT1H" });
    const [first, paid] = await invoicesOf(subscription);
    expect(paid).toMatchObject({
      status: "paid",
      amount_paid: 29_900,
      attempt_count: 1,
      status_transitions: { finalized_at: end + 3_600, paid_at: end + 3_600 },
    });
    expect([first?.number?.slice(-4), paid?.number?.slice(-4)]).toEqual(["0001", "0002"]);
    expect(bench.receiver.types().sort()).toEqual([
      "charge.succeeded",
      "charge.updated",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "payment_intent.created",
      "payment_intent.succeeded",
    ]);
    const [latest] = (await bench.stripe.charges.list({ customer: subscription.customer as string, limit: 1 })).data;
    expect(latest).toMatchObject({
      amount: 29_900,
      description: "Subscription update",
      created: end + 3_600,
      payment_method_details: { card: { last4: "4242" } },
    });
  });

  it("of a yearly and of a weekly price comes when it should, for a year and a day", async () => {
    const price = (interval: "week" | "year", unit_amount: number) =>
      bench.stripe.prices.create({ product: "prod_TEST123", currency: "sek", unit_amount, recurring: { interval } });
    const [year, week] = [
      await subscribe((await price("year", 390_000)).id),
      await subscribe((await price("week", 9_900)).id),
    ];
    await advance({ by: "P1Y1D" });
    expect((await invoicesOf(year)).map((one) => [one.status, one.amount_paid])).toEqual([
      ["paid", 390_000],
      ["paid", 390_000],
    ]);
    expect(await invoicesOf(week)).toHaveLength(53);
  });

  it("that starts on the 31st keeps to the ends of months and charges once for each", async () => {
    await advance({ to: "2027-01-31T10:00:00Z" });
    const subscription = await subscribe();
    await advance({ to: "2027-06-01T00:00:00Z" });
    const invoices = await invoicesOf(subscription);
    expect(invoices.map((one) => date(one.lines.data[0]?.period.end))).toEqual([
      "2027-02-28",
      "2027-03-31",
      "2027-04-30",
      "2027-05-31",
      "2027-06-30",
    ]);
    expect(invoices.every((one) => one.status === "paid")).toBe(true);
    const events = await bench.stripe.events.list({ type: "customer.subscription.updated", limit: 1 });
    expect(events.data[0]?.data.previous_attributes).toMatchObject({
      latest_invoice: expect.any(String),
      items: { data: [{ current_period_end: expect.any(Number) }] },
    });
  });
});

describe("cancellation", () => {
  it("at the period's end lets the period run out and charges nothing more", async () => {
    const subscription = await subscribe();
    const end = subscription.items.data[0]?.current_period_end;
    const ending = await bench.stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: true,
      cancellation_details: { feedback: "unused", comment: "moved" },
    });
    expect(ending).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      cancel_at: end,
      cancellation_details: { reason: "cancellation_requested", feedback: "unused", comment: "moved" },
    });
    await advance({ by: "P2M" });
    expect(await reload(subscription)).toMatchObject({
      status: "canceled",
      ended_at: end,
      canceled_at: ending.canceled_at,
    });
    expect(await invoicesOf(subscription)).toHaveLength(1);
    expect(bench.receiver.types()).toContain("customer.subscription.deleted");
    expect((await bench.stripe.subscriptions.list({ customer: subscription.customer as string })).data).toEqual([]);
    expect(
      (await bench.stripe.subscriptions.list({ customer: subscription.customer as string, status: "all" })).data,
    ).toHaveLength(1);
  });

  it("can be taken back before then", async () => {
    const subscription = await subscribe();
    await bench.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(await bench.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false })).toMatchObject({
      cancel_at: null,
      canceled_at: null,
      cancel_at_period_end: false,
      cancellation_details: { reason: null },
    });
    await advance({ by: "P1M2D" });
    expect(await invoicesOf(subscription)).toHaveLength(2);
  });

  it("now ends it now, and a renewal that was being prepared is not charged", async () => {
    const subscription = await subscribe();
    await advance({ to: new Date(((subscription.items.data[0]?.current_period_end ?? 0) + 60) * 1000).toISOString() });
    const canceled = await bench.stripe.subscriptions.cancel(subscription.id);
    expect(canceled).toMatchObject({ status: "canceled", cancel_at: null, ended_at: canceled.canceled_at });
    await advance({ by: "P2M" });
    expect((await invoicesOf(subscription)).map((one) => [one.status, one.auto_advance])).toEqual([
      ["paid", false],
      ["draft", false],
    ]);
    await expect(bench.stripe.subscriptions.cancel(subscription.id)).rejects.toMatchObject({
      code: "resource_missing",
    });
    expect((await bench.stripe.subscriptions.update(subscription.id, { metadata: { a: "b" } })).metadata).toEqual({
      a: "b",
    });
    await expect(
      bench.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }),
    ).rejects.toMatchObject({ code: "invalid_canceled_subscription_fields" });
  });
});

describe("items", () => {
  it("are read alone and as a list", async () => {
    const subscription = await subscribe();
    const [item] = (await bench.stripe.subscriptionItems.list({ subscription: subscription.id })).data;
    expect(item).toMatchObject({ subscription: subscription.id, quantity: 1, price: { id: "price_TEST123" } });
    expect(await bench.stripe.subscriptionItems.retrieve(item?.id ?? "")).toEqual(item);
    await expect(bench.stripe.subscriptionItems.retrieve("si_none")).rejects.toMatchObject({ statusCode: 404 });
  });
});
