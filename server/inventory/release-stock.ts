import { and, asc, eq } from "drizzle-orm";
import { stockReservations } from "../../drizzle/schema/inventory.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { lockLevels } from "./levels.ts";
import { stockReservationMachine } from "./stock-reservation-status.ts";

/** The payment page of a purchase is over: what was set aside for it can be bought by others. Idempotent. Service role. */
export async function releaseStock(ctx: Ctx, { checkoutId }: { checkoutId: string }): Promise<void> {
  await ctx.db.transaction((tx) => releaseOf(tx, checkoutId, "the payment page is over"));
}

/** Locks the levels first, like everybody who changes stock, and looks at the reservations then. */
export async function releaseOf(tx: Tx, checkoutId: string, cause: string): Promise<void> {
  const standing = () =>
    tx
      .select({ id: stockReservations.id, variantId: stockReservations.variantId })
      .from(stockReservations)
      .where(and(eq(stockReservations.checkoutId, checkoutId), eq(stockReservations.status, "reserved")))
      .orderBy(asc(stockReservations.variantId), asc(stockReservations.locationId));
  await lockLevels(
    tx,
    (await standing()).map(({ variantId }) => variantId),
  );
  for (const { id } of await standing())
    await transition(tx, stockReservationMachine, { id, event: "released", cause });
}
