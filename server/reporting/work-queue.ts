import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import { declineClass } from "../payments/index.ts";
import { WORK_KINDS, WORK_SOURCES, type WorkKind } from "./work-sources.ts";

export type { WorkKind };

type Texts = { readonly sv: string; readonly en: string };

/** Something that waits for a person: what, whose, how much money is in it, since when. */
export type WorkItem = {
  readonly kind: WorkKind;
  /** The id of the thing to open. */
  readonly id: string;
  /** What a person recognises it by: an order number, an event type, an address. */
  readonly subject: string;
  readonly detail: string | null;
  readonly amount: number | null;
  readonly currency: Currency | null;
  readonly since: Date;
  /** Of a failing payment: how often it was tried, when next, and why it failed. */
  readonly failing: {
    readonly attempts: number;
    readonly nextAttemptAt: Date | null;
    readonly declineClass: ReturnType<typeof declineClass> | null;
  } | null;
  /** Of an organization that is over its seats. */
  readonly seats: { readonly claimed: number; readonly allowed: number } | null;
  /** Of what is running out: how many are left, and what it is called, the product first. */
  readonly stock: { readonly left: number; readonly names: readonly Texts[] } | null;
};

export type WorkQueue = {
  readonly items: readonly WorkItem[];
  /** How many there are in all, counted up to {@link COUNTED}. */
  readonly counts: Readonly<Record<WorkKind, number>>;
  /** Proof of life beside an empty queue. */
  readonly eventsToday: number;
  readonly checkedAt: Date;
};

type Row = {
  kind: WorkKind;
  id: string;
  subject: string;
  detail: string | null;
  amount: string | null;
  currency: Currency | null;
  since: string;
};

const PER_KIND = 50;
const COUNTED = 1_000;

/**
 * What needs a person now, most money first and then the oldest; the fifty oldest of each kind, and how many there are of
 * each. Every source is read from an index and stops early, so the page costs the same however bad the day is.
 */
export async function readWorkQueue(tx: Tx): Promise<WorkQueue> {
  const { now } = tx.scope;
  const oldest = WORK_KINDS.map(
    (kind) => sql`
      (select ${kind}::text as kind, w.* from (${WORK_SOURCES[kind].rows(now)}) w order by w.since, w.id limit ${PER_KIND})`,
  );
  const rows = await tx.execute<Row>(
    sql`select * from (${sql.join(oldest, sql` union all `)}) q order by amount desc nulls last, since, id`,
  );
  const [today] = await tx.execute<{ events: string }>(
    sql`select count(*) as events from webhook_events where received_at >= date_trunc('day', now())`,
  );
  return {
    items: rows.map(({ amount, since, ...row }) => ({
      ...row,
      ...told(row),
      amount: amount === null ? null : Number(amount),
      since: new Date(since),
    })),
    counts: await countWork(tx),
    eventsToday: Number(today?.events ?? 0),
    checkedAt: now,
  };
}

type Told = Pick<WorkItem, "detail" | "failing" | "seats" | "stock">;

/** What some kinds say in figures, which the page puts in words. */
function told({ kind, detail }: Pick<Row, "kind" | "detail">): Told {
  const [first = "", second = "", third = ""] = (detail ?? "").split("|");
  if (kind === "membership_past_due") {
    const nextAttemptAt = second === "" ? null : new Date(second);
    const why = third === "" ? null : declineClass(third);
    return {
      detail: null,
      failing: { attempts: Number(first), nextAttemptAt, declineClass: why },
      seats: null,
      stock: null,
    };
  }
  if (kind === "seats_over")
    return { detail: null, failing: null, seats: { claimed: Number(first), allowed: Number(second) }, stock: null };
  if (kind === "stock_low") {
    const names = JSON.parse((detail ?? "").slice(first.length + 1)) as Texts[];
    return { detail: null, failing: null, seats: null, stock: { left: Number(first), names } };
  }
  return { detail, failing: null, seats: null, stock: null };
}

/** How many things of each kind wait for a person, counted up to a thousand. */
export async function countWork(tx: Tx): Promise<WorkQueue["counts"]> {
  const counted = WORK_KINDS.map(
    (kind) => sql`
      select ${kind}::text as kind, count(*)::int as waiting
        from (select 1 from (${WORK_SOURCES[kind].rows(tx.scope.now)}) w limit ${COUNTED}) c`,
  );
  const rows = await tx.execute<{ kind: WorkKind; waiting: number }>(sql.join(counted, sql` union all `));
  return Object.fromEntries(rows.map((row) => [row.kind, row.waiting])) as Record<WorkKind, number>;
}
