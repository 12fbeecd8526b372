import { and, asc, eq, inArray } from "drizzle-orm";
import { variants } from "../../drizzle/schema/catalog.ts";
import { stockLevels, stockLocations } from "../../drizzle/schema/inventory.ts";
import type { Tx } from "../kernel/db.ts";

export type Level = typeof stockLevels.$inferSelect;

/**
 * Locks what lies of these variants until the transaction ends, in the one order that everybody locks in (by variant, then
 * location), and answers what can be sold from where. Whoever changes stock locks first and changes then. Service role.
 */
export async function lockLevels(tx: Tx, variantIds: readonly string[]): Promise<Level[]> {
  if (variantIds.length === 0) return [];
  return tx
    .select()
    .from(stockLevels)
    .where(inArray(stockLevels.variantId, [...variantIds]))
    .orderBy(asc(stockLevels.variantId), asc(stockLevels.locationId))
    .for("update");
}

/** Which of these variants are counted. */
export async function countedVariants(tx: Tx, variantIds: readonly string[]): Promise<Set<string>> {
  if (variantIds.length === 0) return new Set();
  const rows = await tx
    .select({ id: variants.id })
    .from(variants)
    .where(and(inArray(variants.id, [...variantIds]), variants.trackStock));
  return new Set(rows.map(({ id }) => id));
}

/** Where goods are sold from, the first one first. */
export async function sellingLocations(tx: Tx): Promise<string[]> {
  const rows = await tx
    .select({ id: stockLocations.id })
    .from(stockLocations)
    .where(eq(stockLocations.active, true))
    .orderBy(asc(stockLocations.position), asc(stockLocations.id));
  return rows.map(({ id }) => id);
}
