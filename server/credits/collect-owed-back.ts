import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { creditGrants, creditReclaims } from "../../drizzle/schema/credits.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { lockAccount } from "./credit-account.ts";
import { among, decideEach } from "./due-alone.ts";
import { type Grant, takeFromGrant } from "./take-from-grant.ts";

const BATCH = 200;

/**
 * Takes what was asked back while reservations held it, as far as they let go; what they used meanwhile goes to staff like
 * everything that was spent. Bounded; idempotent; one that fails stands in nobody's way. Returns how many were due.
 */
export function collectOwedBack(ctx: Ctx): Promise<number> {
  const { id, customerId, owedBack, remaining, held } = creditGrants;
  return decideEach(ctx, {
    part: "owed_back",
    find: (tx, which) =>
      tx
        .select({ id, customerId })
        .from(creditGrants)
        // Not what is still held in full: many of those would stand in the way of the others.
        .where(and(gt(owedBack, 0), or(gt(remaining, 0), gt(owedBack, held)), among(id, which)))
        .limit(BATCH),
    decide: (owing) =>
      ctx.db.transaction(async (tx) => {
        await lockAccount(tx, owing.customerId);
        const [grant] = await tx.select().from(creditGrants).where(eq(id, owing.id));
        if (grant) await collect(tx, grant);
      }),
  });
}

/** The same for one customer at once, whose account is locked: before anything else is taken of what is free by now. */
export async function collectOwedBy(tx: Tx, customerId: string): Promise<void> {
  const owing = await tx
    .select()
    .from(creditGrants)
    .where(and(eq(creditGrants.customerId, customerId), gt(creditGrants.owedBack, 0)))
    .orderBy(asc(creditGrants.id));
  for (const grant of owing) await collect(tx, grant);
}

async function collect(tx: Tx, grant: Grant): Promise<void> {
  const { id, sourceId, owedBack, remaining, held } = grant;
  const free = Math.min(owedBack, remaining);
  const spent = Math.max(0, owedBack - free - held);
  if (free + spent === 0) return;
  await tx
    .update(creditGrants)
    .set({ owedBack: owedBack - free - spent })
    .where(eq(creditGrants.id, id));
  let [freeLeft, spentLeft] = [free, spent];
  for (const asking of await waitingReclaims(tx, sourceId)) {
    const taken = Math.min(asking.waiting, freeLeft);
    const gone = Math.min(asking.waiting - taken, spentLeft);
    [freeLeft, spentLeft] = [freeLeft - taken, spentLeft - gone];
    await note(tx, grant, asking, { taken, gone });
  }
}

type Asking = { readonly id: string; readonly cause: "refund" | "dispute"; readonly waiting: number };

/** Whoever asked for credits of a purchase while they were held, the first first, with what each still waits for. */
async function waitingReclaims(tx: Tx, sourceId: string): Promise<Asking[]> {
  const collected = sql`(select coalesce(sum(part.wanted_credits), 0) from credit_reclaims part
    where part.origin_id = credit_reclaims.id)`;
  const waiting = sql<number>`(${creditReclaims.waitingCredits} - ${collected})::bigint`.mapWith(Number);
  return tx
    .select({ id: creditReclaims.id, cause: creditReclaims.cause, waiting })
    .from(creditReclaims)
    .where(
      and(eq(creditReclaims.sourceId, sourceId), gt(creditReclaims.waitingCredits, 0), isNull(creditReclaims.undoneAt)),
    )
    .orderBy(asc(creditReclaims.createdAt), asc(creditReclaims.id));
}

async function note(tx: Tx, grant: Grant, asking: Asking, part: { taken: number; gone: number }): Promise<void> {
  const { taken, gone } = part;
  if (taken + gone === 0) return;
  const { customerId, sourceId } = grant;
  const { id: originId, cause } = asking;
  if (taken > 0)
    await takeFromGrant(tx, grant, { kind: "reclaim", credits: taken, reason: cause, reference: sourceId });
  await tx.insert(creditReclaims).values({
    ...{ id: newId("crc"), key: `collected:${newId("col")}`, customerId, sourceId, cause, originId },
    ...{ wantedCredits: taken + gone, takenCredits: taken, waitingCredits: 0, spentCredits: gone },
    createdAt: tx.scope.now,
  });
}
