import { and, eq, isNull, sql, sum } from "drizzle-orm";
import { creditAccounts, creditGrants, creditReservations } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { type Scope, spendable } from "./spendable.ts";

export type Balance = {
  /** What can be spent now. */
  readonly available: number;
  /** Set aside by reservations. */
  readonly held: number;
  /** Used without being there; the next grants settle it. */
  readonly debt: number;
  /** What of it runs out, the next first. */
  readonly expiring: readonly { readonly credits: number; readonly at: Date }[];
};

/** How a customer stands, for everything or for one key; zeros for whoever never had credits. */
export async function readBalance(tx: Tx, scope: Scope): Promise<Balance> {
  const { customerId, apiKeyId } = scope;
  const grants = await tx
    .select({ at: creditGrants.expiresAt, credits: sum(creditGrants.remaining).mapWith(Number) })
    .from(creditGrants)
    .where(spendable(scope, tx.scope.now))
    .groupBy(creditGrants.expiresAt)
    .orderBy(sql`${creditGrants.expiresAt} asc nulls last`);
  const [held] = await tx
    .select({ credits: sum(creditReservations.credits).mapWith(Number) })
    .from(creditReservations)
    .where(
      and(
        eq(creditReservations.customerId, customerId),
        isNull(creditReservations.ending),
        apiKeyId ? eq(creditReservations.apiKeyId, apiKeyId) : undefined,
      ),
    );
  const [account] = await tx
    .select({ debt: creditAccounts.debt })
    .from(creditAccounts)
    .where(eq(creditAccounts.customerId, customerId));
  return {
    available: grants.reduce((total, { credits }) => total + credits, 0),
    held: held?.credits ?? 0,
    debt: account?.debt ?? 0,
    expiring: grants.flatMap(({ at, credits }) => (at && credits > 0 ? [{ at, credits }] : [])),
  };
}
