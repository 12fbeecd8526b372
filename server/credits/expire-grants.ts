import { and, asc, eq, gt, isNull, lte, min } from "drizzle-orm";
import { creditGrants, creditReservations } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import type { SpendCtx } from "./consume-credits.ts";
import { lockAccount } from "./credit-account.ts";
import { among, decideEach } from "./due-alone.ts";
import { lapseReservation } from "./end-reservation.ts";
import { takeFromGrant } from "./take-from-grant.ts";

const BATCH = 200;

/**
 * Runs out what has come to its end: what is left of it is breakage from then on. Credits that a reservation holds stay until
 * it ends, and run out then; what was asked back of them is left to whoever collects it, or its customer would be asked for
 * credits that nobody used. Business time; bounded; one transaction per grant, with its customer's account locked, so that
 * a consumption at the same moment takes them or finds them gone; one that fails stands in nobody's way. Emits
 * `credits.expired`. Idempotent. Returns how many were due.
 */
export function expireGrants(ctx: SpendCtx): Promise<number> {
  const { id, customerId, open, expiresAt, remaining, owedBack } = creditGrants;
  return decideEach(ctx, {
    part: "expiry",
    find: (tx, which) =>
      tx
        .select({ id, customerId })
        .from(creditGrants)
        .where(and(open, lte(expiresAt, ctx.now()), gt(remaining, owedBack), among(id, which)))
        .orderBy(asc(expiresAt))
        .limit(BATCH),
    decide: (grant) => ctx.db.transaction((tx) => expireGrant(tx, grant)),
  });
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

/** Lets go of reservations whose time is over, each for itself. Business time, bounded. Idempotent. Returns how many were due. */
export function lapseReservations(ctx: SpendCtx): Promise<number> {
  const { id, customerId, ending, expiresAt } = creditReservations;
  return decideEach(ctx, {
    part: "reservation",
    find: (tx, which) =>
      tx
        .select({ id, customerId })
        .from(creditReservations)
        .where(and(isNull(ending), lte(expiresAt, ctx.now()), among(id, which)))
        .orderBy(asc(expiresAt))
        .limit(BATCH),
    decide: (held) => lapseReservation(ctx, { customerId: held.customerId, reservationId: held.id }),
  });
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
