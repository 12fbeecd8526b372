import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { variants } from "../../drizzle/schema/catalog.ts";
import { stockLevels, stockLocations, stockMovements } from "../../drizzle/schema/inventory.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { withWho } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import type { movementListInput } from "./input.ts";
import type { StockLeft } from "./stock-left.ts";

/** How many of each counted variant can be bought, six meaning six or more: all that anybody outside the staff may know. */
export async function readStockLeft(tx: Tx): Promise<StockLeft> {
  const rows = await tx.execute<{ variant_id: string; left_over: number }>(
    sql`select variant_id, left_over from app.stock_left()`,
  );
  return new Map(rows.map((row) => [row.variant_id, row.left_over]));
}

/** Where goods can lie, in the order they are sold from. */
export async function listLocations(tx: Tx) {
  return tx.select().from(stockLocations).orderBy(asc(stockLocations.position), asc(stockLocations.id));
}

/** For staff: what lies where of each variant of a product. A variant and location without a row has nothing yet. */
export async function stockOfProduct(tx: Tx, productId: string) {
  const ids = tx.select({ id: variants.id }).from(variants).where(eq(variants.productId, productId));
  const levels = await tx
    .select()
    .from(stockLevels)
    .where(inArray(stockLevels.variantId, ids))
    .orderBy(asc(stockLevels.variantId), asc(stockLevels.locationId));
  return { locations: await listLocations(tx), levels };
}

/** For staff: what moved, the newest first unless asked otherwise. */
export async function listMovements(tx: Tx, input: Asked<typeof movementListInput>) {
  const by = { by: stockMovements.at, id: stockMovements.id, type: "timestamptz" } as const;
  const place = keyset(input, { ...by, direction: input.direction ?? "desc" });
  const wanted = and(
    input.variantId ? eq(stockMovements.variantId, input.variantId) : undefined,
    input.productId ? eq(variants.productId, input.productId) : undefined,
    input.sku ? eq(variants.sku, input.sku.toUpperCase()) : undefined,
    input.reason && eq(stockMovements.reason, input.reason),
  );
  const rows = await tx
    .select({
      id: stockMovements.id,
      variantId: stockMovements.variantId,
      sku: variants.sku,
      options: variants.options,
      location: stockLocations.name,
      delta: stockMovements.delta,
      reason: stockMovements.reason,
      note: stockMovements.note,
      actor: stockMovements.actor,
      orderId: stockMovements.orderId,
      orderNumber: orders.number,
      at: stockMovements.at,
      cursorAt: place.cursorAt,
    })
    .from(stockMovements)
    .innerJoin(variants, eq(variants.id, stockMovements.variantId))
    .innerJoin(stockLocations, eq(stockLocations.id, stockMovements.locationId))
    .leftJoin(orders, eq(orders.id, stockMovements.orderId))
    .where(and(wanted, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const moved = sql`from ${stockMovements} join ${variants} on ${variants.id} = ${stockMovements.variantId}`;
  const total = input.counted ? await countUpTo(tx, sql`${moved} where ${wanted ?? sql`true`}`) : null;
  const page = place.page(rows);
  return { ...page, items: await withWho(tx, page.items, ({ actor }) => actor), total };
}
