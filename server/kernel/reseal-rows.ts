import type { Ctx } from "./ctx.ts";
import type { Tx } from "./db.ts";
import { SealedByNone } from "./secret-box.ts";

/** How many rows were sealed anew, and the ids of those that no secret of the shop opens. */
export type Resealed = { readonly sealed: number; readonly lost: readonly string[] };

export const RESEAL_BATCH = 200;

/**
 * Seals anew what `find` names, batch by batch, each in a transaction of its own. `find` gives at most
 * {@link RESEAL_BATCH} rows whose id comes after the one given, by id. A row that does not open stays as it is and keeps
 * no other from it.
 */
export async function resealRows<Row extends { readonly id: string }>(
  ctx: Ctx,
  find: (tx: Tx, after: string) => Promise<Row[]>,
  reseal: (tx: Tx, row: Row) => Promise<unknown>,
): Promise<Resealed> {
  const lost: string[] = [];
  let sealed = 0;
  let after = "";
  for (;;) {
    const rows = await ctx.db.transaction(async (tx) => {
      const found = await find(tx, after);
      for (const row of found) {
        try {
          await reseal(tx, row);
          sealed++;
        } catch (error) {
          if (!(error instanceof SealedByNone)) throw error;
          lost.push(row.id);
        }
      }
      return found;
    });
    after = rows.at(-1)?.id ?? after;
    if (rows.length < RESEAL_BATCH) return { sealed, lost };
  }
}
