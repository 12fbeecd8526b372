import { eq, sql } from "drizzle-orm";
import { creditGrants } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { credit, creditsAccount, debit, liabilityAccount, post } from "../ledger/index.ts";
import { recordOperation } from "./record-operation.ts";
import { signalFall } from "./signal-low.ts";
import { available } from "./spendable.ts";

export type Grant = typeof creditGrants.$inferSelect;

/** Why credits of a grant end without being used, and on which account that stands. */
const ENDS = {
  /** It ran out: earned without a service. */
  expire: { column: "expired", against: "breakage" },
  /** Its purchase was paid back. */
  reclaim: { column: "reclaimed", against: "issued" },
  /** Staff took it back. */
  remove: { column: "reclaimed", against: "issued" },
} as const;

/**
 * Ends so many unspent credits of a grant: the grant, its posting, its line in the history. Account locked; the caller has
 * read the grant under that lock. The caller sees to it that it happens once.
 */
export async function takeFromGrant(
  tx: Tx,
  grant: Grant,
  end: {
    readonly kind: keyof typeof ENDS;
    readonly credits: number;
    readonly reason: string;
    readonly reference: string;
  },
): Promise<void> {
  const { customerId, id, costBasis } = grant;
  const { column, against } = ENDS[end.kind];
  const before = await available(tx, { customerId });
  await tx
    .update(creditGrants)
    .set({
      [column]: sql`${creditGrants[column]} + ${end.credits}`,
      open: sql`${creditGrants.credits} - ${creditGrants.used} - ${creditGrants.expired} - ${creditGrants.reclaimed} - ${end.credits} > 0`,
    })
    .where(eq(creditGrants.id, id));
  const liability = liabilityAccount(costBasis === "paid" ? "paid" : "promo", customerId);
  const key = newId(end.kind);
  await post(tx, {
    ...{ key: `credits:${key}`, kind: `credits.${end.kind}`, source: id, reason: end.reason },
    entries: [debit(liability, end.credits), credit(creditsAccount(against), end.credits)],
  });
  await recordOperation(tx, {
    ...{ customerId, kind: end.kind, key, credits: end.credits, reason: end.reason, reference: end.reference },
    apiKeyId: grant.apiKeyId,
    allocations: [{ grantId: id, available: -end.credits }],
  });
  const after = await available(tx, { customerId });
  // What has run out could not be spent any more before it was taken: its fall is told of now.
  await signalFall(tx, customerId, end.kind === "expire" ? after + end.credits : before, after);
}
