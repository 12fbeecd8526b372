import { expect } from "vitest";
import { followDispute } from "../../server/checkout/follow-dispute.ts";
import { convergeCheckout } from "../../server/checkout/index.ts";
import { followDisputeJob } from "../../server/checkout/jobs.ts";
import { reactions } from "../../server/events.ts";
import { converge } from "../../server/kernel/machine.ts";
import { type PaymentStatus, paymentMachine } from "../../server/payments/payment-status.ts";
import type { CheckoutShop } from "./checkout-shop.ts";

export const REFUND_IS_LATE = "4000 0000 0000 7726";
export const REFUND_FAILS = "4000 0000 0000 5126";
export const GOOD = "4242 4242 4242 4242";

/** Buyers of credits in a test shop, whose money goes back, and the staff who pay it back and decide about what was used. */
export async function creditBuyers(shop: CheckoutShop) {
  const { sql } = shop;
  const session = { ...(await shop.member("finance@kraftverk.test")), staffRole: "finance" as const };
  await sql`update users set staff_role = 'finance' where id = ${session.userId}`;
  const caller = shop.browser({ session }).caller;
  const [staff, office] = [caller.payments.refunds, caller.credits.office];

  let people = 0;
  const told = new Set<string>();
  /** Hands everything to the inbox that the provider has to say and has not said yet, and lets it be worked off. */
  async function hear(): Promise<void> {
    const { data } = await shop.stripe.events.list({ limit: 100 });
    for (const event of data.toReversed()) {
      if (told.has(event.id)) continue;
      told.add(event.id);
      await shop.receive(event);
    }
    await shop.work();
  }

  /** Somebody who bought 100 credits with a card and used some of them. */
  async function buyer(card: string, used: number) {
    const owner = await shop.member(`pengar${++people}@example.se`);
    const browser = shop.browser({ session: { ...owner, authenticatedAt: new Date() } });
    const opened = await browser.caller.checkout.buyCredits({ quantity: 1, currency: "SEK", keepCard: true });
    if (opened.outcome !== "open") throw new Error(opened.outcome);
    await shop.pay(opened.url, { card });
    await convergeCheckout(shop.worker(), { stripeSessionId: opened.sessionId });
    await shop.work();
    const { credits } = await browser.caller.checkout.status({ ref: opened.ref });
    expect(credits).toEqual({ bought: 100, available: 100 });
    // Whoever else holds the link is told what was bought, not what its owner has.
    const stranger = await shop.browser().caller.checkout.status({ ref: opened.ref });
    expect(stranger.credits).toEqual({ bought: 100, available: null });
    if (used > 0)
      await browser.caller.credits.consume({ credits: used, reason: "work", idempotencyKey: `used ${people}` });
    const [payment] = await sql`select id, external_id from payments where customer_id = ${owner.customerId}`;
    /** The cardholder asks the bank for the money back, and we are told. */
    const dispute = async () => {
      const { data } = await shop.stripe.charges.list({ payment_intent: payment?.external_id });
      await shop.sandbox.control(`charges/${data[0]?.id}/dispute`, { body: { kind: "product_not_received" } });
      await hear();
    };
    /** The bank takes our side, and we are told. */
    const win = async () => {
      const { data } = await shop.stripe.disputes.list({ payment_intent: payment?.external_id });
      await shop.stripe.disputes.update(data[0]?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
      await shop.advance("P20D");
      await hear();
    };
    return {
      ...{
        dispute,
        win,
        browser,
        customerId: owner.customerId ?? "",
        paymentId: payment?.id,
        externalId: payment?.external_id,
      },
      /** What a look at the provider says of the payment: disputed, or as its refunds stand; and what follows of that. */
      standsAt: async (disputed = false) => {
        const to = disputed ? "disputed" : await refundedAs(payment?.id);
        const steps = await shop
          .worker()
          .db.transaction((tx) => converge(tx, paymentMachine, { id: payment?.id, to, cause: "test" }));
        const followed = steps.flatMap((step) => reactions[`payment.${step}`] ?? []);
        if (followed.some(({ job }) => job.name === followDisputeJob.name))
          await followDispute(shop.worker(), { paymentId: payment?.id });
      },
      balance: async () => {
        const { available, debt } = await browser.caller.credits.balance({});
        return { available, debt };
      },
      undecided: async () => {
        const [row] = await sql`select count(*)::int n from credit_reclaims
          where customer_id = ${owner.customerId} and decision is null and undone_at is null and spent_credits > 0`;
        return row?.n;
      },
    };
  }

  async function refundedAs(paymentId: string): Promise<PaymentStatus> {
    const [row] = await sql`select p.amount::int, coalesce(sum(r.amount), 0)::int back from payments p
      left join refunds r on r.payment_id = p.id and r.status = 'succeeded' where p.id = ${paymentId} group by p.id`;
    if (row?.back === 0) return "paid";
    return row?.back === row?.amount ? "refunded" : "partially_refunded";
  }

  return { buyer, hear, caller, staff, office };
}
