import { and, asc, desc, eq, isNull, or, sql } from "drizzle-orm";
import { creditAccounts, creditGrants, creditReclaims } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import { credit, creditsAccount, debit, liabilityAccount, post, receivableAccount } from "../ledger/index.ts";
import { lockAccount } from "./credit-account.ts";
import { grantCredits } from "./grant-credits.ts";
import { recordOperation } from "./record-operation.ts";
import { settleDebt } from "./settle-debt.ts";

type Reclaim = typeof creditReclaims.$inferSelect;

/**
 * The money of a purchase stayed with us after all (its refund failed, its dispute was won): gives back what
 * `reclaimPurchase` took under this key, to the grants that it came from, with their own end and order. What waited for
 * reservations is asked for no more, what waited for staff is closed, and a debt that they made of it is let go; as far as
 * later credits have settled it, as many are granted for nothing.
 *
 * Idempotent; nothing where nothing was taken. Locks the customer's account. Service role. Returns how many came back.
 */
export async function undoReclaim(tx: Tx, reclaim: { key: string }): Promise<number> {
  const { credits, refilled } = await giveBack(tx, reclaim);
  await settleFrom(tx, refilled);
  return credits;
}

/** A grant that something came back into, and a name for this time. */
export type Refilled = { readonly grantId: string; readonly name: string };

/**
 * As {@link undoReclaim}, with what the customer owes for other things left as it is: for whoever takes some of it anew at
 * once, and then settles from what is left (`settleFrom`).
 */
export async function giveBack(tx: Tx, { key }: { key: string }): Promise<{ credits: number; refilled: Refilled[] }> {
  const none = { credits: 0, refilled: [] };
  const [first] = await tx.select().from(creditReclaims).where(eq(creditReclaims.key, key));
  if (!first) return none;
  const parts = and(
    or(eq(creditReclaims.id, first.id), eq(creditReclaims.originId, first.id)),
    isNull(creditReclaims.undoneAt),
  );
  // Their rows before the account, as whoever carries out staff's decision takes them; not their keys, which whoever
  // collects what was held back names while holding the account.
  await tx.select().from(creditReclaims).where(parts).orderBy(asc(creditReclaims.id)).for("no key update");
  await lockAccount(tx, first.customerId);
  const undone = await tx.update(creditReclaims).set({ undoneAt: tx.scope.now }).where(parts).returning();
  const [whole] = undone.filter(({ id }) => id === first.id);
  if (!whole) return none;
  const sum = (of: (part: Reclaim) => number) => undone.reduce((total, part) => total + of(part), 0);
  const collected = sum(({ originId, wantedCredits }) => (originId === null ? 0 : wantedCredits));
  await letKeep(tx, whole.sourceId, whole.waitingCredits - collected);
  const taken = sum(({ takenCredits }) => takenCredits);
  // First, or what comes back would settle a debt that is let go in the same breath, and come back anew for nothing.
  for (const part of undone.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    if (part.decision === "debt" && part.carriedOutAt) await forgive(tx, part);
  return { credits: taken, refilled: await restore(tx, whole, taken) };
}

/** Uses what came back and is free for what its customer owes. The account is locked. */
export async function settleFrom(tx: Tx, refilled: readonly Refilled[]): Promise<void> {
  for (const { grantId, name } of refilled) {
    const [row] = await tx
      .select({ grant: creditGrants, debt: creditAccounts.debt })
      .from(creditGrants)
      .innerJoin(creditAccounts, eq(creditAccounts.customerId, creditGrants.customerId))
      .where(eq(creditGrants.id, grantId));
    const bound = !row || row.grant.apiKeyId !== null || row.grant.feature !== null;
    if (!bound && row.debt > 0 && row.grant.remaining > 0) await settleDebt(tx, { grantId, debt: row.debt, name });
  }
}

/** What reservations still hold is not waited for any more. */
async function letKeep(tx: Tx, sourceId: string, credits: number): Promise<void> {
  let rest = credits;
  for (const { id, owedBack } of await grantsOf(tx, sourceId)) {
    const kept = Math.min(rest, owedBack);
    if (kept === 0) continue;
    rest -= kept;
    await tx
      .update(creditGrants)
      .set({ owedBack: owedBack - kept })
      .where(eq(creditGrants.id, id));
  }
}

function grantsOf(tx: Tx, sourceId: string) {
  return tx
    .select()
    .from(creditGrants)
    .where(and(eq(creditGrants.sourceId, sourceId), eq(creditGrants.source, "purchase")))
    .orderBy(desc(creditGrants.createdAt), desc(creditGrants.id));
}

async function restore(tx: Tx, whole: Reclaim, credits: number): Promise<Refilled[]> {
  const { id: reclaimId, sourceId, customerId, cause } = whole;
  const refilled: Refilled[] = [];
  let rest = credits;
  for (const grant of await grantsOf(tx, sourceId)) {
    const back = Math.min(rest, grant.reclaimed);
    if (back === 0) continue;
    rest -= back;
    const { id, costBasis, apiKeyId } = grant;
    await tx
      .update(creditGrants)
      .set({ reclaimed: grant.reclaimed - back, open: true, settled: false })
      .where(eq(creditGrants.id, id));
    const name = `${reclaimId}:${id}`;
    const liability = liabilityAccount(costBasis === "paid" ? "paid" : "promo", customerId);
    await post(tx, {
      ...{ key: `credits:restored:${name}`, kind: "credits.restored", source: id },
      entries: [debit(creditsAccount("issued"), back), credit(liability, back)],
    });
    await recordOperation(tx, {
      ...{ customerId, kind: "restore", key: `restore:${name}`, credits: back, reason: cause, reference: sourceId },
      ...{ apiKeyId, allocations: [{ grantId: id, available: back }] },
    });
    refilled.push({ grantId: id, name });
  }
  invariant(rest === 0, "what was taken from a purchase is still missing in its grants");
  return refilled;
}

/** What its customer owed for it is owed no more; what was settled of it since comes back as credits of their own. */
async function forgive(tx: Tx, { id, customerId, sourceId, spentCredits, cause }: Reclaim): Promise<void> {
  const [account] = await tx.select().from(creditAccounts).where(eq(creditAccounts.customerId, customerId));
  const owed = Math.min(account?.debt ?? 0, spentCredits);
  if (owed > 0) {
    await tx
      .update(creditAccounts)
      .set({ debt: sql`${creditAccounts.debt} - ${owed}` })
      .where(eq(creditAccounts.customerId, customerId));
    await post(tx, {
      ...{ key: `credits:forgiven:${id}`, kind: "credits.debt_forgiven", source: id },
      entries: [debit(creditsAccount("issued"), owed), credit(receivableAccount(customerId), owed)],
    });
    await recordOperation(tx, {
      ...{ customerId, kind: "forgive_debt", key: `forgiven:${id}`, credits: owed, reason: cause, reference: sourceId },
      allocations: [{ grantId: null, available: owed }],
    });
  }
  if (owed === spentCredits) return;
  await grantCredits(tx, {
    ...{ customerId, credits: spentCredits - owed, source: "refund", sourceId: id, key: `reclaim-undone:${id}` },
    ...{ costBasis: "free", expiresAt: null, priority: 0, apiKeyId: null, feature: null },
  });
}
