import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { creditGrants, creditReclaims, type RECLAIM_CAUSES } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
import { collectOwedBy } from "./collect-owed-back.ts";
import { lockAccount } from "./credit-account.ts";
import { type Grant, takeFromGrant } from "./take-from-grant.ts";

export type Reclaimed = {
  readonly reclaimId: string | null;
  /** Taken from the purchase's own grants. */
  readonly taken: number;
  /** Held by reservations: looked at again when those end. */
  readonly waiting: number;
  /** Spent already: staff decide whether the customer owes them. */
  readonly spent: number;
  readonly replayed: boolean;
};

/**
 * A purchase of credits was paid back or is disputed, all of it, so many credits' worth, or as many as refunds ask for `inAll`,
 * this one and those before it (then what those have taken counts): takes the unspent part of that purchase and of
 * nothing else. What reservations hold of it is taken when they let go. What was spent waits for staff, who make it a debt
 * or let it go. `undoReclaim` gives it back where the money stayed with us after all.
 *
 * Idempotent by `key`. Locks the customer's account. Emits `credits.reclaimed`. Service role.
 */
export async function reclaimPurchase(
  tx: Tx,
  wanted: {
    sourceId: string;
    key: string;
    credits?: number | undefined;
    inAll?: number | undefined;
    cause?: (typeof RECLAIM_CAUSES)[number];
  },
): Promise<Reclaimed> {
  const { sourceId, key, cause = "refund" } = wanted;
  const ofPurchase = and(eq(creditGrants.sourceId, sourceId), eq(creditGrants.source, "purchase"));
  const [first] = await tx
    .select({ customerId: creditGrants.customerId })
    .from(creditGrants)
    .where(ofPurchase)
    .limit(1);
  if (!first) return { reclaimId: null, taken: 0, waiting: 0, spent: 0, replayed: false };
  const { customerId } = first;
  await lockAccount(tx, customerId);
  const [known] = await tx.select().from(creditReclaims).where(eq(creditReclaims.key, key));
  if (known) {
    const { id, takenCredits, waitingCredits, spentCredits } = known;
    return { reclaimId: id, taken: takenCredits, waiting: waitingCredits, spent: spentCredits, replayed: true };
  }
  // What is free by now of what was asked back before goes to whoever asked for it.
  await collectOwedBy(tx, customerId);
  const id = newId("crc");
  const grants = await tx.select().from(creditGrants).where(ofPurchase).orderBy(asc(creditGrants.createdAt));
  const total = { taken: 0, waiting: 0, spent: 0 };
  const { credits = Number.POSITIVE_INFINITY, inAll } = wanted;
  let asked = inAll === undefined ? credits : Math.max(0, inAll - (await refundedBefore(tx, sourceId)));
  for (const grant of grants) {
    const parts = partsOf(grant, asked, await askedBefore(tx, sourceId));
    asked -= parts.taken + parts.waiting + parts.spent;
    total.taken += parts.taken;
    total.waiting += parts.waiting;
    total.spent += parts.spent;
    if (parts.taken > 0)
      await takeFromGrant(tx, grant, { kind: "reclaim", credits: parts.taken, reason: cause, reference: sourceId });
    if (parts.waiting > 0)
      await tx
        .update(creditGrants)
        .set({ owedBack: sql`${creditGrants.owedBack} + ${parts.waiting}` })
        .where(eq(creditGrants.id, grant.id));
  }
  await tx.insert(creditReclaims).values({
    ...{ id, key, customerId, sourceId, cause, createdAt: tx.scope.now },
    ...{ takenCredits: total.taken, waitingCredits: total.waiting, spentCredits: total.spent },
    wantedCredits: total.taken + total.waiting + total.spent,
  });
  await emit(tx, { name: "credits.reclaimed", id });
  return { reclaimId: id, ...total, replayed: false };
}

/** Whether something was asked back under one of these keys, whatever became of that. */
export async function isAskedBack(tx: Tx, keys: readonly string[]): Promise<boolean> {
  const known = tx.select({ id: creditReclaims.id }).from(creditReclaims);
  return (await known.where(inArray(creditReclaims.key, [...keys])).limit(1)).length > 0;
}

/** How many credits of a purchase refunds have asked back, in any state. Those found later were asked for by one of them. */
export async function refundedBefore(tx: Tx, sourceId: string): Promise<number> {
  const [row] = await tx
    .select({ credits: sql<string>`coalesce(sum(${creditReclaims.wantedCredits}), 0)`.mapWith(Number) })
    .from(creditReclaims)
    .where(
      and(
        eq(creditReclaims.sourceId, sourceId),
        eq(creditReclaims.cause, "refund"),
        isNull(creditReclaims.originId),
        isNull(creditReclaims.undoneAt),
      ),
    );
  return row?.credits ?? 0;
}

/** How many spent credits of a purchase were asked back already: nobody is asked for them twice. */
export async function askedBefore(tx: Tx, sourceId: string): Promise<number> {
  const [row] = await tx
    .select({ spent: sql<string>`coalesce(sum(${creditReclaims.spentCredits}), 0)`.mapWith(Number) })
    .from(creditReclaims)
    .where(and(eq(creditReclaims.sourceId, sourceId), isNull(creditReclaims.undoneAt)));
  return row?.spent ?? 0;
}

/** What is taken of a grant, what waits, and what is gone: free credits first, then held ones, then spent ones. */
function partsOf({ remaining, held, owedBack, used }: Grant, asked: number, spentBefore: number) {
  const taken = Math.min(asked, remaining);
  const waiting = Math.min(asked - taken, held - owedBack);
  const spent = Math.min(asked - taken - waiting, Math.max(0, used - spentBefore));
  return { taken, waiting, spent };
}
