import { and, count, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { type MoveQuote, planMigrationSteps } from "../../drizzle/schema/plan-migrations.ts";
import type { Tx } from "../kernel/db.ts";
import { type ResolvedPrice, resolveRegularPrice } from "../pricing/index.ts";
import { discountOf, type Membership } from "../subscriptions/index.ts";
import type { Mover } from "./movers.ts";

/** How long what was reckoned for a move now holds, from the instant that it counts from: the longer, the more is paid for time that has passed. Business time. */
const QUOTES_HOLD_HOURS = 4;

export const holdsUntil = (prorationAt: Date): Date => new Date(prorationAt.getTime() + QUOTES_HOLD_HOURS * 3_600_000);

/** The price of the version on sale, whatever campaign there is. */
export async function priceToMoveTo(tx: Tx, mover: Mover): Promise<ResolvedPrice> {
  const { productId, variantId, currency } = mover;
  return resolveRegularPrice(tx, { productId, variantId: variantId ?? undefined, currency });
}

/** What is taken off a membership, to be compared with what it was. */
export const discountWords = (membership: Membership): string => JSON.stringify(discountOf(membership));

/** Whether somebody would still be charged what was reckoned: same price, same period, same discount. Pure. */
export function isAsQuoted(quote: MoveQuote, mover: Mover, membership: Membership): boolean {
  return (
    quote.before === mover.amount &&
    quote.amount === mover.nextAmount &&
    quote.periodEndAt === (mover.endsAt?.toISOString() ?? null) &&
    quote.discount === discountWords(membership)
  );
}

/** Steps that were reckoned, and that nothing has been done about yet. */
export const toBegin = (migrationId: string) =>
  and(
    eq(planMigrationSteps.migrationId, migrationId),
    isNotNull(planMigrationSteps.quote),
    isNull(planMigrationSteps.changeId),
    isNull(planMigrationSteps.obstacle),
  );

/** What is charged at once, and what is set off against later bills, of all that was reckoned; by currency, in minor units. */
type MoveCost = {
  readonly currency: string;
  readonly count: number;
  readonly charged: number;
  readonly credited: number;
};

export async function costOfMove(tx: Tx, migrationId: string): Promise<MoveCost[]> {
  const preview = sql`${planMigrationSteps.quote} -> 'preview'`;
  const rows = await tx
    .select({
      currency: sql<string>`${preview} ->> 'currency'`,
      count: count(),
      charged: sql<string>`sum((${preview} ->> 'dueNow')::bigint)`,
      credited: sql<string>`sum(greatest(0, -(${preview} ->> 'total')::bigint))`,
    })
    .from(planMigrationSteps)
    .where(
      and(
        eq(planMigrationSteps.migrationId, migrationId),
        isNotNull(planMigrationSteps.quote),
        isNull(planMigrationSteps.obstacle),
      ),
    )
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  return rows.map((row) => ({ ...row, charged: Number(row.charged), credited: Number(row.credited) }));
}

/** How many would be moved by what was reckoned. */
export async function quotedCount(tx: Tx, migrationId: string): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(planMigrationSteps).where(toBegin(migrationId));
  return row?.count ?? 0;
}
