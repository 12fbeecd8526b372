import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { CARDS, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";

// Of everything that the provider tells of each of these, one event arrives and the others are lost: it alone must be enough.
const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { begin, bought } = testPurchases(shop);
const { memberOf, row, chargeTo } = testMemberships(shop);

const heard = new Set<string>();
/** The newest event of a type about something, by an id that it names; it alone is handed over and worked off. */
async function hearOnly(type: string, about: string): Promise<void> {
  for await (const event of stripe.events.list({ type, limit: 100 })) {
    if (heard.has(event.id) || !JSON.stringify(event.data.object).includes(`"${about}"`)) continue;
    heard.add(event.id);
    expect(await shop.receive(event)).toBe(200);
    await shop.work();
    const [inbox] = await sql`select status from webhook_events where external_id = ${event.id}`;
    expect(inbox).toEqual({ status: "handled" });
    return;
  }
  throw new Error(`The provider told of no ${type} about ${about}.`);
}
let people = 0;
const someone = (product = "oppet") => memberOf(`alone${++people}@example.se`, product);
const bankOf = async ({ stripeId }: { stripeId: string }, refuses: string) => {
  const { default_payment_method: card } = await stripe.subscriptions.retrieve(stripeId);
  await shop.sandbox.control(`payment_methods/${String(card)}/bank`, { body: { refuses } });
};
const mailsTo = async (email: string) =>
  (await sql`select template from emails where to_address = ${email} order by template`).map((one) => one.template);
const order = async ({ checkoutId }: { checkoutId: string }) =>
  (await sql`select status from orders where checkout_id = ${checkoutId}`)[0];
const checkout = async ({ checkoutId }: { checkoutId: string }) =>
  (await sql`select status, failure_code from checkouts where id = ${checkoutId}`)[0];
/** The payment that a membership began with. */
const firstPayment = async ({ id }: { id: string }) =>
  (
    await sql`select p.external_id as intent, p.status, p.refunded_amount::int as refunded
      from payments p join invoices i on i.id = p.invoice_id where i.subscription_id = ${id} order by p.created_at limit 1`
  )[0];
const latest = async ({ stripeId }: { stripeId: string }) =>
  String((await stripe.subscriptions.retrieve(stripeId)).latest_invoice);
const bill = async (stripeInvoiceId: string) =>
  (await sql`select status, reason from invoices where stripe_invoice_id = ${stripeInvoiceId}`)[0];

describe("of a purchase", () => {
  it.each([
    ["checkout.session.completed", (s: Stripe.Checkout.Session) => s.id],
    ["customer.subscription.created", (s: Stripe.Checkout.Session) => String(s.subscription)],
    ["invoice.paid", (s: Stripe.Checkout.Session) => String(s.invoice)],
    ["invoice.payment_succeeded", (s: Stripe.Checkout.Session) => String(s.invoice)],
  ] as const)("%s alone is enough for the membership, its order and its mails", async (type, about) => {
    const purchase = await bought("oppet");
    await hearOnly(type, about(await stripe.checkout.sessions.retrieve(purchase.sessionId)));
    expect(await checkout(purchase)).toMatchObject({ status: "completed" });
    expect(await order(purchase)).toEqual({ status: "completed" });
    const [membership] = await sql`select s.status from subscriptions s join orders o on o.id = s.order_id
      where o.checkout_id = ${purchase.checkoutId}`;
    expect(membership).toEqual({ status: "active" });
    expect(await mailsTo(purchase.email)).toEqual(["membership-started", "order-confirmation"]);
  });

  it("payment_intent.succeeded, of goods", async () => {
    const purchase = await bought("bag");
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(purchase.sessionId);
    await hearOnly("payment_intent.succeeded", String(intent));
    expect(await order(purchase)).toEqual({ status: "confirmed" });
  });

  it("payment_intent.payment_failed: nothing is fulfilled, the refusal is known", async () => {
    const purchase = await begin("bag");
    await shop.pay(purchase.url, { email: purchase.email, card: CARDS.noFunds });
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(purchase.sessionId);
    await hearOnly("payment_intent.payment_failed", String(intent));
    expect(await order(purchase)).toBeUndefined();
    const told = await purchase.browser.caller.checkout.status({ ref: purchase.ref });
    expect(told).toMatchObject({ state: "failed", declineClass: "funds" });
  });

  it("checkout.session.expired", async () => {
    const purchase = await begin("bag");
    await stripe.checkout.sessions.expire(purchase.sessionId);
    await hearOnly("checkout.session.expired", purchase.sessionId);
    expect(await checkout(purchase)).toMatchObject({ status: "expired" });
  });
});

describe("of a membership", () => {
  it("customer.subscription.updated: an end that was asked for at the provider", async () => {
    const member = await someone();
    await stripe.subscriptions.update(member.stripeId, { cancel_at_period_end: true });
    await hearOnly("customer.subscription.updated", member.stripeId);
    const now = await row(member);
    expect(now?.cancel_at).toEqual(now?.current_period_end_at);
    expect(now?.cancel_at).not.toBeNull();
  });

  it("customer.subscription.deleted", async () => {
    const member = await someone();
    await stripe.subscriptions.cancel(member.stripeId);
    await hearOnly("customer.subscription.deleted", member.stripeId);
    expect(await row(member)).toMatchObject({ status: "canceled", ended_at: expect.anything() });
  });

  it("customer.subscription.paused, then customer.subscription.resumed", async () => {
    const member = await someone();
    await stripe.subscriptions.pause(member.stripeId);
    await hearOnly("customer.subscription.paused", member.stripeId);
    expect(await row(member)).toMatchObject({ status: "paused" });
    await stripe.subscriptions.resume(member.stripeId, { billing_cycle_anchor: { type: "unchanged" } });
    await hearOnly("customer.subscription.resumed", member.stripeId);
    expect(await row(member)).toMatchObject({ status: "active" });
  });

  it("customer.subscription.trial_will_end: of an end that was moved to the day after tomorrow", async () => {
    const member = await someone("gruppass");
    const ends = Math.floor(shop.worker().now().getTime() / 1000) + 2 * 86_400;
    await stripe.subscriptions.update(member.stripeId, { trial_end: ends, proration_behavior: "none" });
    await hearOnly("customer.subscription.trial_will_end", member.stripeId);
    expect(new Date(String((await row(member))?.trial_end_at)).getTime()).toBe(ends * 1000);
  });

  it("customer.updated: what the provider keeps for its payer", async () => {
    const member = await someone();
    await stripe.customers.createBalanceTransaction(member.stripeCustomer, { amount: -5_000, currency: "sek" });
    await stripe.customers.update(member.stripeCustomer, { description: "Regular" });
    await hearOnly("customer.updated", member.stripeCustomer);
    expect(await row(member)).toMatchObject({ balance_amount: "-5000" });
  });

  it.each(["invoice.voided", "invoice.marked_uncollectible"] as const)("%s", async (type) => {
    const member = await someone();
    const { stripeCustomer: customer, stripeId: subscription } = member;
    await stripe.invoiceItems.create({ customer, subscription, amount: 5_000, currency: "sek" });
    const draft = await stripe.invoices.create({ customer, subscription, auto_advance: false });
    const { id = "" } = await stripe.invoices.finalizeInvoice(draft.id ?? "", { auto_advance: false });
    if (type === "invoice.voided") await stripe.invoices.voidInvoice(id);
    else await stripe.invoices.markUncollectible(id);
    await hearOnly(type, id);
    expect(await bill(id)).toMatchObject({ status: type === "invoice.voided" ? "void" : "uncollectible" });
  });
});

describe("of money that goes back", () => {
  it.each(["charge.refunded", "refund.created", "refund.updated"] as const)("%s", async (type) => {
    const member = await someone();
    const intent = String((await firstPayment(member))?.intent);
    const refund = await stripe.refunds.create({ payment_intent: intent, amount: 5_000 });
    if (type === "refund.updated") await stripe.refunds.update(refund.id, { metadata: { why: "moved" } });
    await hearOnly(type, intent);
    expect(await firstPayment(member)).toMatchObject({ status: "partially_refunded", refunded: 5_000 });
  });

  it("charge.dispute.created, then charge.dispute.closed", async () => {
    const member = await someone();
    const intent = String((await firstPayment(member))?.intent);
    const { data } = await stripe.charges.list({ payment_intent: intent });
    await shop.sandbox.control(`charges/${data[0]?.id}/dispute`, { body: { kind: "fraudulent" } });
    await hearOnly("charge.dispute.created", intent);
    expect(await firstPayment(member)).toMatchObject({ status: "disputed" });
    const { data: open } = await stripe.disputes.list({ payment_intent: intent });
    await stripe.disputes.update(open[0]?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
    await shop.advance("P20D");
    await hearOnly("charge.dispute.closed", intent);
    expect(await firstPayment(member)).toMatchObject({ status: "paid" });
  });
});

describe("of a renewal", () => {
  it("invoice.paid, invoice.payment_succeeded, invoice.payment_failed and invoice.payment_action_required", async () => {
    const [paid, succeeded, refused, approval] = [await someone(), await someone(), await someone(), await someone()];
    await bankOf(refused, "insufficient_funds");
    await chargeTo(approval, "pm_card_authenticationRequired");
    const renewsAt = (await row(paid))?.current_period_end_at;
    await shop.advance("P1M");
    await shop.advance("PT3H");
    for (const [member, type] of [
      [paid, "invoice.paid"],
      [succeeded, "invoice.payment_succeeded"],
    ] as const) {
      await hearOnly(type, await latest(member));
      expect(await row(member)).toMatchObject({ status: "active" });
      expect(await bill(await latest(member))).toEqual({ status: "paid", reason: "subscription_cycle" });
      expect(await mailsTo(member.email), type).toContain("renewal-receipt");
    }
    expect((await row(paid))?.current_period_start_at).toEqual(renewsAt);
    await hearOnly("invoice.payment_failed", await latest(refused));
    expect(await row(refused)).toMatchObject({ status: "past_due" });
    expect(await mailsTo(refused.email)).toContain("payment-failed");
    await hearOnly("invoice.payment_action_required", await latest(approval));
    expect(await row(approval)).toMatchObject({ status: "past_due" });
    expect(await mailsTo(approval.email)).toContain("payment-failed");
  });
});
