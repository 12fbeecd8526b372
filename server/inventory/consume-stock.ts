import { and, asc, eq } from "drizzle-orm";
import { stockMovements, stockReservations, stockShortages } from "../../drizzle/schema/inventory.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { allocate } from "./allocation.ts";
import { countedVariants, type Level, lockLevels, sellingLocations } from "./levels.ts";
import { writeMovement } from "./movement.ts";
import { stockReservationMachine } from "./stock-reservation-status.ts";

export type Sold = {
  readonly checkoutId: string;
  readonly orderId: string;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
};

/**
 * The goods of a paid purchase leave the shelves: what was set aside for it, and what was not (it was paid after its page
 * had ended) from what is free. What is not there is no reason to lose an order: it is written down as a shortage, and
 * staff get an alert. Idempotent by the order; the caller holds the checkout locked. Service role; locks the levels.
 */
export async function consumeStock(tx: Tx, sold: Sold): Promise<void> {
  if (await isConsumed(tx, sold.orderId)) return;
  const wanted = await countedLines(tx, sold.lines);
  if (wanted.size === 0) return;
  const variantIds = [...wanted.keys()];
  const levels = await lockLevels(tx, variantIds);
  const taken = await takeReserved(tx, sold);
  const locations = await sellingLocations(tx);
  for (const [variantId, quantity] of wanted) {
    const shares = taken.get(variantId) ?? new Map<string, number>();
    const missing = quantity - [...shares.values()].reduce((sum, share) => sum + share, 0);
    const rest = allocate(free(levels, variantId, locations), missing);
    for (const share of rest.shares) shares.set(share.locationId, (shares.get(share.locationId) ?? 0) + share.quantity);
    for (const [locationId, share] of shares) {
      const key = `sold:${sold.orderId}:${variantId}:${locationId}`;
      await writeMovement(tx, { variantId, locationId, delta: -share, reason: "sold", orderId: sold.orderId, key });
    }
    if (rest.missing > 0) await writeShortage(tx, sold.orderId, variantId, rest.missing);
  }
}

async function isConsumed(tx: Tx, orderId: string): Promise<boolean> {
  const [moved] = await tx
    .select({ id: stockMovements.id })
    .from(stockMovements)
    .where(eq(stockMovements.orderId, orderId))
    .limit(1);
  if (moved) return true;
  const [short] = await tx
    .select({ orderId: stockShortages.orderId })
    .from(stockShortages)
    .where(eq(stockShortages.orderId, orderId))
    .limit(1);
  return short !== undefined;
}

/** How many of each counted variant, by variant in the order of their ids. */
async function countedLines(tx: Tx, lines: Sold["lines"]): Promise<Map<string, number>> {
  const counted = await countedVariants(
    tx,
    lines.map(({ variantId }) => variantId),
  );
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of lines.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1))) {
    if (counted.has(variantId)) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  }
  return wanted;
}

/** What was set aside for this purchase, by variant and location; from now on it is handed over. */
async function takeReserved(tx: Tx, sold: Sold): Promise<Map<string, Map<string, number>>> {
  const standing = await tx
    .select()
    .from(stockReservations)
    .where(and(eq(stockReservations.checkoutId, sold.checkoutId), eq(stockReservations.status, "reserved")))
    .orderBy(asc(stockReservations.variantId), asc(stockReservations.locationId));
  const taken = new Map<string, Map<string, number>>();
  for (const { id, variantId, locationId, quantity } of standing) {
    await transition(tx, stockReservationMachine, { id, event: "consumed", cause: `order ${sold.orderId}` });
    taken.set(variantId, (taken.get(variantId) ?? new Map()).set(locationId, quantity));
  }
  return taken;
}

/** The levels as they were locked, before this purchase's own reservations were taken: those are no part of what is free. */
function free(levels: readonly Level[], variantId: string, locations: readonly string[]) {
  return locations.flatMap((locationId) => {
    const level = levels.find((one) => one.variantId === variantId && one.locationId === locationId);
    return level ? [{ locationId, free: level.onHand - level.reserved }] : [];
  });
}

async function writeShortage(tx: Tx, orderId: string, variantId: string, quantity: number): Promise<void> {
  await tx.insert(stockShortages).values({ orderId, variantId, quantity, createdAt: tx.scope.now });
  await raiseAlert(tx, {
    kind: "inventory.oversold",
    subject: orderId,
    detail: `Paid after the goods had gone to others: ${quantity} of ${variantId} are missing. Get more, or refund them.`,
  });
}
