import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { type Happened, readHappenings, type TimelinePlace } from "../kernel/happenings.ts";
import type { Page } from "../kernel/page.ts";
import { causeOf } from "../payments/index.ts";

/** What happens with a customer. Of credits `state` says by how many they changed. */
export type CustomerHappening =
  | "checkout"
  | "order"
  | "payment"
  | "subscription"
  | "invoice"
  | "refund"
  | "withdrawal"
  | "attempt"
  | "fulfilment"
  | "mail"
  | "webhook"
  | "staff"
  | "ledger"
  | "credits"
  | "top_up"
  | "note"
  | "change"
  | "member";

const HISTORIES = [
  "checkout",
  "order",
  "payment",
  "subscription",
  "invoice",
  "refund",
  "withdrawal",
  "fulfilment",
] as const;
/** As in the index `credit_operations_but_uses`. */
const NOT_USES = sql.raw(
  "('grant', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt', 'forgive_debt', 'restore')",
);
/** A purchase that was charged by itself is told as one. */
const purchaseKind = sql`case when exists (select 1 from checkouts c where c.id = subject_id and c.top_up_card is not null)
  then 'top_up' else 'checkout' end`;

/**
 * Everything that happened with a customer, newest first, a page at a time: what their purchases went through, every attempt to
 * pay, what was taken back and paid back, what was booked, credits as they came and were taken (not each use), the mails as sent, the webhooks that touched them, what staff did
 * about any of it and what they noted.
 */
export async function customerTimeline(
  tx: Tx,
  customerId: string,
  place: TimelinePlace,
): Promise<Page<Happened<CustomerHappening>>> {
  const histories = HISTORIES.map(
    (noun) => sql`
      select at, ${noun === "checkout" ? purchaseKind : sql`${noun}::text`} as what, subject_id, event, to_state as state, actor, coalesce(reason, cause) as cause, id as step
      from ${sql.identifier(`${noun}_transitions`)} where subject_id in (select id from things)`,
  );
  const around = sql`
    with things as (
      select id, stripe_session_id as external_id from checkouts where customer_id = ${customerId}
      union all select c.id, c.stripe_session_id from checkouts c join orders o on o.checkout_id = c.id where o.customer_id = ${customerId} and c.customer_id is null
      union all select id, null from orders where customer_id = ${customerId}
      union all select id, external_id from payments where customer_id = ${customerId}
      union all select id, stripe_subscription_id from subscriptions where customer_id = ${customerId}
      union all select id, stripe_invoice_id from invoices where customer_id = ${customerId}
      union all select a.id, a.external_id from payment_attempts a join payments p on p.id = a.payment_id where p.customer_id = ${customerId}
      union all select r.id, r.external_id from refunds r join payments p on p.id = r.payment_id where p.customer_id = ${customerId}
      union all select id, null from withdrawals where customer_id = ${customerId}
      union all select id, null from fulfilments where customer_id = ${customerId}
      union all select id, null from emails where customer_id = ${customerId}
      union all select customer_id, external_id from provider_customers where customer_id = ${customerId}
    ), webhooks as (
      select id, type, status, provider, effect, occurred_at from webhook_events where object_id in (select external_id from things)
    )`;
  const steps = sql`
      ${sql.join(histories, sql` union all `)}
      union all select at, 'attempt', id, outcome, null, null, decline_code, 0 from payment_attempts where id in (select id from things)
      union all select at, 'credits', id, kind, (case when kind in ('grant', 'restore', 'forgive_debt') then credits else -credits end)::text, actor, reason, 0
        from credit_operations where customer_id = ${customerId} and kind in ${NOT_USES}
      union all select created_at, 'mail', id, template, status, null, cause, 0 from emails where customer_id = ${customerId}
      union all select occurred_at, 'webhook', id, type, status, provider, effect, 0 from webhooks
      union all select at, 'ledger', id, kind, null, null, null, 0 from ledger_postings where source in (select id from things)
      union all select t.at, 'change', t.subject_id, c.kind, t.to_state, t.actor, coalesce(t.reason, c.comment, t.cause), t.id
        from subscription_change_transitions t join subscription_changes c on c.id = t.subject_id
        where c.subscription_id in (select id from subscriptions where customer_id = ${customerId})
      union all select m.joined_at, 'member', m.organization_id, 'joined', m.role, o.name, null, 0
        from customers me join organization_members m on m.user_id = me.user_id join organizations o on o.id = m.organization_id and o.kind = 'company' where me.id = ${customerId}
      union all select m.left_at, 'member', m.organization_id, 'left', m.role, o.name, null, 0
        from customers me join organization_members m on m.user_id = me.user_id join organizations o on o.id = m.organization_id and o.kind = 'company'
        where me.id = ${customerId} and m.left_at is not null
      union all select at, 'note', id, text, null, 'staff:' || author_id, null, 0 from customer_notes where about_id = ${customerId}
      union all select at, 'staff', subject, action, null, actor, reason, hashtext(id) & 2147483647 from audit_entries
        where subject = ${customerId} or subject in (select id from things) or subject in (select id from webhooks)`;
  return readHappenings<CustomerHappening>(tx, { around, steps }, place, causeOf);
}
