import { and, eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { reclaimPurchase, undoReclaim } from "../credits/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { boughtCredits } from "./bought-credits.ts";
import { creditsPaidBack } from "./refunded-credits.ts";
import { stopTopUp } from "./stop-top-up.ts";

/**
 * Takes back the credits of a purchase that was paid back: as many as are paid back of each line bought with all refunds made
 * so far, less what the others took, so that it is the same whichever of them ended first; the unspent
 * part of that purchase and of nothing else; what was spent is left to staff. Gives them back where the refund failed after
 * all (a bank may return it days later). Once per refund and line; a refund of no credits, or one that is under way, is left
 * alone. Top-ups stop until their owner has looked. Locks the refund, so that its end is not missed, and then the customer's credits. Worker only.
 */
export async function reclaimRefund(ctx: Ctx, { refundId }: { refundId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
    if (!refund || refund.orderId === null) return;
    const keyOf = (line: { readonly id: string }, id = refundId) => `refund:${id}:${line.id}`;
    const { order, lines } = await boughtCredits(tx, refund.orderId);
    if (refund.status === "failed") {
      for (const line of lines) await undoReclaim(tx, { key: keyOf(line) });
      return;
    }
    if (refund.status !== "succeeded") return;
    // What another took that has failed since is no share of anything, whether or not its own job has come to it.
    for (const { id } of await refundsThat(tx, refund.orderId, "failed"))
      for (const line of lines) await undoReclaim(tx, { key: keyOf(line, id) });
    const made = await refundsThat(tx, refund.orderId, "succeeded");
    // Or what was just paid back would be bought anew by itself.
    if (lines.length > 0 && order.customerId !== null)
      await stopTopUp(tx, { customerId: order.customerId, reason: "refunded" });
    for (const line of lines) {
      const inAll = creditsPaidBack(made, line, order.totalAmount);
      if (inAll > 0) await reclaimPurchase(tx, { sourceId: line.id, key: keyOf(line), inAll });
    }
  });
}

function refundsThat(tx: Tx, orderId: string, status: "succeeded" | "failed") {
  return tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), eq(refunds.status, status)));
}
