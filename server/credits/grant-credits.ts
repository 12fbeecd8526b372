import { eq } from "drizzle-orm";
import { creditGrants, creditOperations, type GRANT_SOURCES } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Money } from "../kernel/money.ts";
import {
  credit,
  creditMoneyAccount,
  creditsAccount,
  debit,
  type Entry,
  liabilityAccount,
  post,
  salesAccount,
} from "../ledger/index.ts";
import { lockAccount } from "./credit-account.ts";
import { creditErrors } from "./errors.ts";
import { recordOperation } from "./record-operation.ts";
import { settleDebt } from "./settle-debt.ts";

export type NewGrant = {
  readonly customerId: string;
  /** Whole credits, more than zero. */
  readonly credits: number;
  readonly source: (typeof GRANT_SOURCES)[number];
  /** The id of what it was granted for. */
  readonly sourceId: string;
  /** Names the reason, once and for ever. */
  readonly key: string;
  readonly costBasis: "paid" | "free";
  /** What was paid, tax taken off: owed as service until the credits are used. */
  readonly money?: Money | undefined;
  readonly expiresAt: Date | null;
  /** From when on it may be spent; now when left out. */
  readonly effectiveAt?: Date | undefined;
  /** Lower is spent first; 0 is usual. */
  readonly priority: number;
  /** Only this key may spend it. */
  readonly apiKeyId: string | null;
  /** Only for this feature. */
  readonly feature: string | null;
};

export type Granted = { readonly grantId: string; readonly newTotal: number; readonly replayed: boolean };

/**
 * Hands credits out: a grant, its posting (what was paid becomes owed service in the same posting), its line in the
 * history. What the customer owes in credits is settled from it at once.
 *
 * Idempotent by `key`, for ever: the same grant again answers what the first one did. Locks the customer's account. Emits
 * `credits.granted` with the grant's id. Service role. Throws `credits.grant_differs` when the key granted something else.
 */
export async function grantCredits(tx: Tx, wanted: NewGrant): Promise<Granted> {
  const { customerId, credits, money } = wanted;
  invariant(Number.isSafeInteger(credits) && credits > 0, `a grant is a whole number of credits: ${credits}`);
  const { debt } = await lockAccount(tx, customerId);
  const known = await knownGrant(tx, wanted);
  if (known) return known;
  const { source, sourceId, key, costBasis, expiresAt, priority, apiKeyId, feature } = wanted;
  const id = newId("crg");
  const row = { source, sourceId, key, costBasis, expiresAt, priority, apiKeyId, feature, customerId, credits };
  await tx.insert(creditGrants).values({
    ...{ id, ...row, effectiveAt: wanted.effectiveAt ?? tx.scope.now, createdAt: tx.scope.now },
    ...{ moneyAmount: money?.amount ?? null, moneyCurrency: money?.currency ?? null },
  });
  await post(tx, { key: `credits:grant:${id}`, kind: "credits.granted", source: id, entries: entriesOf(wanted) });
  await recordOperation(tx, {
    ...{ customerId, kind: "grant", key: `grant:${id}`, credits, reason: source, reference: sourceId, apiKeyId },
    allocations: [{ grantId: id, available: credits }],
  });
  if (debt > 0 && apiKeyId === null && feature === null) await settleDebt(tx, { grantId: id, debt });
  await emit(tx, { name: "credits.granted", id });
  return { grantId: id, newTotal: await totalAfter(tx, customerId, id), replayed: false };
}

function entriesOf({ customerId, credits, costBasis, money }: NewGrant): Entry[] {
  const liability = liabilityAccount(costBasis === "paid" ? "paid" : "promo", customerId);
  const units = [debit(creditsAccount("issued"), credits), credit(liability, credits)];
  if (!money || money.amount === 0) return units;
  const { amount, currency } = money;
  return [...units, debit(salesAccount(currency), amount), credit(creditMoneyAccount("deferred", currency), amount)];
}

/** What could be spent after a grant, and after what it settled: the history's word for it. */
export async function totalAfter(tx: Tx, customerId: string, grantId: string): Promise<number> {
  for (const key of [`settle:${grantId}`, `grant:${grantId}`]) {
    const [row] = await tx
      .select({ after: creditOperations.balanceAfter })
      .from(creditOperations)
      .where(eq(creditOperations.key, `${customerId}:${key}`));
    if (row) return row.after;
  }
  return 0;
}

async function knownGrant(tx: Tx, { key, customerId, credits, sourceId }: NewGrant): Promise<Granted | null> {
  const [known] = await tx.select().from(creditGrants).where(eq(creditGrants.key, key));
  if (!known) return null;
  if (known.customerId !== customerId || known.credits !== credits || known.sourceId !== sourceId)
    throw creditErrors.grantDiffers({ key });
  return { grantId: known.id, newTotal: await totalAfter(tx, customerId, known.id), replayed: true };
}
