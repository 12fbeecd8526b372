import { and, asc, eq, sql } from "drizzle-orm";
import { stockMovements } from "../../drizzle/schema/inventory.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { lockLevels } from "./levels.ts";
import { writeMovement } from "./movement.ts";

/**
 * Goods of an order come back to where they were taken from: those named, or all that have not come back yet. `key` names
 * the occasion (a refund's id): once per occasion, and never more than were taken, whatever the occasions. Returns how
 * many came back. Locks the levels; service role.
 */
export async function restockOrder(
  tx: Tx,
  restock: {
    readonly orderId: string;
    readonly key: string;
    readonly items?: readonly { readonly variantId: string; readonly quantity: number }[];
  },
): Promise<number> {
  const { orderId, key, items } = restock;
  const variantIds = (await takenBy(tx, orderId)).map(({ variantId }) => variantId);
  await lockLevels(tx, variantIds);
  if (await isDone(tx, orderId, key)) return 0;
  let count = 0;
  const wanted = new Map(items?.map(({ variantId, quantity }) => [variantId, quantity]));
  for (const { variantId, locationId, taken } of await takenBy(tx, orderId)) {
    const back = items ? Math.min(taken, wanted.get(variantId) ?? 0) : taken;
    if (back <= 0) continue;
    wanted.set(variantId, (wanted.get(variantId) ?? 0) - back);
    count += back;
    const once = `restocked:${orderId}:${key}:${variantId}:${locationId}`;
    await writeMovement(tx, { variantId, locationId, delta: back, reason: "restocked", orderId, key: once });
  }
  return count;
}

/**
 * An order was cancelled: when its money never came its goods lie on the shelves again. Goods of a paid order come back
 * when whoever refunds it says so ({@link restockOrder}): they may be on their way. Idempotent.
 */
export async function restockCancelled(ctx: Ctx, { orderId }: { orderId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [order] = await tx
      .select({ status: orders.status, paidAt: orders.paidAt })
      .from(orders)
      .where(eq(orders.id, orderId));
    if (order?.status !== "cancelled" || order.paidAt !== null) return;
    await restockOrder(tx, { orderId, key: "cancelled" });
    await resolveAlert(tx, { kind: "inventory.oversold", subject: orderId });
  });
}

/** What an order still holds, by variant and location. */
async function takenBy(tx: Tx, orderId: string) {
  const taken = sql<number>`-sum(${stockMovements.delta})::int`;
  const rows = await tx
    .select({ variantId: stockMovements.variantId, locationId: stockMovements.locationId, taken })
    .from(stockMovements)
    .where(eq(stockMovements.orderId, orderId))
    .groupBy(stockMovements.variantId, stockMovements.locationId)
    .orderBy(asc(stockMovements.variantId), asc(stockMovements.locationId));
  return rows.filter((row) => row.taken > 0);
}

async function isDone(tx: Tx, orderId: string, key: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: stockMovements.id })
    .from(stockMovements)
    .where(
      and(
        eq(stockMovements.orderId, orderId),
        sql`starts_with(${stockMovements.idempotencyKey}, ${`restocked:${orderId}:${key}:`})`,
      ),
    )
    .limit(1);
  return row !== undefined;
}
