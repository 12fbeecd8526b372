import { and, asc, eq, gt, sql } from "drizzle-orm";
import { creditGrants, creditReclaims } from "../../drizzle/schema/credits.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
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
 * A purchase of credits was paid back, all of it or so many credits' worth: takes the unspent part of that purchase and of
 * nothing else. What reservations hold of it is taken when they let go. What was spent waits for staff, who make it a debt
 * or let it go.
 *
 * Idempotent by `key`. Locks the customer's account. Emits `credits.reclaimed`. Service role.
 */
export async function reclaimPurchase(
  tx: Tx,
  wanted: { sourceId: string; key: string; credits?: number | undefined },
): Promise<Reclaimed> {
  const { sourceId, key } = wanted;
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
  const id = newId("crc");
  const grants = await tx.select().from(creditGrants).where(ofPurchase).orderBy(asc(creditGrants.createdAt));
  const total = { taken: 0, waiting: 0, spent: 0 };
  let asked = wanted.credits ?? Number.POSITIVE_INFINITY;
  for (const grant of grants) {
    const parts = partsOf(grant, asked, await askedBefore(tx, sourceId));
    asked -= parts.taken + parts.waiting + parts.spent;
    total.taken += parts.taken;
    total.waiting += parts.waiting;
    total.spent += parts.spent;
    if (parts.taken > 0)
      await takeFromGrant(tx, grant, { kind: "reclaim", credits: parts.taken, reason: "refund", reference: sourceId });
    if (parts.waiting > 0)
      await tx
        .update(creditGrants)
        .set({ owedBack: sql`${creditGrants.owedBack} + ${parts.waiting}` })
        .where(eq(creditGrants.id, grant.id));
  }
  await tx.insert(creditReclaims).values({
    ...{ id, key, customerId, sourceId, createdAt: tx.scope.now },
    ...{ takenCredits: total.taken, waitingCredits: total.waiting, spentCredits: total.spent },
    wantedCredits: total.taken + total.waiting + total.spent,
  });
  await emit(tx, { name: "credits.reclaimed", id });
  return { reclaimId: id, ...total, replayed: false };
}

/** How many spent credits of a purchase were asked back already: nobody is asked for them twice. */
async function askedBefore(tx: Tx, sourceId: string): Promise<number> {
  const [row] = await tx
    .select({ spent: sql<string>`coalesce(sum(${creditReclaims.spentCredits}), 0)`.mapWith(Number) })
    .from(creditReclaims)
    .where(eq(creditReclaims.sourceId, sourceId));
  return row?.spent ?? 0;
}

/** What is taken of a grant, what waits, and what is gone: free credits first, then held ones, then spent ones. */
function partsOf({ remaining, held, owedBack, used }: Grant, asked: number, spentBefore: number) {
  const taken = Math.min(asked, remaining);
  const waiting = Math.min(asked - taken, held - owedBack);
  const spent = Math.min(asked - taken - waiting, Math.max(0, used - spentBefore));
  return { taken, waiting, spent };
}

/**
 * Takes what was asked back while reservations held it, as far as they let go; what they used meanwhile goes to staff like
 * everything that was spent. Bounded; idempotent. Returns how many grants it looked at.
 */
export async function collectOwedBack(ctx: Ctx): Promise<number> {
  const owing = await ctx.db.transaction((tx) =>
    tx
      .select({ id: creditGrants.id, customerId: creditGrants.customerId })
      .from(creditGrants)
      .where(gt(creditGrants.owedBack, 0))
      .limit(200),
  );
  for (const { id, customerId } of owing) {
    await ctx.db.transaction(async (tx) => {
      await lockAccount(tx, customerId);
      const [grant] = await tx.select().from(creditGrants).where(eq(creditGrants.id, id));
      if (grant) await collect(tx, grant);
    });
  }
  return owing.length;
}

async function collect(tx: Tx, grant: Grant): Promise<void> {
  const { id, sourceId, customerId, owedBack, remaining, held } = grant;
  const taken = Math.min(owedBack, remaining);
  const spent = Math.max(0, owedBack - taken - held);
  if (taken + spent === 0) return;
  if (taken > 0)
    await takeFromGrant(tx, grant, { kind: "reclaim", credits: taken, reason: "refund", reference: sourceId });
  await tx
    .update(creditGrants)
    .set({ owedBack: owedBack - taken - spent })
    .where(eq(creditGrants.id, id));
  await tx.insert(creditReclaims).values({
    ...{ id: newId("crc"), key: `collected:${newId("col")}`, customerId, sourceId, createdAt: tx.scope.now },
    ...{ wantedCredits: taken + spent, takenCredits: taken, waitingCredits: 0, spentCredits: spent },
  });
}
