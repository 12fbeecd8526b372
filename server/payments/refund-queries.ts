import { and, desc, eq, inArray, ne } from "drizzle-orm";
import { orderLines } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { paymentErrors } from "./errors.ts";
import { planRefund } from "./refund-plan.ts";
import { refundRoom } from "./refund-room.ts";

type Wish = { readonly orderId: string; readonly lines: readonly { orderLineId: string; quantity: number }[] };

/**
 * What a refund of an order would do, before anybody presses: the sum, the most that is left, the card it goes to, and what
 * it leaves as it is. The newest settled payment of the order is the one paid back. Throws `payments.not_found` when the
 * order has none.
 */
export async function previewRefund(tx: Tx, wish: Wish) {
  const [payment] = await tx
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.orderId, wish.orderId),
        inArray(payments.status, ["paid", "partially_refunded", "refunded", "disputed"]),
      ),
    )
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(1);
  if (!payment) throw paymentErrors.notFound();
  const made = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), ne(refunds.status, "failed")));
  const parts = made.flatMap((refund) => refund.lines);
  const lines = (await tx.select().from(orderLines).where(eq(orderLines.orderId, wish.orderId))).map((line) => {
    const own = parts.filter((part) => part.orderLineId === line.id);
    return {
      ...line,
      refundedQuantity: own.reduce((total, part) => total + part.quantity, 0),
      refundedAmount: own.reduce((total, part) => total + part.amount, 0),
    };
  });
  // What is asked for and not yet sent is counted too: a person should not ask for it twice.
  const committed = made.reduce((total, refund) => total + refund.amount, 0);
  const left = refundRoom({ paid: payment.amount, refundedAtProvider: payment.refundedAmount, committed });
  const [membership] = await tx
    .select({ id: subscriptions.id, status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.orderId, wish.orderId));
  return {
    ...planRefund(wish.lines, lines, payment.status === "disputed" ? 0 : left),
    paymentId: payment.id,
    currency: payment.currency,
    paidAmount: payment.amount,
    refundedAmount: Math.max(committed, payment.refundedAmount),
    card: payment.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null,
    disputed: payment.status === "disputed",
    /** A refund does not end it. */
    membership: membership && membership.status !== "canceled" ? membership : null,
    refundable: lines.map(({ id, quantity, refundedQuantity, refundedAmount, totalAmount }) => ({
      id,
      left: refundedAmount >= totalAmount ? 0 : quantity - refundedQuantity,
    })),
  };
}

/** The refunds of an order, newest first, as staff see them. */
export function refundsOfOrder(tx: Tx, orderId: string) {
  return tx
    .select({
      id: refunds.id,
      status: refunds.status,
      amount: refunds.amount,
      currency: refunds.currency,
      reason: refunds.reason,
      requestedBy: refunds.requestedBy,
      externalId: refunds.externalId,
      failureCode: refunds.failureCode,
      createdAt: refunds.createdAt,
      completedAt: refunds.completedAt,
    })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(desc(refunds.createdAt), desc(refunds.id));
}
