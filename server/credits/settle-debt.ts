import { eq, sql } from "drizzle-orm";
import { creditAccounts, creditGrants } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import { credit, debit, liabilityAccount, post, receivableAccount } from "../ledger/index.ts";
import { recordOperation } from "./record-operation.ts";

/**
 * Uses what a grant holds for what the customer owes, as far as it goes. Account locked. Called once for each time that
 * something comes into the grant: when it is made, and when something is given back to it (`name` says which time).
 */
export async function settleDebt(
  tx: Tx,
  { grantId, debt, name = grantId }: { grantId: string; debt: number; name?: string },
): Promise<void> {
  const [grant] = await tx.select().from(creditGrants).where(eq(creditGrants.id, grantId));
  invariant(grant, "a grant that was just made is there");
  const { customerId, costBasis, remaining, held } = grant;
  const credits = Math.min(debt, remaining);
  await tx
    .update(creditGrants)
    // What a reservation holds of it keeps it open.
    .set({ used: sql`${creditGrants.used} + ${credits}`, open: credits < remaining + held })
    .where(eq(creditGrants.id, grantId));
  await tx
    .update(creditAccounts)
    .set({ debt: sql`${creditAccounts.debt} - ${credits}` })
    .where(eq(creditAccounts.customerId, customerId));
  await post(tx, {
    ...{ key: `credits:settle:${name}`, kind: "credits.debt_settled", source: grantId },
    entries: [
      debit(liabilityAccount(costBasis === "paid" ? "paid" : "promo", customerId), credits),
      credit(receivableAccount(customerId), credits),
    ],
  });
  await recordOperation(tx, {
    ...{ customerId, kind: "settle_debt", key: `settle:${name}`, credits, reason: "debt", reference: grantId },
    allocations: [
      { grantId, available: -credits },
      { grantId: null, available: credits },
    ],
  });
}
