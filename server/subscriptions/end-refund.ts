import { and, desc, eq, inArray } from "drizzle-orm";
import { orderLines } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import type { RefundLine } from "../../drizzle/schema/refunds.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { money } from "../kernel/money.ts";
import { addRefund } from "../payments/index.ts";
import type { Change } from "./change.ts";
import { refundShare } from "./refund-share.ts";

/** The newest payment of a membership that money came by, and what could be paid back of it. Minor units. */
export type EndRefunds = {
  readonly paymentId: string;
  readonly currency: "SEK" | "EUR" | "USD";
  readonly full: number;
  /** The share of the days that are left of the period it paid for. */
  readonly prorated: number;
  readonly card: { readonly brand: string; readonly last4: string } | null;
};

/** What can be paid back when a membership ends now; null when nothing was paid, or all of it was paid back. */
export async function endRefunds(tx: Tx, subscriptionId: string): Promise<EndRefunds | null> {
  const [row] = await tx
    .select({ payment: payments, from: invoices.periodStartAt, until: invoices.periodEndAt })
    .from(payments)
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(and(eq(invoices.subscriptionId, subscriptionId), inArray(payments.status, ["paid", "partially_refunded"])))
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(1);
  if (!row) return null;
  const { payment, from, until } = row;
  const full = payment.amount - payment.refundedAmount;
  if (full <= 0) return null;
  const prorated = Math.min(
    full,
    refundShare(money(payment.amount, payment.currency), { from, until }, tx.scope.now).amount,
  );
  const card = payment.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null;
  return { paymentId: payment.id, currency: payment.currency, full, prorated, card };
}

/** Writes the refund that was asked for with an end, once the membership has ended. Idempotent by the change. */
export async function refundEnd(tx: Tx, change: Change, orderId: string): Promise<void> {
  const { refundAmount, refundPaymentId } = change;
  if (refundAmount === null || refundPaymentId === null) return;
  const [payment] = await tx.select().from(payments).where(eq(payments.id, refundPaymentId));
  if (!payment) return;
  await addRefund(tx, {
    paymentId: payment.id,
    orderId,
    withdrawalId: null,
    amount: refundAmount,
    currency: payment.currency,
    lines: payment.orderId === orderId ? await linesOf(tx, orderId, refundAmount) : [],
    reason: change.comment ?? "the membership was ended",
    idempotencyKey: `subscription_change:${change.id}`,
  });
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
