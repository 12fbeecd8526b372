import { eq } from "drizzle-orm";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { completeOrder } from "../orders/index.ts";

/** Completes the order whose goods have left: nothing is left to do for it. Idempotent. */
export async function finishOrder(ctx: Ctx, { fulfilmentId }: { fulfilmentId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [goods] = await tx.select().from(fulfilments).where(eq(fulfilments.id, fulfilmentId));
    if (goods?.status === "shipped") await completeOrder(tx, goods.orderId, "its goods have left");
  });
}
