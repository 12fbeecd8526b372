import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";

export type SearchHit = {
  readonly kind: "customer" | "order" | "subscription" | "payment" | "invoice" | "webhook_event" | "campaign" | "email";
  readonly id: string;
  /** What a person recognises it by. */
  readonly label: string;
  /** Where a payment or invoice belongs: the order or subscription to open. */
  readonly parentId: string | null;
};

const LIMIT = 8;

/**
 * Finds by what people paste or type: an e-mail address or name, an order number, any id of ours or of a provider
 * (`pi_…`, `ch_…`, `sub_…`, `in_…`, `evt_…`, `cs_…`, `cus_…`), the last four digits of a card. At most eight of each kind.
 */
export async function search(tx: Tx, query: string): Promise<SearchHit[]> {
  const q = query.trim();
  const prefix = `${q.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`;
  const anywhere = `%${prefix}`;
  const card = /^\d{4}$/.test(q) ? q : null;
  const rows = await tx.execute<{ kind: SearchHit["kind"]; id: string; label: string; parent_id: string | null }>(sql`
    (select 'order' as kind, o.id, o.number as label, null as parent_id from orders o
       left join checkouts c on c.id = o.checkout_id
       where o.number ilike ${prefix} or o.id = ${q} or o.email ilike ${prefix} or c.stripe_session_id = ${q} or c.id = ${q} order by o.placed_at desc limit ${LIMIT})
    union all
    (select 'customer', c.id, coalesce(c.name || ' · ', '') || c.email, null from customers c left join provider_customers p on p.customer_id = c.id
       where c.merged_into_id is null and (c.email ilike ${prefix} or c.name ilike ${anywhere} or c.id = ${q} or p.external_id = ${q})
       group by c.id order by c.created_at desc limit ${LIMIT})
    union all
    (select 'subscription', s.id, s.stripe_subscription_id, null from subscriptions s where s.id = ${q} or s.stripe_subscription_id = ${q} limit ${LIMIT})
    union all
    (select 'payment', p.id, p.external_id, p.order_id from payments p
       where p.id = ${q} or p.external_id = ${q} or (${card}::text is not null and p.card_last4 = ${card})
          or exists (select 1 from payment_attempts a where a.payment_id = p.id and a.external_id = ${q})
       order by p.created_at desc limit ${LIMIT})
    union all
    (select 'invoice', i.id, coalesce(i.number, i.stripe_invoice_id), i.subscription_id from invoices i
       where i.id = ${q} or i.stripe_invoice_id = ${q} or i.number = ${q} limit ${LIMIT})
    union all
    (select 'webhook_event', w.id, w.type || ' · ' || w.external_id, null from webhook_events w where w.external_id = ${q} or w.id = ${q} or w.object_id = ${q}
       order by w.received_at desc limit ${LIMIT})
    union all
    (select 'campaign', c.id, c.name, null from campaigns c where c.id = ${q} or c.name ilike ${anywhere} limit ${LIMIT})
    union all
    (select 'email', e.id, e.template || ' · ' || e.to_address, null from emails e where e.id = ${q} or e.message_id = ${q} limit ${LIMIT})`);
  return rows.map(({ kind, id, label, parent_id }) => ({ kind, id, label, parentId: parent_id }));
}
