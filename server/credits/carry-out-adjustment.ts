import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { creditAccounts, creditAdjustments, creditGrants, creditReclaims } from "../../drizzle/schema/credits.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { credit, creditsAccount, debit, post, receivableAccount } from "../ledger/index.ts";
import { collectOwedBy } from "./collect-owed-back.ts";
import { lockAccount } from "./credit-account.ts";
import { grantCredits } from "./grant-credits.ts";
import { recordOperation } from "./record-operation.ts";
import { spendable } from "./spendable.ts";
import { takeFromGrant } from "./take-from-grant.ts";

type Adjustment = typeof creditAdjustments.$inferSelect;

/**
 * Does what was approved: a grant for nothing, or unspent credits taken away in the order in which they would be spent, whole
 * or not at all (`insufficient` is then its outcome). Once, however often it runs. Worker only.
 */
export async function carryOutAdjustment(ctx: Ctx, { adjustmentId }: { adjustmentId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const due = and(
      eq(creditAdjustments.id, adjustmentId),
      eq(creditAdjustments.decision, "approved"),
      isNull(creditAdjustments.carriedOutAt),
    );
    const [adjustment] = await tx.select().from(creditAdjustments).where(due).for("update");
    if (!adjustment) return;
    const outcome = adjustment.kind === "add" ? await add(tx, adjustment) : await remove(tx, adjustment);
    await tx.update(creditAdjustments).set({ outcome, carriedOutAt: tx.scope.now }).where(due);
  });
}

async function add(tx: Tx, { id, customerId, credits }: Adjustment): Promise<"done"> {
  await grantCredits(tx, {
    ...{ customerId, credits, source: "manual", sourceId: id, key: `adjustment:${id}`, costBasis: "free" },
    ...{ expiresAt: null, priority: 0, apiKeyId: null, feature: null },
  });
  return "done";
}

async function remove(tx: Tx, { id, customerId, credits, reason }: Adjustment): Promise<"done" | "insufficient"> {
  await lockAccount(tx, customerId);
  // Or it would be said of what is taken here that the customer had used it.
  await collectOwedBy(tx, customerId);
  const { priority, expiresAt, createdAt, remaining } = creditGrants;
  const grants = await tx
    .select()
    .from(creditGrants)
    .where(and(spendable({ customerId }, tx.scope.now), sql`${remaining} > 0`))
    .orderBy(asc(priority), sql`${expiresAt} asc nulls last`, asc(createdAt), asc(creditGrants.id));
  if (grants.reduce((sum, grant) => sum + grant.remaining, 0) < credits) return "insufficient";
  let rest = credits;
  for (const grant of grants) {
    const taken = Math.min(rest, grant.remaining);
    if (taken === 0) break;
    rest -= taken;
    await takeFromGrant(tx, grant, { kind: "remove", credits: taken, reason, reference: id });
  }
  return "done";
}

/**
 * Does what staff decided about credits that were spent before their purchase was paid back: the customer owes them from now
 * on, or nothing happens. Once. Worker only.
 */
export async function carryOutReclaim(ctx: Ctx, { reclaimId }: { reclaimId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const due = and(
      eq(creditReclaims.id, reclaimId),
      isNull(creditReclaims.carriedOutAt),
      isNull(creditReclaims.undoneAt),
    );
    const [reclaim] = await tx.select().from(creditReclaims).where(due).for("no key update");
    if (!reclaim?.decision) return;
    const { customerId, spentCredits } = reclaim;
    if (reclaim.decision === "debt" && spentCredits > 0) {
      await lockAccount(tx, customerId);
      await tx
        .update(creditAccounts)
        .set({ debt: sql`${creditAccounts.debt} + ${spentCredits}` })
        .where(eq(creditAccounts.customerId, customerId));
      await post(tx, {
        ...{ key: `credits:debt:${reclaimId}`, kind: "credits.debt_raised", source: reclaimId },
        entries: [debit(receivableAccount(customerId), spentCredits), credit(creditsAccount("issued"), spentCredits)],
      });
      await recordOperation(tx, {
        ...{ customerId, kind: "raise_debt", key: `debt:${reclaimId}`, credits: spentCredits, reason: reclaim.cause },
        reference: reclaim.sourceId,
        allocations: [{ grantId: null, available: -spentCredits }],
      });
    }
    await tx.update(creditReclaims).set({ carriedOutAt: tx.scope.now }).where(due);
  });
}
