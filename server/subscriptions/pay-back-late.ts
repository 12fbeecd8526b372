import { and, asc, eq, gt, gte, inArray, lt, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { invoices, type OffLine, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { money, multiplyByRate, shareOf } from "../kernel/money.ts";
import { addRefund } from "../payments/index.ts";
import type { Change } from "./change.ts";
import { MONEY_CAME } from "./end-refund.ts";
import { renewalDate } from "./renewal-dates.ts";
import { lateKey, tellOfLate } from "./tell-of-change.ts";

const MONTH = { interval: "month", intervalCount: 1 };
/** So many periods may have been charged meanwhile. */
const MOST = 100;

/**
 * Pays back what a change would have saved, had it come with the end of the period that was told: of every renewal that was charged
 * since, all of it where the membership was to end, to rest or to go by another cycle; else the share by which a period costs less
 * now; for money off what it would have taken off each bill of the months that were shown, beyond what was. So it is with an end that was
 * asked for at once and came after something was charged, and with free time before which a period was. Nothing is charged where it costs
 * more. What of it was not paid by card (met by what is kept for the payer, disputed) is laid before a person, and so is a bill that does
 * not say what was taken off it. Idempotent, once per change and payment; the caller holds the change.
 */
export async function payBackLate(tx: Tx, change: Change): Promise<void> {
  const { id, subscriptionId, completedAt } = change;
  const unwanted = unwantedOf(change);
  if (!unwanted || !completedAt) return;
  const { reason, status, periodStartAt, totalAmount } = invoices;
  const charged = await tx
    .select({
      bill: invoices,
      payment: payments,
      orderId: subscriptions.orderId,
      committed: sql<number>`coalesce((select sum(r.amount) from refunds r
        where r.payment_id = ${payments.id} and r.status <> 'failed'), 0)::float8`,
    })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .leftJoin(payments, and(eq(payments.invoiceId, invoices.id), inArray(payments.status, [...MONEY_CAME])))
    .where(
      and(
        eq(invoices.subscriptionId, subscriptionId),
        eq(reason, "subscription_cycle"),
        eq(status, "paid"),
        gt(totalAmount, 0),
        unwanted,
        lt(periodStartAt, completedAt),
      ),
    )
    .orderBy(asc(periodStartAt))
    .limit(MOST);
  // Whether it came in time is told by what was charged, and that may be heard of later.
  const passed = mayBeLate(change) && change.toldEndAt !== null && change.toldEndAt <= completedAt;
  if ((passed || charged.length > 0) && change.lateAt === null) {
    const late = { lateAt: completedAt, toldEndAt: change.toldEndAt ?? change.createdAt };
    await tx.update(subscriptionChanges).set(late).where(eq(subscriptionChanges.id, id));
  }
  for (const { bill, payment, orderId, committed } of charged) {
    const unsaid = change.kind === "discount" && bill.offLines === null;
    // Seen for the first time: what was paid back before is not asked about anew with every look.
    const asked = completedAt.getTime() === tx.scope.now.getTime() ? (change.lateAmount ?? 0) : 0;
    const owed = unsaid ? asked : owedOf(change, bill);
    const back = payment ? Math.max(payment.refundedAmount, committed) : 0;
    const left = payment && payment.status !== "disputed" ? payment.amount - back : 0;
    const amount = unsaid ? 0 : Math.max(0, Math.min(owed - back, left));
    if (payment && amount > 0)
      await addRefund(tx, {
        paymentId: payment.id,
        orderId,
        withdrawalId: null,
        amount,
        currency: payment.currency,
        lines: [],
        reason: "asked for before the period began",
        idempotencyKey: `${lateKey(id)}${payment.id}`,
      });
    const short = owed - back - amount;
    if (short > 0) await tellOfLate(tx, change, { amount: short, currency: bill.currency }, bill.id);
  }
}

/** Which renewals it should have come before; null: it came in time. */
function unwantedOf(change: Change) {
  const { kind, timing, toldEndAt, freeUntilAt, discountMonths, createdAt } = change;
  // Nothing was to be charged any more from the press on, of whichever period.
  if (kind === "cancel" && timing === "now") return gte(invoices.paidAt, wholeSecond(createdAt));
  if (!toldEndAt || !mayBeLate(change)) return null;
  const since = gte(invoices.periodStartAt, toldEndAt);
  // What comes after the months that were shown was never to be less.
  const offUntil = discountMonths === null ? null : renewalDate(createdAt, MONTH, discountMonths);
  if (offUntil) return and(since, lt(invoices.periodStartAt, offUntil));
  // With the end of free time it is charged as was told.
  return freeUntilAt ? and(since, lt(invoices.periodStartAt, wholeSecond(freeUntilAt))) : since;
}

/** Free time, and a pause whose answer was lost, may have come in time although it is seen later. */
const mayBeLate = ({ kind, lateAt, status }: Change): boolean =>
  lateAt !== null || kind === "free" || (kind === "pause" && (status === "sent" || status === "unknown"));

/** The provider's instants have no parts of a second. */
const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

/** What of a renewal is not owed; minor units. By the bill alone: what the membership costs by now may be something else. */
function owedOf({ kind, lateAmount, amount, discountBps }: Change, bill: typeof invoices.$inferSelect): number {
  const { totalAmount: total, currency, offLines } = bill;
  if (kind === "discount") return notTakenOff(offLines ?? [], discountBps ?? 0);
  if (kind === "cancel" || kind === "pause" || kind === "free" || lateAmount === null) return total;
  const less = lateAmount - (amount ?? lateAmount);
  if (less <= 0) return 0;
  return Math.min(less, multiplyByRate(money(total, currency), less, lateAmount, "half_even").amount);
}

/**
 * What this share would have taken off a bill beyond what was. Less may have been charged already: by this itself, which was carried out
 * before we heard of it, or by what ran before it.
 */
function notTakenOff(lines: readonly OffLine[], bps: number): number {
  return Math.max(
    0,
    lines.reduce((sum, [amount, off]) => sum + shareOf(amount, bps, "half_up") - off, 0),
  );
}
