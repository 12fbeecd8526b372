import { and, eq, or, sql } from "drizzle-orm";
import { payouts } from "../../drizzle/schema/payouts.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import type { Currency } from "../kernel/money.ts";
import { keyset } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { payoutListInput } from "./input.ts";

/** Everything that the provider sent to the bank, a page at a time, newest first unless asked otherwise. Amounts in minor units. */
export async function listPayouts(tx: Tx, input: Asked<typeof payoutListInput>) {
  const { createdAt, id } = payouts;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.status && eq(payouts.status, input.status),
    input.q ? or(eq(payouts.id, input.q), eq(payouts.externalId, input.q)) : undefined,
    withinDays(createdAt, input),
  );
  const rows = await tx
    .select({
      id: payouts.id,
      externalId: payouts.externalId,
      status: payouts.status,
      amount: payouts.amount,
      currency: payouts.currency,
      arrivalAt: payouts.arrivalAt,
      failureCode: payouts.failureCode,
      failureMessage: payouts.failureMessage,
      createdAt: payouts.createdAt,
      cursorAt: place.cursorAt,
    })
    .from(payouts)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${payouts} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** How far back what has arrived is added up. */
const ARRIVED_DAYS = 30;

/** Of one currency, in minor units: what is on its way to the bank and when the next of it is there, and what arrived in thirty days. */
export type PayoutStanding = {
  readonly currency: Currency;
  readonly underWay: number;
  readonly nextArrivalAt: Date | null;
  readonly arrived: number;
};

/** What has arrived and what is on its way, by currency; of a currency in which there is neither, nothing. */
export async function payoutStanding(tx: Tx): Promise<PayoutStanding[]> {
  const since = new Date(tx.scope.now.getTime() - ARRIVED_DAYS * 86_400_000).toISOString();
  const rows = await tx.execute<{ currency: Currency; under_way: string; next_at: string | null; arrived: string }>(sql`
    select currency, coalesce(sum(amount) filter (where status <> 'paid'), 0) as under_way,
        min(arrival_at) filter (where status <> 'paid') as next_at, coalesce(sum(amount) filter (where status = 'paid'), 0) as arrived
      from (select currency, amount, status, arrival_at from payouts where status in ('pending', 'in_transit')
        union all select currency, amount, status, arrival_at from payouts where status = 'paid' and arrival_at >= ${since}) p
      group by currency order by currency`);
  return rows.map((row) => ({
    currency: row.currency,
    underWay: Number(row.under_way),
    nextArrivalAt: row.next_at === null ? null : new Date(row.next_at),
    arrived: Number(row.arrived),
  }));
}
