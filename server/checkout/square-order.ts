import { and, asc, eq, inArray, or } from "drizzle-orm";
import { payments, paymentTransitions } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { isAskedBack, reclaimPurchase, squareRefunds } from "../credits/index.ts";
import { resolveAlert } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import { boughtCredits } from "./bought-credits.ts";
import { creditsPaidBack } from "./refunded-credits.ts";
import { stopTopUp } from "./stop-top-up.ts";

type Payment = typeof payments.$inferSelect;
type Line = { readonly id: string };

/** A refund failed, and its payment is said to be paid back whole although it cannot be. */
export const REFUND_BEHIND_ALERT = "checkout.refund_behind";

/** Then the money is ours, as far as it was not paid back by us. */
export const OURS: readonly string[] = ["paid", "partially_refunded"];

/**
 * Makes what was taken of the credits of an order what its refunds and disputes come to by now. Each refund takes its share (see
 * `squareRefunds`), and a dispute what is left. While a payment is disputed, and for ever once that is lost, nothing
 * of it comes back, whatever fails; nor while the payment is said to be paid back whole, for a dispute is not seen then. As
 * soon as the money is ours, what failed and what was won comes back together. Top-ups stop until their owner has looked.
 *
 * `refundId` is a refund that may just have been made: that takes its share under a key of its own. Looks at what is true
 * now, so that it may come late, twice and in any order. Locks the order's payments, so that the end of none of its refunds
 * and disputes is missed, and then the customer's credits. Service role. Returns whether the order bought any.
 */
export async function squareOrder(tx: Tx, orderId: string, refundId?: string): Promise<boolean> {
  const locked = await lockMoney(tx, orderId);
  const { order, lines } = await boughtCredits(tx, orderId);
  if (lines.length === 0) return false;
  const paidWith = locked.filter((payment) => payment.orderId === orderId);
  const disputes = await disputesOf(tx, paidWith);
  await takeDisputed(tx, lines, disputes);
  if (paidWith.every(({ status }) => status !== "refunded"))
    await resolveAlert(tx, { kind: REFUND_BEHIND_ALERT, subject: orderId });
  const all = await tx.select().from(refunds).where(eq(refunds.orderId, orderId));
  const made = all.filter(({ status }) => status === "succeeded");
  const failed = all.filter(({ status }) => status === "failed");
  const own = made.find(({ id }) => id === refundId);
  // Or what was just paid back would be bought anew by itself.
  if (own && order.customerId !== null) await stopTopUp(tx, { customerId: order.customerId, reason: "refunded" });
  const purchases = lines.map((line) => ({
    sourceId: line.id,
    inAll: creditsPaidBack(made, line, order.totalAmount),
    key: own ? refundKey(own.id, line) : null,
    // What another took that has failed since is no share of anything, whether or not its own job has come to it.
    undone: [...failed.map(({ id }) => refundKey(id, line)), ...disputes.map(({ id }) => disputeKey(id, line))],
    held: paidWith.some(({ status }) => !OURS.includes(status)),
  }));
  await squareRefunds(tx, purchases);
  return true;
}

const refundKey = (id: string, line: Line) => `refund:${id}:${line.id}`;
const disputeKey = (id: number, line: Line) => `dispute:${id}:${line.id}`;

/** The payments of an order, held so that none of its refunds ends and no other looks at them meanwhile. */
function lockMoney(tx: Tx, orderId: string): Promise<Payment[]> {
  const paidBack = tx.select({ id: refunds.paymentId }).from(refunds).where(eq(refunds.orderId, orderId));
  return tx
    .select()
    .from(payments)
    .where(or(eq(payments.orderId, orderId), inArray(payments.id, paidBack)))
    .orderBy(asc(payments.id))
    .for("update");
}

type Dispute = { readonly id: number; readonly payment: Payment | undefined };

/** Each time that one of them was disputed, the first first: won and disputed anew, it is another. */
async function disputesOf(tx: Tx, paidWith: readonly Payment[]): Promise<Dispute[]> {
  const { id, subjectId, event, at } = paymentTransitions;
  const ids = paidWith.map((payment) => payment.id);
  const rows = await tx
    .select({ id, subjectId })
    .from(paymentTransitions)
    .where(and(inArray(subjectId, ids), eq(event, "disputed")))
    .orderBy(asc(at), asc(id));
  return rows.map((row) => ({ id: row.id, payment: paidWith.find((payment) => payment.id === row.subjectId) }));
}

/** All that is left of what a payment bought that is disputed now; what was spent of it is put before staff. */
async function takeDisputed(tx: Tx, lines: readonly Line[], disputes: readonly Dispute[]): Promise<void> {
  for (const { id, payment } of disputes) {
    const latest = disputes.findLast((other) => other.payment === payment);
    if (payment?.status !== "disputed" || latest?.id !== id) continue;
    const keys = lines.map((line) => disputeKey(id, line));
    // Before anything is taken: what is missing then must not be bought anew with the card of whoever disputes it. Once for a dispute:
    // whoever has looked since and goes on is not stopped by an old refund of it that fails.
    if (!(await isAskedBack(tx, keys))) await stopTopUp(tx, { customerId: payment.customerId, reason: "disputed" });
    for (const line of lines)
      await reclaimPurchase(tx, { sourceId: line.id, key: disputeKey(id, line), cause: "dispute" });
  }
}
