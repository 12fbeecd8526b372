import { and, asc, eq, gt, isNull, lte, min } from "drizzle-orm";
import { creditGrants, creditReservations } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import type { SpendCtx } from "./consume-credits.ts";
import { lockAccount } from "./credit-account.ts";
import { lapseReservation } from "./end-reservation.ts";
import { takeFromGrant } from "./take-from-grant.ts";

const BATCH = 200;

/**
 * Runs out what has come to its end: what is left of it is breakage from then on. Credits that a reservation holds stay until
 * it ends, and run out then; what was asked back of them is left to whoever collects it, or its customer would be asked for
 * credits that nobody used. Business time; bounded; one transaction per grant, with its customer's account locked, so that
 * a consumption at the same moment takes them or finds them gone. Emits `credits.expired`. Idempotent. Returns how many.
 */
export async function expireGrants(ctx: SpendCtx): Promise<number> {
  const due = await ctx.db.transaction((tx) =>
    tx
      .select({ id: creditGrants.id, customerId: creditGrants.customerId })
      .from(creditGrants)
      .where(
        and(
          creditGrants.open,
          lte(creditGrants.expiresAt, ctx.now()),
          gt(creditGrants.remaining, creditGrants.owedBack),
        ),
      )
      .orderBy(asc(creditGrants.expiresAt))
      .limit(BATCH),
  );
  for (const grant of due) await ctx.db.transaction((tx) => expireGrant(tx, grant));
  return due.length;
}

async function expireGrant(tx: Tx, { id, customerId }: { id: string; customerId: string }): Promise<void> {
  await lockAccount(tx, customerId);
  const [grant] = await tx
    .select()
    .from(creditGrants)
    .where(and(eq(creditGrants.id, id), lte(creditGrants.expiresAt, tx.scope.now)));
  if (!grant || grant.remaining <= grant.owedBack) return;
  const credits = grant.remaining - grant.owedBack;
  await takeFromGrant(tx, grant, { kind: "expire", credits, reason: "expired", reference: id });
  await emit(tx, { name: "credits.expired", id });
}

/** Lets go of reservations whose time is over. Business time, bounded. Idempotent. Returns how many. */
export async function lapseReservations(ctx: SpendCtx): Promise<number> {
  const due = await ctx.db.transaction((tx) =>
    tx
      .select({ reservationId: creditReservations.id, customerId: creditReservations.customerId })
      .from(creditReservations)
      .where(and(isNull(creditReservations.ending), lte(creditReservations.expiresAt, ctx.now())))
      .orderBy(asc(creditReservations.expiresAt))
      .limit(BATCH),
  );
  for (const reservation of due) await lapseReservation(ctx, reservation);
  return due.length;
}

/** When the next reservation or grant comes to its end. */
export async function nextEnd(tx: Tx): Promise<Date | null> {
  const [grant] = await tx
    .select({ at: min(creditGrants.expiresAt) })
    .from(creditGrants)
    .where(and(creditGrants.open, gt(creditGrants.remaining, 0)));
  const [reservation] = await tx
    .select({ at: min(creditReservations.expiresAt) })
    .from(creditReservations)
    .where(isNull(creditReservations.ending));
  const ends = [grant?.at, reservation?.at].filter((at) => at instanceof Date);
  return ends.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
