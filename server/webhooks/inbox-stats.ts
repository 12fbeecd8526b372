import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { dayOf } from "../kernel/shop-days.ts";

/** How the inbox did in a stretch of time: our own test events left out. */
export type InboxFigures = {
  readonly received: number;
  /** Of those, how many never came: we found them by asking the provider. */
  readonly found: number;
  /** Dead or discarded. */
  readonly stopped: number;
  /** Milliseconds from received to done, of what was not replayed; null while nothing was done. */
  readonly lagP50: number | null;
  readonly lagP99: number | null;
};

export type InboxStats = InboxFigures & {
  readonly days: 7;
  readonly waiting: number;
  readonly dead: number;
  /** Of those that are decided, how many were handled or rightly ignored; null while none is. */
  readonly successRate: number | null;
  /** How many of those that the provider noted never came by themselves; null while there is none. */
  readonly lossRate: number | null;
  readonly oldestWaitingAt: Date | null;
  readonly lastReceivedAt: Date | null;
  /** The last seven days as the shop counts them (`2026-11-20`), oldest first; the last one is not over. */
  readonly byDay: readonly (InboxFigures & { readonly day: string })[];
};

type Row = Record<"received" | "found" | "waiting" | "dead" | "good" | "bad", string> &
  Record<"day" | "p50" | "p99" | "oldest" | "last", string | null> & { today: string };

const NOTHING: InboxFigures = { received: 0, found: 0, stopped: 0, lagP50: null, lagP99: null };

/** How the inbox has done over the last seven days (technical time), in all and day by day. */
export async function inboxStats(tx: Tx): Promise<InboxStats> {
  const rows = await tx.execute<Row>(sql`
    select day, ${dayOf(sql`now()`)} as today, count(*) as received,
      count(*) filter (where source = 'reconciled') as found,
      count(*) filter (where status in ('received', 'retrying')) as waiting,
      count(*) filter (where status = 'dead') as dead,
      count(*) filter (where status in ('handled', 'ignored')) as good,
      count(*) filter (where status in ('dead', 'discarded')) as bad,
      percentile_cont(0.5) within group (order by lag) filter (where handled_at is not null and not replayed) as p50,
      percentile_cont(0.99) within group (order by lag) filter (where handled_at is not null and not replayed) as p99,
      min(received_at) filter (where status in ('received', 'retrying')) as oldest,
      max(received_at) as last
    from (
      select source, status, received_at, handled_at, extract(epoch from handled_at - received_at) * 1000 as lag, ${dayOf(sql`received_at`)} as day,
        exists (select 1 from webhook_event_transitions t where t.subject_id = e.id and t.event = 'replayed') as replayed
      from webhook_events e where received_at > now() - interval '7 days' and source <> 'self_test'
    ) events group by grouping sets ((), (day)) order by day nulls first`);
  const [all, ...days] = rows;
  const { received, found, stopped, lagP50, lagP99 } = figuresOf(all);
  const good = number(all?.good);
  return {
    ...{ days: 7, received, found, stopped, lagP50, lagP99 },
    waiting: number(all?.waiting),
    dead: number(all?.dead),
    successRate: good + stopped === 0 ? null : good / (good + stopped),
    lossRate: received === 0 ? null : found / received,
    oldestWaitingAt: all?.oldest ? new Date(all.oldest) : null,
    lastReceivedAt: all?.last ? new Date(all.last) : null,
    byDay: all ? lastDays(all.today).map((day) => ({ day, ...figuresOf(days.find((row) => row.day === day)) })) : [],
  };
}

function figuresOf(row: Row | undefined): InboxFigures {
  if (!row) return NOTHING;
  const milliseconds = (value: string | null) => (value === null ? null : Math.round(Number(value)));
  return {
    received: number(row.received),
    found: number(row.found),
    stopped: number(row.bad),
    lagP50: milliseconds(row.p50),
    lagP99: milliseconds(row.p99),
  };
}

/** This day and the six before it. */
function lastDays(today: string): string[] {
  return [6, 5, 4, 3, 2, 1, 0].map((back) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10),
  );
}

function number(value: string | undefined): number {
  return Number(value ?? 0);
}
