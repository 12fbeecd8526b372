import { eq } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { tellOfReturned } from "../payments/index.ts";
import { squareOrder } from "./square-order.ts";

/**
 * A cardholder disputes the payment of credits, or its dispute or one of its refunds has ended otherwise than we had taken it
 * for: what is unspent of a disputed purchase cannot be spent any more, what was spent is
 * put before staff, and no saved card is charged by itself until its owner has looked. Lost, that stays so; won, all of it
 * comes back, but for what refunds come to that stand (`squareOrder`). Whatever it paid for, a refund that had failed before it was
 * seen to be disputed is laid before staff (`tellOfReturned`). Looks at what is true now, so that it may come late,
 * twice and in any order. Locks the order's payments, then the customer's credits. Worker only.
 */
export async function followDispute(ctx: Ctx, { paymentId }: { paymentId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await tellOfReturned(tx, paymentId);
    const [wanted] = await tx.select({ orderId: payments.orderId }).from(payments).where(eq(payments.id, paymentId));
    if (wanted?.orderId) await squareOrder(tx, wanted.orderId);
  });
}
