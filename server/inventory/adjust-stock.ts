import { and, eq } from "drizzle-orm";
import { variants } from "../../drizzle/schema/catalog.ts";
import { stockLevels, stockLocations, stockMovements } from "../../drizzle/schema/inventory.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { inventoryErrors } from "./errors.ts";
import type { AdjustStockInput } from "./input.ts";
import { writeMovement } from "./movement.ts";

export type Adjusted = { readonly onHand: number; readonly reserved: number };

/**
 * Staff say that goods came or went (`by`), or how many they counted (`counted`), and why. Writes the movement and the
 * audit entry in one transaction; idempotent by the key, which answers again what holds now. A sale at the same moment is
 * seen: the transaction starts over. Throws `inventory.not_found`, `inventory.too_few` when fewer would lie there than
 * are set aside, `inventory.nothing_to_do`, `inventory.idempotency_key_reused`.
 */
export async function adjustStock(ctx: Ctx, input: AdjustStockInput): Promise<Adjusted> {
  try {
    // The level must not change between being read and being moved; web may read it, and locks nothing.
    return await ctx.db.transaction((tx) => adjust(tx, input), { isolation: "repeatable read" });
  } catch (error) {
    const why = databaseError(error);
    if (why?.constraint === "stock_levels_never_oversold") throw inventoryErrors.tooFew();
    throw error;
  }
}

async function adjust(tx: Tx, input: AdjustStockInput): Promise<Adjusted> {
  const { variantId, locationId, reason, note, key } = input;
  const idempotencyKey = `staff:${key}`;
  const [known] = await tx
    .select({ variantId: stockMovements.variantId, locationId: stockMovements.locationId })
    .from(stockMovements)
    .where(eq(stockMovements.idempotencyKey, idempotencyKey));
  if (known) {
    if (known.variantId !== variantId || known.locationId !== locationId) throw inventoryErrors.keyReused();
    return levelOf(tx, input);
  }
  await requireThere(tx, input);
  const before = await levelOf(tx, input);
  const delta = "counted" in input.change ? input.change.counted - before.onHand : input.change.by;
  if (delta === 0) throw inventoryErrors.nothingToDo();
  await writeMovement(tx, { variantId, locationId, delta, reason, note, key: idempotencyKey });
  const what = `${variantId} at ${locationId}: ${delta > 0 ? "+" : ""}${delta}`;
  await recordAct(tx, {
    action: "inventory.adjust",
    subject: variantId,
    reason: [what, reason, note].filter(Boolean).join("; "),
  });
  return levelOf(tx, input);
}

async function levelOf(tx: Tx, of: { variantId: string; locationId: string }): Promise<Adjusted> {
  const [level] = await tx
    .select({ onHand: stockLevels.onHand, reserved: stockLevels.reserved })
    .from(stockLevels)
    .where(and(eq(stockLevels.variantId, of.variantId), eq(stockLevels.locationId, of.locationId)));
  return level ?? { onHand: 0, reserved: 0 };
}

async function requireThere(tx: Tx, of: { variantId: string; locationId: string }): Promise<void> {
  const [variant] = await tx.select({ id: variants.id }).from(variants).where(eq(variants.id, of.variantId));
  const [location] = await tx
    .select({ id: stockLocations.id })
    .from(stockLocations)
    .where(eq(stockLocations.id, of.locationId));
  if (!variant || !location) throw inventoryErrors.notFound();
}
