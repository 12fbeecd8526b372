import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { type Happened, readHappenings, type TimelinePlace } from "../kernel/happenings.ts";
import { type Page, prefixRange } from "../kernel/page.ts";
import { causeOf } from "../payments/index.ts";
import type { CustomerHappening } from "./customer-timeline.ts";

/** What happens with an organization beside what happens with customers. */
export type OrganizationHappening =
  | CustomerHappening
  | "seat"
  | "member"
  | "invitation"
  | "entitlement"
  | "plan"
  | "change";

const HISTORIES = ["checkout", "order", "payment", "subscription", "invoice", "refund"] as const;
/** What mails of a change tell, which is part of their key. */
const OUTCOMES = `{${["ending", "ended", "trial_again", "kept", "plan_changed", "plan_scheduled", "plan_waits", "plan_failed", "pausing", "resumed", "free", "discount", "keep_too_late", "discount_past", "discount_ended", "price_scheduled", "price_changed", "price_waits", "price_kept", "terms_scheduled", "terms_changed", "seats_changed", "seats_scheduled", "seats_waits", "seats_failed"].join(",")}}`;

/** Past every text that begins like the one before it. */
const END = prefixRange("").to;

/**
 * Everything that happened with an organization, newest first, a page at a time: its plan and why it changed, exceptions with
 * their reasons, its subscription and what was asked of it, bills and every attempt to pay them, seats, members and
 * invitations, the mails as sent, the webhooks that touched it, and what its people and staff did.
 */
export async function organizationTimeline(
  tx: Tx,
  organizationId: string,
  place: TimelinePlace,
): Promise<Page<Happened<OrganizationHappening>>> {
  const histories = HISTORIES.map(
    (noun) => sql`
      select at, ${noun}::text as what, subject_id, event, to_state as state, actor, coalesce(reason, cause) as cause, id as step
      from ${sql.identifier(`${noun}_transitions`)} where subject_id in (select id from things)`,
  );
  const around = sql`
    with mine as (
      select id, stripe_subscription_id as external_id, order_id from subscriptions where organization_id = ${organizationId}
    ), bills as (
      select i.id, i.stripe_invoice_id as external_id from invoices i where i.subscription_id in (select id from mine)
    ), paid as (
      select p.id, p.external_id from payments p where p.invoice_id in (select id from bills)
    ), asked as (
      select c.id, c.kind, c.comment from subscription_changes c where c.subscription_id in (select id from mine)
    ), invited as (
      select i.id, i.role, i.created_at, i.accepted_at, i.withdrawn_at, i.invited_by, i.accepted_by, i.sendings
      from organization_invitations i where i.organization_id = ${organizationId}
    ), newcomers as (
      select r.id, r.user_id, r.created_at, r.answered_at, r.accepted, r.answered_by
      from organization_join_requests r where r.organization_id = ${organizationId}
    ), things as (
      select id, external_id from mine
      union all select id, external_id from bills
      union all select id, external_id from paid
      union all select order_id, null from mine
      union all select id, null from asked
      union all select id, null from invited
      union all select c.id, c.stripe_session_id from checkouts c where c.organization_id = ${organizationId}
      union all select a.id, a.external_id from payment_attempts a where a.payment_id in (select id from paid)
      union all select r.id, r.external_id from refunds r where r.payment_id in (select id from paid)
    ), letters as (
      select e.id from things t join emails e on e.dedupe_key in ('renewal-receipt:' || t.id, 'membership-started:' || t.id, 'order-confirmation:' || t.id, 'refund-made:' || t.id,
        'trial-over:' || t.id, 'payment-recovered:' || t.id)
      union select e.id from asked t cross join unnest(${OUTCOMES}::text[]) told(what) join emails e on e.dedupe_key = 'membership-change:' || t.id || ':' || told.what
      union select e.id from payment_attempts a join emails e on e.dedupe_key = 'payment-failed:' || a.payment_id || ':' || a.external_id
        where a.payment_id in (select id from paid)
      union select e.id from (
          select 'trial-ending:' || id || ':' as start from mine union all select 'payment-locked:' || id || ':' from mine
          union all select 'payer-changed:' || ${organizationId} || ':'
        ) told join emails e on e.dedupe_key >= told.start and e.dedupe_key < told.start || ${END}
      union select e.id from invited t cross join generate_series(1, t.sendings) n join emails e on e.dedupe_key = 'organization-invitation:' || t.id || ':' || n
      union select e.id from (
          select 'organization-newcomer:' || id || ':' as start from newcomers union all select 'organization-answer:' || id from newcomers
        ) told join emails e on e.dedupe_key >= told.start and e.dedupe_key < told.start || ${END}
    ), webhooks as (
      select id, type, status, provider, effect, occurred_at from webhook_events where object_id in (select external_id from things)
    )`;
  const steps = sql`
      ${sql.join(histories, sql` union all `)}
      union all select t.at, 'change', t.subject_id, a.kind, t.to_state, t.actor, coalesce(t.reason, a.comment, t.cause), t.id
        from subscription_change_transitions t join asked a on a.id = t.subject_id
      union all select t.at, 'seat', t.subject_id, t.event, t.to_state, t.actor, coalesce(t.reason, t.cause), t.id
        from seat_transitions t join seats s on s.id = t.subject_id where s.organization_id = ${organizationId}
      union all select joined_at, 'member', id, 'joined', role, 'user:' || user_id, null, 0 from organization_members where organization_id = ${organizationId}
      union all select left_at, 'member', id, 'left', role, 'user:' || user_id, null, 0 from organization_members
        where organization_id = ${organizationId} and left_at is not null
      union all select created_at, 'member', id, 'asked', null, 'user:' || user_id, null, 0 from newcomers
        where accepted is null or answered_by is not null
      union all select answered_at, 'member', id, 'refused', null, 'user:' || answered_by, null, 0 from newcomers where not accepted
      union all select created_at, 'invitation', id, 'sent', role, 'user:' || invited_by, null, 0 from invited
      union all select accepted_at, 'invitation', id, 'accepted', role, 'user:' || accepted_by, null, 0 from invited where accepted_at is not null
      union all select withdrawn_at, 'invitation', id, 'withdrawn', role, null, null, 0 from invited where withdrawn_at is not null
      union all select created_at, 'entitlement', id, feature, value #>> '{}', created_by, reason, 0 from entitlements
        where organization_id = ${organizationId} and source = 'override'
      union all select replaced_at, 'entitlement', id, feature, 'ended', null, reason, 0 from entitlements
        where organization_id = ${organizationId} and source = 'override' and replaced_at is not null
      union all select at, 'plan', coalesce(substring(cause_event from 'sub_[[:alnum:]_]+$'), id), to_plan, coalesce(from_plan, ''), null, cause_event,
        hashtext(id) & 2147483647 from runs.telemetry where organization_id = ${organizationId}
      union all select at, 'attempt', id, outcome, null, null, decline_code, 0 from payment_attempts where id in (select id from things)
      union all select created_at, 'mail', id, template, status, null, cause, 0 from emails where id in (select id from letters)
      union all select occurred_at, 'webhook', id, type, status, provider, effect, 0 from webhooks
      union all select at, 'staff', subject, action, null, actor, reason, hashtext(id) & 2147483647 from audit_entries
        where subject = ${organizationId} or subject in (select id from things)`;
  return readHappenings<OrganizationHappening>(tx, { around, steps }, place, causeOf);
}
