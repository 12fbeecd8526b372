import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { named, namesIn } from "../kernel/names.ts";
import { causeOf } from "../payments/index.ts";

/** Something that happened to an order, oldest first. `actor` and `cause` are ids and short English, no personal data. */
export type TimelineEntry = {
  readonly at: Date;
  readonly what:
    | "checkout"
    | "order"
    | "payment"
    | "attempt"
    | "refund"
    | "withdrawal"
    | "withdrawal_statement"
    | "fulfilment"
    | "mail"
    | "webhook"
    | "staff"
    | "ledger";
  readonly subjectId: string;
  /** The event's name in its lifecycle, the attempt's outcome, the mail's template, the webhook's type, what staff did, or what was booked. */
  readonly event: string;
  readonly state: string | null;
  readonly actor: string | null;
  /** The actor by name. */
  readonly who: string | null;
  readonly cause: string | null;
};

/** Equal instants are usual: what one look found happened in it. Then they stand in this order, and webhooks before what they caused. */
const ORDER = [
  "webhook",
  "checkout",
  "order",
  "payment",
  "attempt",
  "withdrawal_statement",
  "withdrawal",
  "refund",
  "fulfilment",
  "ledger",
  "staff",
  "mail",
];
const HISTORIES = [
  "checkout",
  "order",
  "payment",
  "withdrawal",
  "withdrawal_statement",
  "refund",
  "fulfilment",
] as const;

/**
 * What happened to an order, oldest first: its checkout, payments and every attempt, refunds and withdrawals, goods, the
 * webhooks about any of them, what was booked, what staff did, and the mails that told of it; also of the renewals of its
 * membership whose money went back. The order of equal instants is always the same.
 */
export async function orderTimeline(tx: Tx, orderId: string): Promise<TimelineEntry[]> {
  const histories = HISTORIES.map(
    (noun) => sql`
      select at, ${noun}::text as what, subject_id, event, to_state as state, actor, coalesce(reason, cause) as cause, id as step
      from ${sql.identifier(`${noun}_transitions`)} where subject_id in (select id from things)`,
  );
  const ranks = sql.join(
    ORDER.map((what) => sql`${what}::text`),
    sql`, `,
  );
  const rows = await tx.execute<{
    at: string;
    what: TimelineEntry["what"];
    subject_id: string;
    event: string;
    state: string | null;
    actor: string | null;
    cause: string | null;
  }>(sql`
    with things as (
      select id, null as external_id from orders where id = ${orderId}
      union all select c.id, c.stripe_session_id from checkouts c join orders o on o.checkout_id = c.id where o.id = ${orderId}
      union all select id, external_id from payments where order_id = ${orderId}
        or id in (select payment_id from refunds where order_id = ${orderId})
      union all select a.id, a.external_id from payment_attempts a join payments p on p.id = a.payment_id where p.order_id = ${orderId}
      union all select id, external_id from refunds where order_id = ${orderId}
      union all select id, null from withdrawals where order_id = ${orderId}
      union all select id, null from withdrawal_statements where order_id = ${orderId}
      union all select id, null from fulfilments where order_id = ${orderId}
    ), webhooks as (
      select id, type, status, provider, effect, occurred_at from webhook_events where object_id in (select external_id from things)
    ), mails as (
      select e.id, e.template, e.status, e.cause, e.created_at from emails e join orders o on o.customer_id = e.customer_id
      where o.id = ${orderId} and (split_part(e.dedupe_key, ':', 2) in (select id from things)
        or e.dedupe_key like 'membership-started:%' and split_part(e.dedupe_key, ':', 2) in (select id from subscriptions where order_id = ${orderId}))
    )
    select at, what, subject_id, event, state, actor, cause from (
      ${sql.join(histories, sql` union all `)}
      union all select a.at, 'attempt', a.id, a.outcome, null, null, a.decline_code, 0 from payment_attempts a where a.id in (select id from things)
      union all select created_at, 'mail', id, template, status, null, cause, 0 from mails
      union all select occurred_at, 'webhook', id, type, status, provider, effect, 0 from webhooks
      union all select at, 'ledger', id, kind, null, null, null, 0 from ledger_postings where source in (select id from things)
      union all select at, 'staff', subject, action, null, actor, reason, 0 from audit_entries
        where actor like 'staff:%' and subject in (select id from things union all select id from webhooks union all select id from mails)
    ) happened order by at, array_position(array[${ranks}], what), step, subject_id, event`);
  const names = await namesIn(
    tx,
    rows.flatMap(({ actor, cause }) => [actor, cause]),
  );
  return rows.map(({ at, subject_id, cause, ...row }) =>
    named({ ...row, cause: causeOf(row.what, cause), subjectId: subject_id, at: new Date(at) }, names),
  );
}
