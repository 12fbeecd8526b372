import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import { creditBudgets } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";

/** How much of its owner's credits a key may still spend. */
export type KeyBudget = {
  /** In one period. */
  readonly credits: number;
  readonly period: "day" | "week" | "month" | "total";
  readonly left: number;
  /** When the next period begins, at the shop's midnight; null where it is in all. */
  readonly renewsAt: Date | null;
};

/** The row of what a key has spent in the period that an instant is in; none before it has spent anything in it. */
export function budgetNow(at: Date): SQL | undefined {
  const { apiKeyId, period, windowStartsAt } = creditBudgets;
  return and(
    eq(apiKeyId, apiKeys.id),
    eq(period, sql`${apiKeys.budgetPeriod}`),
    eq(windowStartsAt, sql`app.budget_window(${apiKeys.budgetPeriod}, ${at.toISOString()}::timestamptz)`),
  );
}

/** Columns beside a key's own, with its {@link budgetNow} joined on the left. */
export const budgetColumns = (at: Date) => ({
  budgetLeft: sql<number | null>`case when ${apiKeys.budgetCredits} is not null then
    greatest(0, ${apiKeys.budgetCredits} - coalesce(${creditBudgets.used}, 0)) end`.mapWith(Number),
  budgetRenewsAt: sql<Date | null>`case when ${apiKeys.budgetPeriod} <> 'total' then
    (date_trunc(${apiKeys.budgetPeriod}, ${at.toISOString()}::timestamptz at time zone 'Europe/Stockholm')
      + ('1 ' || ${apiKeys.budgetPeriod})::interval) at time zone 'Europe/Stockholm' end`.mapWith(
    (value: string) => new Date(value),
  ),
});

/** What is left of a key's budget at the transaction's instant; null for a key without one. */
export async function readKeyBudget(tx: Tx, { apiKeyId }: { readonly apiKeyId: string }): Promise<KeyBudget | null> {
  const { now } = tx.scope;
  const [row] = await tx
    .select({ credits: apiKeys.budgetCredits, period: apiKeys.budgetPeriod, ...budgetColumns(now) })
    .from(apiKeys)
    .leftJoin(creditBudgets, budgetNow(now))
    .where(and(eq(apiKeys.id, apiKeyId), isNotNull(apiKeys.budgetCredits)));
  if (!row || row.credits === null || row.period === null) return null;
  return { credits: row.credits, period: row.period, left: row.budgetLeft ?? 0, renewsAt: row.budgetRenewsAt };
}
