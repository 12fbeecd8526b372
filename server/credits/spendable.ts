import { and, eq, gt, isNull, lte, or, type SQL, sum } from "drizzle-orm";
import { creditGrants } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";

/** Whose credits, and what for: some grants may be spent only by one key, or for one feature. */
export type Scope = {
  readonly customerId: string;
  readonly apiKeyId?: string | null | undefined;
  readonly feature?: string | null | undefined;
};

/** Which grants may be spent at an instant: begun, not run out, and meant for this use. */
export function spendable({ customerId, apiKeyId, feature }: Scope, at: Date): SQL | undefined {
  const { apiKeyId: onlyKey, feature: onlyFeature, effectiveAt, expiresAt } = creditGrants;
  return and(
    eq(creditGrants.customerId, customerId),
    creditGrants.open,
    lte(effectiveAt, at),
    or(isNull(expiresAt), gt(expiresAt, at)),
    apiKeyId ? or(isNull(onlyKey), eq(onlyKey, apiKeyId)) : isNull(onlyKey),
    feature ? or(isNull(onlyFeature), eq(onlyFeature, feature)) : isNull(onlyFeature),
  );
}

/** How many credits could be spent now. */
export async function available(tx: Tx, scope: Scope): Promise<number> {
  const [row] = await tx
    .select({ total: sum(creditGrants.remaining).mapWith(Number) })
    .from(creditGrants)
    .where(spendable(scope, tx.scope.now));
  return row?.total ?? 0;
}
