import { asc, eq, inArray, or } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { squareRefunds } from "../credits/index.ts";
import type { Tx } from "../kernel/db.ts";
import type { boughtCredits } from "./bought-credits.ts";
import { creditsPaidBack } from "./refunded-credits.ts";

type Bought = Awaited<ReturnType<typeof boughtCredits>>;
type Line = { readonly id: string };

/** The payments of an order, held so that none of its refunds ends and no other looks at them meanwhile. */
export async function lockMoney(tx: Tx, orderId: string) {
  const paidBack = tx.select({ id: refunds.paymentId }).from(refunds).where(eq(refunds.orderId, orderId));
  return tx
    .select()
    .from(payments)
    .where(or(eq(payments.orderId, orderId), inArray(payments.id, paidBack)))
    .orderBy(asc(payments.id))
    .for("update");
}

/**
 * Makes what refunds have taken of an order's credits what those come to that stand by now: see `squareRefunds`. `refundId`
 * is the refund that was just made, which takes its share under a key of its own; `won` are keys of disputes that ended well.
 * The caller holds the order's payments.
 */
export async function squareOrder(
  tx: Tx,
  { order, lines }: Bought,
  { refundId, won }: { refundId?: string | undefined; won?: ((line: Line) => readonly string[]) | undefined },
): Promise<void> {
  if (lines.length === 0) return;
  const all = await tx.select().from(refunds).where(eq(refunds.orderId, order.id));
  const made = all.filter(({ status }) => status === "succeeded");
  const failed = all.filter(({ status }) => status === "failed");
  const keyOf = (id: string, line: Line) => `refund:${id}:${line.id}`;
  const purchases = lines.map((line) => ({
    sourceId: line.id,
    inAll: creditsPaidBack(made, line, order.totalAmount),
    key: refundId === undefined ? null : keyOf(refundId, line),
    // What another took that has failed since is no share of anything, whether or not its own job has come to it.
    undone: [...failed.map(({ id }) => keyOf(id, line)), ...(won?.(line) ?? [])],
  }));
  await squareRefunds(tx, purchases);
}
