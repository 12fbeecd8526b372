import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { moveDate } from "./move-date.ts";

/** Why somebody is not moved. They stay where they are, and can be moved another time. */
export const OBSTACLES = ["unpaid", "paused", "ending", "change_open", "no_price", "seats_unsold"] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** Somebody who pays for a version, and what another would cost them. Amounts in minor units, tax included. */
export type Mover = {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string | null;
  readonly payerEmail: string | null;
  readonly status: string;
  readonly currency: "SEK" | "EUR" | "USD";
  readonly interval: "month" | "year";
  readonly amount: number;
  /** Null: the plan is not sold so any more. */
  readonly nextAmount: number | null;
  /** How many seats are charged for then, and how many of them are bought beside those that the plan holds. */
  readonly nextQuantity: number;
  readonly nextExtraSeats: number;
  /** It costs the same, seats too: the provider has nothing to change. */
  readonly sameTerms: boolean;
  readonly productId: string;
  readonly variantId: string | null;
  /** When the paid period ends, and when the other version holds: then, or a period later where that is too soon to be told. */
  readonly endsAt: Date | null;
  readonly at: Date | null;
  readonly obstacle: Obstacle | null;
};

/** Those who are on a version now, with the price that is on sale for their currency and interval. */
function moversOn(versionId: string): SQL {
  return sql`
    select s.id, s.organization_id, s.status, s.currency, s."interval", s.amount, s.product_id, s.current_period_end_at, s.anchor_at, s.interval_count,
      o.name as organization_name, coalesce(c.email, b.email) as payer_email, p.variant_id,
      p.amount + carried.extra * coalesce(p.seat_amount, 0) as next_amount,
      coalesce(p.included_seats + carried.extra, 1)::int as next_quantity, carried.extra as next_extra_seats,
      (p.amount + carried.extra * coalesce(p.seat_amount, 0) = s.amount and carried.extra = s.extra_seats
        and s.included_seats is not distinct from p.included_seats and s.seat_amount is not distinct from p.seat_amount) as same_terms,
      case
        when s.status in ('past_due', 'unpaid') then 'unpaid'
        when s.status = 'paused' or s.pause_at is not null then 'paused'
        when s.cancel_at is not null then 'ending'
        when exists (select 1 from subscription_changes x where x.subscription_id = s.id
          and x.status in ('requested', 'sent', 'unknown', 'awaiting_payment', 'scheduled')) then 'change_open'
        when p.id is null then 'no_price'
        when s.extra_seats > 0 and p.seat_amount is null then 'seats_unsold'
      end as obstacle
    from subscriptions s
    join organizations o on o.id = s.organization_id
    join customers b on b.id = s.customer_id
    left join customers c on c.id = o.billing_customer_id
    left join prices p on p.product_id = s.product_id and p.active and p.currency = s.currency
      and p."interval" = s."interval" and p.interval_count = s.interval_count
    cross join lateral (select case when s.extra_seats > 0 and p.seat_amount is not null
      then greatest(0, s.quantity - p.included_seats) else 0 end::int as extra) carried
    where s.plan_version_id = ${versionId} and s.status in ('trialing', 'active', 'past_due', 'unpaid', 'paused')`;
}

type Row = {
  id: string;
  organization_id: string;
  organization_name: string | null;
  payer_email: string | null;
  status: string;
  currency: Mover["currency"];
  interval: Mover["interval"];
  amount: string;
  next_amount: string | null;
  next_quantity: number;
  next_extra_seats: number;
  same_terms: boolean | null;
  product_id: string;
  variant_id: string | null;
  current_period_end_at: string | null;
  anchor_at: string | null;
  interval_count: number;
  obstacle: Obstacle | null;
};

/** Those on a version whose ids come after one, a page of them, as if they were told now. `only`: just this one. */
export async function readMovers(
  tx: Tx,
  versionId: string,
  page: { readonly after?: string; readonly only?: string; readonly limit: number; readonly noticeDays: number },
): Promise<Mover[]> {
  const rows = await tx.execute<Row>(sql`
    select * from (${moversOn(versionId)}) m
    where m.id > ${page.after ?? ""} ${page.only === undefined ? sql`` : sql`and m.id = ${page.only}`}
    order by m.id limit ${page.limit}`);
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  const told = { now: tx.scope.now, noticeDays: page.noticeDays };
  return rows.map((row) => ({
    ...{ id: row.id, organizationId: row.organization_id, organizationName: row.organization_name },
    ...{ payerEmail: row.payer_email, status: row.status, currency: row.currency, interval: row.interval },
    amount: Number(row.amount),
    nextAmount: row.next_amount === null ? null : Number(row.next_amount),
    ...{ nextQuantity: row.next_quantity, nextExtraSeats: row.next_extra_seats },
    sameTerms: row.same_terms === true,
    ...{ productId: row.product_id, variantId: row.variant_id, obstacle: row.obstacle },
    endsAt: instant(row.current_period_end_at),
    at: moveDate(
      {
        ...{ currentPeriodEndAt: instant(row.current_period_end_at), anchorAt: instant(row.anchor_at) },
        ...{ interval: row.interval, intervalCount: row.interval_count },
      },
      told,
    ),
  }));
}

/** How many of each kind, and what they pay together before and after, by currency and interval. */
export type MoveTotal = {
  readonly currency: Mover["currency"];
  readonly interval: Mover["interval"];
  readonly obstacle: Obstacle | null;
  readonly count: number;
  readonly before: number;
  readonly after: number;
};

export async function totalMovers(tx: Tx, versionId: string): Promise<MoveTotal[]> {
  const rows = await tx.execute<{
    currency: Mover["currency"];
    interval: Mover["interval"];
    obstacle: Obstacle | null;
    count: number;
    before: string;
    after: string;
  }>(sql`
    select m.currency, m."interval", m.obstacle, count(*)::int as count, sum(m.amount)::bigint as before,
      sum(coalesce(m.next_amount, m.amount))::bigint as after
    from (${moversOn(versionId)}) m group by 1, 2, 3 order by 1, 2, 3 nulls first`);
  return rows.map(({ before, after, ...row }) => ({ ...row, before: Number(before), after: Number(after) }));
}

/** How many would be moved. */
export const movable = (totals: readonly MoveTotal[]): number =>
  totals.reduce((sum, { obstacle, count }) => (obstacle === null ? sum + count : sum), 0);
