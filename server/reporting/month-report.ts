import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Asked } from "../kernel/input.ts";
import { currentMonth, monthOf, startOf } from "../kernel/shop-days.ts";
import type { monthReportInput } from "./input.ts";
import { type Counted, type MonthFacts, type MonthRow, type MonthSums, monthRows, sumMonths } from "./month-rows.ts";

/** Of a longer stretch the last ten years are told. */
const MOST_MONTHS = 120;
/** Without an end that was asked for: the year that runs up to now. */
const USUAL_MONTHS = 12;
const MONTHS_OF_A_PAGE = 24;

export type MonthReport = {
  readonly items: readonly MonthRow[];
  readonly sums: MonthSums;
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
  readonly total: { readonly count: number; readonly more: boolean };
};

/**
 * What happened with memberships month by month, the newest first: who began and ended, what was charged, refused,
 * recovered and paid back for each currency, how many seats companies bought beside their plans and gave up, and how many mails went out. A charge counts in the month in which it was paid, whatever became of
 * it; what was paid back counts beside it, in its own. A purchase whose first card was refused is no recovery. Whole months of the shop's calendar from the one
 * of `from` to the one of `to`; reads what is there and keeps nothing. `sums` are of the whole stretch, whatever page is
 * asked for. Of more than ten years the last ten are told. Throws `page.bad_cursor` for a cursor that is none.
 */
export async function readMonths(tx: Tx, input: Asked<typeof monthReportInput>): Promise<MonthReport> {
  const months = monthsOf(input, tx.scope.now);
  const rows = monthRows(months, await factsOf(tx, months));
  // Pages of whole months, so that a month's currencies stand together.
  const newest = months.toReversed();
  if (input.direction === "asc") newest.reverse();
  const most = Math.min(input.limit, MONTHS_OF_A_PAGE);
  const from = input.cursor === undefined ? 0 : newest.indexOf(input.cursor);
  if (from < 0) throw new DomainError("page.bad_cursor", "invalid", "This list has changed. Start from its beginning.");
  const shown = newest.slice(from, from + most);
  return {
    items: shown.flatMap((month) => rows.filter((row) => row.month === month)),
    sums: sumMonths(rows),
    nextCursor: newest[from + most] ?? null,
    previousCursor: from === 0 ? null : (newest[Math.max(0, from - most)] ?? null),
    total: { count: rows.length, more: false },
  };
}

/** The months of a stretch in the order of time, as `2026-11`. */
function monthsOf({ from, to }: { from?: string | undefined; to?: string | undefined }, now: Date): string[] {
  const last = numberOf(to ?? currentMonth(now));
  const first = Math.max(from === undefined ? last - USUAL_MONTHS + 1 : numberOf(from), last - MOST_MONTHS + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => textOf(first + index));
}

const numberOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const textOf = (number: number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;

const NOTHING: MonthFacts = {
  ...{
    before: [],
    started: [],
    ended: [],
    lost: [],
    charges: [],
    refusals: [],
    recoveries: [],
    refunds: [],
    moreSeats: [],
    fewerSeats: [],
    mails: [],
  },
};

async function factsOf(tx: Tx, months: readonly string[]): Promise<MonthFacts> {
  const [first, last] = [months.at(0), months.at(-1)];
  if (first === undefined || last === undefined) return NOTHING;
  const begins = startOf(`${first}-01`);
  const ends = startOf(`${textOf(numberOf(last) + 1)}-01`);
  const within = (instant: SQL) => sql`${instant} >= ${begins} and ${instant} < ${ends}`;
  const count = async (instant: SQL, currency: SQL, amount: SQL, from: SQL): Promise<Counted[]> => {
    const rows = await tx.execute<{ month: string; currency: string | null; count: string; amount: string }>(sql`
      select ${monthOf(instant)} as month, ${currency} as currency, count(*) as count, coalesce(sum(${amount}), 0) as amount
      ${from} and ${within(instant)} group by 1, 2`);
    return rows.map((row) => ({ ...row, count: Number(row.count), amount: Number(row.amount) }));
  };
  const nothing = sql`0`;
  const refused = sql`select from payment_attempts a where a.payment_id = p.id and a.outcome = 'declined'`;
  // Who never paid what was due at the start never was a member.
  const began = sql`s.status not in ('incomplete', 'incomplete_expired') and not exists (select from subscription_transitions t
    where t.subject_id = s.id and t.to_state = 'canceled' and t.from_state = 'incomplete')`;
  const members = sql`from subscriptions s where ${began}`;
  // What each change made of the seats that were there before it.
  const seats = sql`from (select h.completed_at, h.currency, coalesce(h.extra_seats, 0)
      - lag(coalesce(h.extra_seats, 0), 1, 0) over (partition by h.subscription_id order by h.completed_at, h.id) as more
    from subscription_changes h where h.kind in ('plan', 'seats') and h.status = 'applied') x`;
  const [before, started, ended, lost, charges, refusals, recoveries, refunds, moreSeats, fewerSeats, mails] =
    await Promise.all([
      tx.execute<{ currency: string; count: string }>(sql`
      select s.currency, count(*) as count ${members}
        and s.started_at < ${begins} and (s.ended_at is null or s.ended_at >= ${begins}) group by 1`),
      count(sql`s.started_at`, sql`s.currency`, nothing, members),
      count(sql`s.ended_at`, sql`s.currency`, nothing, sql`${members} and s.started_at is not null`),
      count(
        sql`s.ended_at`,
        sql`s.currency`,
        nothing,
        sql`${members} and s.started_at is not null and exists (select from subscription_transitions t where t.subject_id = s.id
        and t.to_state = 'canceled' and t.from_state in ('past_due', 'unpaid'))`,
      ),
      count(sql`p.paid_at`, sql`p.currency`, sql`p.amount`, sql`from payments p where p.invoice_id is not null`),
      count(
        sql`a.at`,
        sql`p.currency`,
        nothing,
        sql`from payment_attempts a join payments p on p.id = a.payment_id where p.invoice_id is not null and a.outcome = 'declined'`,
      ),
      count(
        sql`p.paid_at`,
        sql`p.currency`,
        sql`p.amount`,
        sql`from payments p join invoices i on i.id = p.invoice_id where i.reason <> 'subscription_create' and exists (${refused})`,
      ),
      count(
        sql`r.completed_at`,
        sql`r.currency`,
        sql`r.amount`,
        sql`from refunds r join payments p on p.id = r.payment_id where p.invoice_id is not null and r.status = 'succeeded'`,
      ),
      count(sql`x.completed_at`, sql`x.currency`, sql`x.more`, sql`${seats} where x.more > 0`),
      count(sql`x.completed_at`, sql`x.currency`, sql`-x.more`, sql`${seats} where x.more < 0`),
      count(sql`m.sent_at`, sql`null::text`, nothing, sql`from emails m where true`),
    ]);
  return {
    before: before.map((row) => ({ currency: row.currency, count: Number(row.count) })),
    ...{ started, ended, lost, charges, refusals, recoveries, refunds, moreSeats, fewerSeats, mails },
  };
}
