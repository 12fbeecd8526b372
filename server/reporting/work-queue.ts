import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import { PRICE_UNUSED_ALERT } from "../pricing/index.ts";

export const WORK_KINDS = [
  "payment_unknown",
  "withdrawal_review",
  "refund_failed",
  "webhook_dead",
  "alert",
  "email_failed",
  "campaign_price_unusable",
  "awaiting_fulfilment",
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

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
};

export type WorkQueue = {
  readonly items: readonly WorkItem[];
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
  of_kind: string;
};

const PER_KIND = 50;

/** What needs a person now, oldest first within its kind, at most 50 of each; the counts say how many there are in all. */
export async function readWorkQueue(tx: Tx): Promise<WorkQueue> {
  const rows = await tx.execute<Row>(sql`
    with work as (
      select 'payment_unknown' as kind, p.id, coalesce(o.number, p.external_id) as subject, p.external_id as detail, p.amount, p.currency, p.created_at as since
        from payments p left join orders o on o.id = p.order_id where p.status = 'unknown'
      union all
      select 'payment_unknown', c.id, c.id, null, c.total_amount, c.currency, c.created_at from checkouts c where c.status = 'unknown'
      union all
      select 'withdrawal_review', o.id, o.number, w.review_reason, w.refund_amount, w.currency, w.received_at
        from withdrawals w join orders o on o.id = w.order_id where w.status = 'needs_review'
      union all
      select 'refund_failed', o.id, o.number, r.failure_code, r.amount, r.currency, r.created_at
        from refunds r join orders o on o.id = r.order_id where r.status = 'failed' and r.withdrawal_id is null
          and not exists (select 1 from refunds later where later.order_id = r.order_id and later.status = 'succeeded' and later.created_at > r.created_at)
      union all
      select 'payment_unknown', o.id, o.number, p.external_id, r.amount, r.currency, r.created_at
        from refunds r join payments p on p.id = r.payment_id join orders o on o.id = r.order_id where r.status = 'unknown'
      union all
      select 'webhook_dead', w.id, w.type, w.last_error, null, null, w.received_at from webhook_events w where w.status = 'dead'
      union all
      select 'alert', a.id, a.kind, a.detail, null, null, a.raised_at from alerts a
        where a.resolved_at is null and a.kind <> ${PRICE_UNUSED_ALERT}
      union all
      select 'email_failed', e.id, e.template, e.last_error, null, null, e.created_at from emails e where e.status = 'failed'
      union all
      select 'campaign_price_unusable', c.id, c.name, a.detail, null, null, a.raised_at
        from alerts a join campaigns c on c.id = a.subject
        where a.kind = ${PRICE_UNUSED_ALERT} and a.resolved_at is null
          and c.status = 'active' and (c.end_at is null or c.end_at >= ${tx.scope.now.toISOString()})
      union all
      select 'awaiting_fulfilment', o.id, o.number, null, o.total_amount, o.currency, f.created_at
        from fulfilments f join orders o on o.id = f.order_id where f.status in ('not_started', 'stopped')
    ), ranked as (
      select work.*, count(*) over (partition by kind) as of_kind, row_number() over (partition by kind order by since, id) as place from work
    )
    select kind, id, subject, detail, amount, currency, since, of_kind from ranked where place <= ${PER_KIND} order by since, id`);
  const [today] = await tx.execute<{ events: string }>(
    sql`select count(*) as events from webhook_events where received_at >= date_trunc('day', now())`,
  );
  const counts = Object.fromEntries(WORK_KINDS.map((kind) => [kind, 0])) as Record<WorkKind, number>;
  for (const row of rows) counts[row.kind] = Number(row.of_kind);
  return {
    items: rows.map(({ kind, id, subject, detail, amount, currency, since }) => ({
      kind,
      id,
      subject,
      detail,
      amount: amount === null ? null : Number(amount),
      currency,
      since: new Date(since),
    })),
    counts,
    eventsToday: Number(today?.events ?? 0),
    checkedAt: tx.scope.now,
  };
}
