import { eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { squareOrder } from "./square-order.ts";

/**
 * Takes back the credits of a purchase that was paid back: as many as are paid back of each line bought with all refunds made
 * so far, less what the others took, so that it is the same whichever of them ended first; the unspent
 * part of that purchase and of nothing else; what was spent is left to staff. Where the refund failed after all (a bank may
 * return it days later), gives back what it took, but for what those come to that stand, and as soon as no dispute is in the
 * way (`squareOrder`). Looks at what is true now, so that it may come late, twice and in any order; a refund of no credits,
 * or one that is under way, is left alone. Locks the order's payments, and then the customer's credits. Worker only.
 */
export async function reclaimRefund(ctx: Ctx, { refundId }: { refundId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [refund] = await tx
      .select({ orderId: refunds.orderId, status: refunds.status })
      .from(refunds)
      .where(eq(refunds.id, refundId));
    const ended = refund?.status === "succeeded" || refund?.status === "failed";
    if (refund?.orderId && ended) await squareOrder(tx, refund.orderId, refundId);
  });
}
