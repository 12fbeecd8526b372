import { and, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { orderLines } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import type { RefundLine } from "../../drizzle/schema/refunds.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { money } from "../kernel/money.ts";
import { addRefund } from "../payments/index.ts";
import type { Change } from "./change.ts";
import { divideRefund, refundShare } from "./refund-share.ts";

/** What could be paid back when a membership ends now, of what was paid for the period that runs. Minor units. */
export type EndRefunds = {
  /** The newest of those payments, from which it is taken first. */
  readonly paymentId: string;
  /** How many there are: a membership may have been changed for more, or seats been bought, since the period began. */
  readonly payments: number;
  readonly currency: "SEK" | "EUR" | "USD";
  readonly full: number;
  /** The share of the days that are left, of each payment of its own period, less what was set off meanwhile. */
  readonly prorated: number;
  /** Of the newest payment. */
  readonly card: { readonly brand: string; readonly last4: string } | null;
};

/** The money came, whatever became of it since: what was paid back of this period is not looked for in the one before. */
export const MONEY_CAME = ["paid", "partially_refunded", "refunded", "disputed"] as const;
/** A period has few payments: its own, and those of what was changed in it. */
const MOST = 50;

/** What can be paid back when a membership ends now; null when nothing was paid, or all of it was paid back. */
export async function endRefunds(tx: Tx, subscriptionId: string): Promise<EndRefunds | null> {
  const { now } = tx.scope;
  const paid = (await paymentsOf(tx, subscriptionId, now)).filter(({ left }) => left > 0);
  const [newest] = paid;
  if (!newest) return null;
  const { currency } = newest.payment;
  const full = paid.reduce((sum, { left }) => sum + left, 0);
  const shares = paid.map((one) => refundShare(money(one.payment.amount, currency), one, now).amount);
  const setOff = await setOffIn(tx, subscriptionId, now);
  const credits = setOff.map((one) => -refundShare(money(-one.total, currency), one, now).amount);
  const worth = [...shares, ...credits].reduce((sum, share) => sum + share, 0);
  const { id: paymentId, cardBrand, cardLast4 } = newest.payment;
  const card = cardBrand && cardLast4 ? { brand: cardBrand, last4: cardLast4 } : null;
  return { paymentId, payments: paid.length, currency, full, prorated: Math.min(full, Math.max(0, worth)), card };
}

/**
 * The payments of the period that runs at an instant, the newest first, with what each can still give back (nothing, once it was paid
 * back or while it is disputed); of a membership that has none the newest payment there is.
 */
async function paymentsOf(tx: Tx, subscriptionId: string, at: Date) {
  const rows = await tx
    .select({
      payment: payments,
      from: invoices.periodStartAt,
      until: invoices.periodEndAt,
      committed: sql<number>`coalesce((select sum(r.amount) from refunds r
        where r.payment_id = ${payments.id} and r.status <> 'failed'), 0)::float8`,
    })
    .from(payments)
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(and(eq(invoices.subscriptionId, subscriptionId), inArray(payments.status, [...MONEY_CAME])))
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(MOST);
  const running = rows.filter(({ until }) => until !== null && until > at);
  return (running.length > 0 ? running : rows.slice(0, 1)).map(({ committed, ...row }) => {
    const { amount, refundedAmount, status } = row.payment;
    return { ...row, left: status === "disputed" ? 0 : Math.max(0, amount - Math.max(refundedAmount, committed)) };
  });
}

/** What changes for less have set off in the period that runs, which is not paid back a second time. Totals are negative. */
function setOffIn(tx: Tx, subscriptionId: string, at: Date) {
  const { totalAmount: total, periodStartAt: from, periodEndAt: until, status } = invoices;
  return tx
    .select({ total, from, until })
    .from(invoices)
    .where(and(eq(invoices.subscriptionId, subscriptionId), eq(status, "paid"), lt(total, 0), gt(until, at)))
    .limit(MOST);
}

/**
 * Writes the refunds that were asked for with an end, once the membership has ended: of the newest payment first, each up to
 * what it can still give back. Once, in the transaction in which the change takes effect.
 */
export async function refundEnd(tx: Tx, change: Change, orderId: string): Promise<void> {
  const { refundAmount, refundPaymentId } = change;
  if (refundAmount === null || refundPaymentId === null) return;
  const paid = await paymentsOf(tx, change.subscriptionId, change.createdAt);
  const first = paid.findIndex(({ payment }) => payment.id === refundPaymentId);
  // What was paid after that was shown to nobody.
  const shown = first < 0 ? await paymentNamed(tx, refundPaymentId) : paid.slice(first);
  for (const { payment, amount } of divideRefund(refundAmount, shown)) {
    const ofPurchase = payment.payment.orderId === orderId;
    const isFirst = payment.payment.id === refundPaymentId;
    await addRefund(tx, {
      paymentId: payment.payment.id,
      orderId,
      withdrawalId: null,
      amount,
      currency: payment.payment.currency,
      lines: ofPurchase ? await linesOf(tx, orderId, amount) : [],
      reason: change.comment ?? "the membership was ended",
      idempotencyKey: `subscription_change:${change.id}${isFirst ? "" : `:${payment.payment.id}`}`,
    });
  }
}

async function paymentNamed(tx: Tx, paymentId: string) {
  const rows = await tx.select().from(payments).where(eq(payments.id, paymentId));
  return rows.map((payment) => ({ payment, left: payment.amount - payment.refundedAmount }));
}

/** The purchase's own payment is paid back by its lines: all of them, or a part of the first, which is the membership. */
async function linesOf(tx: Tx, orderId: string, sum: number): Promise<RefundLine[]> {
  const lines = await tx
    .select({ orderLineId: orderLines.id, quantity: orderLines.quantity, amount: orderLines.totalAmount })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(orderLines.position);
  if (lines.reduce((total, line) => total + line.amount, 0) === sum) return lines;
  const [first] = lines;
  return first && sum <= first.amount ? [{ orderLineId: first.orderLineId, quantity: 0, amount: sum }] : [];
}
