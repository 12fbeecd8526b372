import { and, asc, eq } from "drizzle-orm";
import { checkouts, type FrozenCredits } from "../../drizzle/schema/checkout.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { reclaimPurchase } from "../credits/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { creditsOfRefund } from "./refunded-credits.ts";

/**
 * Takes back the credits of a purchase that was paid back: as many as the refund's share of each line bought, the unspent
 * part of that purchase and of nothing else. What was spent is left to staff. Once per refund and line; a refund of no
 * credits, or one that has not succeeded, is left alone. Locks the customer's credits. Worker only.
 */
export async function reclaimRefund(ctx: Ctx, { refundId }: { refundId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId));
    if (refund?.status !== "succeeded" || refund.orderId === null) return;
    const { order, lines, made } = await bought(tx, refund.orderId);
    for (const line of lines) {
      const credits = creditsOfRefund(refund, line, { made, orderTotal: order.totalAmount });
      if (credits === 0) continue;
      await reclaimPurchase(tx, { sourceId: line.id, key: `refund:${refundId}:${line.id}`, credits });
    }
  });
}

/** The lines of an order that are credits, and every refund of it that was made, in the order in which they were asked for. */
async function bought(tx: Tx, orderId: string) {
  const [found] = await tx
    .select({ order: orders, frozen: checkouts.lines })
    .from(orders)
    .innerJoin(checkouts, eq(checkouts.id, orders.checkoutId))
    .where(eq(orders.id, orderId));
  if (!found) throw new TypeError(`order ${orderId} is gone`);
  const ordered = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  const lines = ordered.flatMap((line) => {
    const credits: FrozenCredits | undefined = found.frozen[line.position]?.credits;
    const { id, quantity, totalAmount } = line;
    return credits ? [{ id, quantity, totalAmount, credits: credits.perUnit * quantity }] : [];
  });
  const made = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), eq(refunds.status, "succeeded")))
    .orderBy(asc(refunds.createdAt), asc(refunds.id));
  return { order: found.order, lines, made };
}
