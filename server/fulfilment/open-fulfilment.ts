import { and, eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import { completeOrder, orderErrors } from "../orders/index.ts";
import { fulfilmentMachine } from "./fulfilment-status.ts";

/**
 * Takes a paid order on: one with goods waits, visibly, as paid and not yet begun; one without is complete. Idempotent:
 * one fulfilment per order. An order that is not paid is left alone. Throws `orders.not_found`.
 */
export async function openFulfilment(ctx: Ctx, { orderId }: { orderId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [order] = await tx
      .select({ status: orders.status, customerId: orders.customerId })
      .from(orders)
      .where(eq(orders.id, orderId))
      .for("update");
    if (!order) throw orderErrors.notFound();
    if (order.status !== "confirmed") return;
    const goods = await tx
      .select({ id: orderLines.id })
      .from(orderLines)
      .innerJoin(products, eq(products.id, orderLines.productId))
      .where(and(eq(orderLines.orderId, orderId), eq(products.kind, "merchandise")));
    if (goods.length === 0) return completeOrder(tx, orderId, "nothing to send");
    const id = newId("ful");
    const made = await tx
      .insert(fulfilments)
      .values({ id, orderId, customerId: order.customerId, status: fulfilmentMachine.initial, createdAt: tx.scope.now })
      .onConflictDoNothing()
      .returning({ id: fulfilments.id });
    if (made.length > 0) await begin(tx, fulfilmentMachine, { id, cause: `order ${orderId} was paid` });
  });
}
