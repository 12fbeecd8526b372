import { and, asc, eq, lte, min } from "drizzle-orm";
import { stockReservations } from "../../drizzle/schema/inventory.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { sweepReservationsJob } from "./jobs.ts";
import { releaseOf } from "./release-stock.ts";

const BATCH = 200;
/** A page that ended is closed by its own look a minute later; this is for when the provider cannot be asked. */
const GRACE_MS = 10 * 60_000;

/**
 * Frees what is still set aside ten minutes after its payment page ended, whether or not anybody could say so: goods are
 * not kept from buyers because a provider is down. Should the page have been paid, the order takes what is free then.
 * Bounded batches, business time, one transaction per purchase. Returns how many purchases.
 */
export async function sweepReservations(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - GRACE_MS);
  const due = await ctx.db.transaction((tx) =>
    tx
      .selectDistinct({ checkoutId: stockReservations.checkoutId, expiresAt: stockReservations.expiresAt })
      .from(stockReservations)
      .where(and(eq(stockReservations.status, "reserved"), lte(stockReservations.expiresAt, before)))
      .orderBy(asc(stockReservations.expiresAt))
      .limit(BATCH),
  );
  for (const { checkoutId } of due)
    await ctx.db.transaction((tx) => releaseOf(tx, checkoutId, "the payment page should have ended"));
  return due.length;
}

export const sweep: Sweep = {
  name: "inventory",
  job: sweepReservationsJob,
  async nextDue(tx) {
    const [row] = await tx
      .select({ at: min(stockReservations.expiresAt) })
      .from(stockReservations)
      .where(eq(stockReservations.status, "reserved"));
    return row?.at ? new Date(row.at.getTime() + GRACE_MS) : null;
  },
};
