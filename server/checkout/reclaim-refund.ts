import { eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { boughtCredits } from "./bought-credits.ts";
import { lockMoney, squareOrder } from "./square-order.ts";
import { stopTopUp } from "./stop-top-up.ts";

/**
 * Takes back the credits of a purchase that was paid back: as many as are paid back of each line bought with all refunds made
 * so far, less what the others took, so that it is the same whichever of them ended first; the unspent
 * part of that purchase and of nothing else; what was spent is left to staff. Where the refund failed after all (a bank may
 * return it days later), gives back what it took, but for what those come to that stand. Looks at what is true now, so that
 * it may come late, twice and in any order; a refund of no credits, or one that is under way, is left
 * alone. Top-ups stop until their owner has looked. Locks the order's payments, so that the end of none of its refunds is
 * missed, and then the customer's credits. Worker only.
 */
export async function reclaimRefund(ctx: Ctx, { refundId }: { refundId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [wanted] = await tx.select({ orderId: refunds.orderId }).from(refunds).where(eq(refunds.id, refundId));
    if (!wanted?.orderId) return;
    await lockMoney(tx, wanted.orderId);
    const [refund] = await tx.select({ status: refunds.status }).from(refunds).where(eq(refunds.id, refundId));
    if (refund?.status !== "succeeded" && refund?.status !== "failed") return;
    const bought = await boughtCredits(tx, wanted.orderId);
    if (refund.status === "failed") return squareOrder(tx, bought, {});
    // Or what was just paid back would be bought anew by itself.
    const { customerId } = bought.order;
    if (bought.lines.length > 0 && customerId !== null) await stopTopUp(tx, { customerId, reason: "refunded" });
    await squareOrder(tx, bought, { refundId });
  });
}
