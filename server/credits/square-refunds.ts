import { and, asc, count, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { creditReclaims } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { keepDecisions, type Reclaim, standingDecisions } from "./keep-decisions.ts";
import { reclaimPurchase, refundedBefore } from "./reclaim-purchase.ts";
import { giveBack, type Refilled, settleFrom } from "./undo-reclaim.ts";

/** A purchase of credits whose money went back or came back. */
export type RefundedPurchase = {
  readonly sourceId: string;
  /** How many of its credits the refunds that stand come to, together. */
  readonly inAll: number;
  /** The key under which the refund that just ended takes its share; null where it failed, or a dispute ended. */
  readonly key: string | null;
  /** Keys of what is not to stay taken: of refunds that failed, of disputes that were won. */
  readonly undone: readonly string[];
  /** Whose money it is nobody knows, or it is not ours: nothing comes back. */
  readonly held: boolean;
};

/**
 * Makes what refunds have asked back of each purchase what they come to that stand, no more and no fewer: what another took
 * that failed comes back, also where it was the share of those that stand; what those have not taken since another had it is
 * taken now, with as much of its spent part put before staff as they have not decided about. Takes nothing but under `key` where
 * nothing was ever undone.
 *
 * Idempotent: it looks at what stands, and what it takes for others has a key for each time that something was undone. Of
 * one purchase one after the other: the caller holds its payments. Locks the reclaims, then the customer's account. Service role.
 */
export async function squareRefunds(tx: Tx, purchases: readonly RefundedPurchase[]): Promise<void> {
  const sourceIds = purchases.flatMap(({ sourceId, held }) => (held ? [] : [sourceId]));
  // All that may be undone before the account, as whoever carries out staff's decision takes them.
  await tx
    .select({ id: creditReclaims.id })
    .from(creditReclaims)
    .where(inArray(creditReclaims.sourceId, sourceIds))
    .orderBy(asc(creditReclaims.id))
    .for("no key update");
  const decided = await standingDecisions(tx, sourceIds);
  for (const purchase of purchases) {
    const ofIt = decided.filter(({ sourceId }) => sourceId === purchase.sourceId);
    await square(tx, purchase, ofIt);
  }
}

async function square(tx: Tx, purchase: RefundedPurchase, decided: readonly Reclaim[]): Promise<void> {
  const { sourceId, inAll, undone, held } = purchase;
  const refilled: Refilled[] = [];
  if (!held) {
    for (const one of undone) refilled.push(...(await giveBack(tx, { key: one })).refilled);
    refilled.push(...(await undoBeyond(tx, sourceId, inAll)));
  }
  await takeShares(tx, purchase, decided);
  // Last: what is taken anew must not have been used for what is owed for other things.
  await settleFrom(tx, refilled);
}

async function takeShares(tx: Tx, purchase: RefundedPurchase, decided: readonly Reclaim[]): Promise<void> {
  const { sourceId, inAll, key, held } = purchase;
  if (key !== null && inAll > 0) {
    const own = await reclaimPurchase(tx, { sourceId, key, inAll });
    if (own.reclaimId !== null && !own.replayed) await keepDecisions(tx, own.reclaimId, decided);
  }
  if (held || (await refundedBefore(tx, sourceId)) >= inAll) return;
  const times = await timesUndone(tx, sourceId);
  if (times === 0) return;
  const { reclaimId } = await reclaimPurchase(tx, { sourceId, key: `refund:rest:${sourceId}:${times}`, inAll });
  if (reclaimId !== null) await keepDecisions(tx, reclaimId, decided);
}

/** The last first: what the others took stays theirs, with what staff decided about it. */
async function undoBeyond(tx: Tx, sourceId: string, inAll: number): Promise<Refilled[]> {
  const refilled: Refilled[] = [];
  const standing = await tx
    .select({ key: creditReclaims.key, credits: creditReclaims.wantedCredits })
    .from(creditReclaims)
    .where(and(asked(sourceId), eq(creditReclaims.cause, "refund"), isNull(creditReclaims.undoneAt)))
    .orderBy(asc(creditReclaims.createdAt), asc(creditReclaims.id));
  let beyond = standing.reduce((sum, { credits }) => sum + credits, 0) - inAll;
  for (const { key, credits } of standing.toReversed()) {
    if (beyond <= 0) break;
    if (credits > 0) refilled.push(...(await giveBack(tx, { key })).refilled);
    beyond -= credits;
  }
  return refilled;
}

async function timesUndone(tx: Tx, sourceId: string): Promise<number> {
  const [row] = await tx
    .select({ times: count() })
    .from(creditReclaims)
    .where(and(asked(sourceId), isNotNull(creditReclaims.undoneAt)));
  return row?.times ?? 0;
}

/** Not what was found later: that goes with what had asked for it. */
function asked(sourceId: string) {
  return and(eq(creditReclaims.sourceId, sourceId), isNull(creditReclaims.originId));
}
