import { type SQL, sql } from "drizzle-orm";
import { OVER_SEATS_ALERT } from "../entitlements/index.ts";
import { PAYOUT_FAILED_ALERT, REFUND_RETURNED_ALERT } from "../payments/index.ts";
import { PRICE_UNUSED_ALERT } from "../pricing/index.ts";
import { SECOND_TRIAL_ALERT } from "../subscriptions/index.ts";

/** Alerts of these kinds are told by a source of their own, with the thing itself and the money in it. */
const TOLD_ELSEWHERE = [
  PRICE_UNUSED_ALERT,
  OVER_SEATS_ALERT,
  SECOND_TRIAL_ALERT,
  PAYOUT_FAILED_ALERT,
  "webhooks.stopped",
  "messaging.email_failed",
  "reconciliation.drift",
];
const OF_PURCHASES = ["checkout.mismatch", "checkout.paid_twice", "orders.paid_after_cancellation"];

/** Goods that were paid for and have not been begun wait for a person after this long. */
const FULFILMENT_PATIENCE = "24 hours";

/** What was said to be taken back without a link, and nobody confirmed, waits for a person after this long. */
const CONFIRMATION_PATIENCE = "24 hours";

/** So many that no order was found for are counted. */
const UNMATCHED_COUNTED = sql.raw("1000");

/** So few left of a variant that more should be ordered. */
const LOW_STOCK = 3;

/**
 * One kind of thing that waits for a person. `rows` selects `id, subject, detail, amount, currency, since`, from an index:
 * it is read at every look at the home page. `id` is the thing to open; `subject` is what a person knows it by.
 */
type WorkSource = { readonly rows: (now: Date) => SQL };

const list = (words: readonly string[]) =>
  sql.join(
    words.map((word) => sql`${word}`),
    sql`, `,
  );

/**
 * Everything that can wait for a person. A domain adds a source here; the compiler then asks for its words
 * (`queue.kind.…`, `queue.do.…`) and for the address where it is acted on (`app/lib/office/work-href.ts`).
 */
export const WORK_SOURCES = {
  payment_unknown: {
    rows: () => sql`
      select p.id, coalesce(o.number, p.external_id) as subject, p.external_id as detail, p.amount, p.currency, p.created_at as since
        from payments p left join orders o on o.id = p.order_id where p.status = 'unknown'
      union all
      select c.id, c.id, null, c.total_amount, c.currency, c.created_at from checkouts c where c.status = 'unknown'
      union all
      select o.id, o.number, p.external_id, r.amount, r.currency, r.created_at
        from refunds r join payments p on p.id = r.payment_id join orders o on o.id = r.order_id where r.status = 'unknown'`,
  },
  withdrawal_review: {
    rows: () => sql`
      select o.id, o.number as subject, w.review_reason as detail, w.refund_amount as amount, w.currency, w.received_at as since
        from withdrawals w join orders o on o.id = w.order_id where w.status = 'needs_review'`,
  },
  withdrawal_statement: {
    rows: (now) => sql`
      select s.id, o.number as subject, case when s.may_mail then s.status else 'not_mailed' end as detail,
          o.total_amount as amount, o.currency, s.received_at as since
        from withdrawal_statements s join orders o on o.id = s.order_id
        where s.status = 'unconfirmed' and (not s.may_mail
          or s.received_at < ${now.toISOString()}::timestamptz - ${sql.raw(`interval '${CONFIRMATION_PATIENCE}'`)})`,
  },
  // One case however many there are: anybody can make them, and no order's money is in them. The oldest thousand are looked at.
  withdrawal_unmatched: {
    rows: () => sql`
      select 'unmatched' as id, case when count(*) > ${UNMATCHED_COUNTED} then ${UNMATCHED_COUNTED} || '+' else count(*)::text end as subject,
          case when bool_or(not may_mail) then 'not_mailed' end as detail, null::bigint as amount, null::text as currency, min(received_at) as since
        from (select received_at, may_mail from withdrawal_statements where status = 'unmatched' order by received_at limit ${UNMATCHED_COUNTED} + 1) s
        having count(*) > 0`,
  },
  credits_spent: {
    rows: () => sql`
      select r.id, c.email as subject, r.spent_credits::text as detail, null::bigint as amount, null::text as currency, r.created_at as since
        from credit_reclaims r join customers c on c.id = r.customer_id where r.decision is null and r.undone_at is null and r.spent_credits > 0`,
  },
  credits_waiting: {
    rows: () => sql`
      select a.id, c.email as subject, a.reason as detail, null::bigint as amount, null::text as currency, a.requested_at as since
        from credit_adjustments a join customers c on c.id = a.customer_id where a.decision is null`,
  },
  refund_failed: {
    rows: () => sql`
      select o.id, o.number as subject, r.failure_code as detail, r.amount, r.currency, r.created_at as since
        from refunds r join orders o on o.id = r.order_id where r.status = 'failed' and r.withdrawal_id is null
          and not exists (select 1 from refunds later
            where later.payment_id = r.payment_id and later.status = 'succeeded' and later.created_at > r.created_at)
          and not exists (select 1 from payments p join alerts a on a.kind = ${REFUND_RETURNED_ALERT} and a.subject = p.external_id || ' ' || r.id
            where p.id = r.payment_id)`,
  },
  payout_failed: {
    rows: () => sql`
      select a.subject as id, a.subject, a.detail, a.amount, a.currency, a.raised_at as since
        from alerts a where a.kind = ${PAYOUT_FAILED_ALERT} and a.resolved_at is null`,
  },
  checkout_mismatch: {
    rows: () => sql`
      select coalesce(o.id, c.id, a.subject) as id, coalesce(o.number, a.subject) as subject, a.detail,
          coalesce(o.total_amount, c.total_amount) as amount, coalesce(o.currency, c.currency) as currency, a.raised_at as since
        from alerts a left join checkouts c on c.id = a.subject left join orders o on o.id = a.subject or o.checkout_id = c.id
        where a.resolved_at is null and a.kind in (${list(OF_PURCHASES)})`,
  },
  membership_past_due: {
    rows: () => sql`
      select s.id, coalesce(o.name, payer.email, cu.email) as subject,
          concat_ws('|', coalesce(tried.attempts, 0), coalesce(to_char(i.next_payment_attempt_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), ''),
            coalesce(tried.code, '')) as detail,
          coalesce(i.total_amount - i.amount_paid, s.amount) as amount, coalesce(i.currency, s.currency) as currency,
          coalesce(i.created_at, s.current_period_start_at, s.created_at) as since
        from subscriptions s join customers cu on cu.id = s.customer_id
          left join organizations o on o.id = s.organization_id left join customers payer on payer.id = o.billing_customer_id
          left join lateral (select b.id, b.total_amount, b.amount_paid, b.currency, b.created_at, b.next_payment_attempt_at from invoices b
            where b.subscription_id = s.id and b.status in ('open', 'uncollectible') order by b.created_at desc limit 1) i on true
          left join lateral (select count(*)::int as attempts, (array_agg(a.decline_code order by a.at desc, a.id desc))[1] as code
            from payments p join payment_attempts a on a.payment_id = p.id where p.invoice_id = i.id) tried on true
        where s.status in ('past_due', 'unpaid')`,
  },
  seats_over: {
    rows: () => sql`
      select o.id, o.name as subject, concat_ws('|', taken.claimed, app.seats_allowed(o.id)) as detail, null::bigint as amount, null::text as currency,
          a.raised_at as since
        from alerts a join organizations o on o.id = a.subject and o.closed_at is null
          cross join lateral (select count(*)::int as claimed from seats s where s.organization_id = o.id and s.status = 'claimed') taken
        where a.kind = ${OVER_SEATS_ALERT} and a.resolved_at is null and taken.claimed > app.seats_allowed(o.id)`,
  },
  move_failed: {
    rows: () => sql`
      select step.migration_id || ':' || step.id as id, coalesce(o.name, cu.email) as subject, c.failure_code as detail, coalesce(c.amount, s.amount) as amount, s.currency, c.completed_at as since
        from subscription_changes c join plan_migration_steps step on step.change_id = c.id
          join subscriptions s on s.id = c.subscription_id join customers cu on cu.id = s.customer_id
          left join organizations o on o.id = s.organization_id
        where c.status = 'failed' and c.plan_version_id is not null and s.ended_at is null and s.plan_version_id <> c.plan_version_id
          and step.undo_reason is null
          and not exists (select 1 from subscription_changes later where later.subscription_id = c.subscription_id
            and later.created_at > c.created_at and later.status in ('scheduled', 'applied'))`,
  },
  move_not_undone: {
    rows: () => sql`
      select step.migration_id || ':' || step.id as id, coalesce(o.name, cu.email) as subject, coalesce(undo.failure_code, step.undo_obstacle) as detail,
          coalesce(c.amount, s.amount) as amount, s.currency, coalesce(undo.completed_at, c.created_at) as since
        from plan_migration_steps step join subscription_changes c on c.id = step.change_id and c.status = 'scheduled'
          left join subscription_changes undo on undo.id = step.undo_change_id
          join subscriptions s on s.id = c.subscription_id join customers cu on cu.id = s.customer_id
          left join organizations o on o.id = s.organization_id
        where c.plan_version_id is not null and (undo.status = 'failed' or step.undo_obstacle is not null)`,
  },
  second_trial: {
    rows: () => sql`
      select s.id, coalesce(o.name, cu.email) as subject, null::text as detail, s.amount, s.currency, a.raised_at as since
        from alerts a join subscriptions s on s.id = a.subject join customers cu on cu.id = s.customer_id
          left join organizations o on o.id = s.organization_id
        where a.kind = ${SECOND_TRIAL_ALERT} and a.resolved_at is null and s.ended_at is null`,
  },
  drift: {
    rows: () => sql`
      select d.id, d.object as subject, d.field || ': ' || coalesce(d.ours, '–') || ' / ' || coalesce(d.theirs, '–') as detail,
          null::bigint as amount, null as currency, d.found_at as since
        from drifts d where d.healed_at is null`,
  },
  webhook_dead: {
    rows: () => sql`
      select w.id, w.type as subject, w.last_error as detail, null::bigint as amount, null as currency, w.received_at as since
        from webhook_events w where w.status = 'dead'`,
  },
  job_failed: {
    rows: () => sql`
      select j.id, j.task as subject, j.error as detail, null::bigint as amount, null as currency, j.at as since from app.failed_jobs() j`,
  },
  alert: {
    rows: () => sql`
      select a.id, a.kind as subject, a.detail, a.amount, a.currency, a.raised_at as since from alerts a
        where a.resolved_at is null and a.kind not in (${list([...TOLD_ELSEWHERE, ...OF_PURCHASES])})`,
  },
  email_failed: {
    rows: () => sql`
      select e.id, e.template as subject, e.last_error as detail, null::bigint as amount, null as currency, e.created_at as since
        from emails e where e.status = 'failed'`,
  },
  campaign_price_unusable: {
    rows: (now) => sql`
      select c.id, c.name as subject, a.detail, null::bigint as amount, null as currency, a.raised_at as since
        from alerts a join campaigns c on c.id = a.subject
        where a.kind = ${PRICE_UNUSED_ALERT} and a.resolved_at is null
          and c.status = 'active' and (c.end_at is null or c.end_at >= ${now.toISOString()}::timestamptz)`,
  },
  stock_low: {
    rows: (now) => sql`
      select v.product_id as id, v.sku as subject,
          sum(l.on_hand - l.reserved) || '|' || (jsonb_build_array(p.name) || coalesce((select jsonb_agg(v.options -> o.name order by o.place)
            from jsonb_array_elements_text(p.option_names) with ordinality o (name, place) where v.options ? o.name), '[]')) as detail, null::bigint as amount, null as currency,
          coalesce((select max(m.at) from stock_movements m where m.variant_id = v.id), ${now.toISOString()}::timestamptz) as since
        from stock_levels l join variants v on v.id = l.variant_id join products p on p.id = v.product_id
        where v.active group by v.id, p.id having sum(l.on_hand - l.reserved) <= ${LOW_STOCK}`,
  },
  awaiting_fulfilment: {
    rows: (now) => sql`
      select o.id, o.number as subject, null as detail, o.total_amount as amount, o.currency, f.created_at as since
        from fulfilments f join orders o on o.id = f.order_id
        where f.status = 'stopped' or (f.status = 'not_started'
          and f.created_at < ${now.toISOString()}::timestamptz - ${sql.raw(`interval '${FULFILMENT_PATIENCE}'`)})`,
  },
} as const satisfies Record<string, WorkSource>;

export type WorkKind = keyof typeof WORK_SOURCES;
export const WORK_KINDS = Object.keys(WORK_SOURCES) as WorkKind[];
