import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";

/** More was wanted of a variant than can be bought. `left` is told when it is five or fewer. */
export type Shortage = { readonly variantId: string; readonly left: number | null };

/**
 * Sets the counted goods of a purchase aside, all or nothing, for as long as its payment page can be paid on. In the
 * transaction that writes the purchase: `app.reserve_stock` reads lines and end from its row, which the caller must hold
 * the token of, locks the levels in one order and reserves, so that however many ask at once no more are promised than
 * there are. What other pages of the same cart had set aside is freed first. Answers what there is too little of; the caller
 * then rolls back. Idempotent.
 */
export async function reserveStock(tx: Tx, checkoutId: string): Promise<Shortage[]> {
  const rows = await tx.execute<{ short_variant_id: string; available: string }>(
    sql`select short_variant_id, available from app.reserve_stock(${checkoutId})`,
  );
  return rows.map((row) => {
    const available = Number(row.available);
    return { variantId: row.short_variant_id, left: available > 5 ? null : available };
  });
}
