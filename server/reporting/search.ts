import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { prefixRange } from "../kernel/page.ts";
import { customersFoundBy } from "./customer-list.ts";

export type SearchKind =
  | "customer"
  | "order"
  | "subscription"
  | "payment"
  | "invoice"
  | "payout"
  | "webhook_event"
  | "campaign"
  | "product"
  | "offer"
  | "email";

export type SearchHit = {
  readonly kind: SearchKind;
  readonly id: string;
  /** What a person recognises it by. */
  readonly label: string;
  /** Where a payment or invoice belongs: the order or subscription to open. */
  readonly parentId: string | null;
};

const LIMIT = 8;

type Words = {
  readonly q: string;
  readonly upper: Range;
  readonly card: string | null;
  /** What a coupon at the provider takes off, by its id: offers with the same share and months have one together. */
  readonly coupon: { readonly bps: number; readonly months: number } | null;
  readonly locale: "sv" | "en";
};
type Range = ReturnType<typeof prefixRange>;

const begins = (column: SQL, { from, to }: Range) => sql`${column} ~>=~ ${from} and ${column} ~<~ ${to}`;

/** One question per kind: rows of `id, label, parent_id`, each part answered by an index. */
const QUESTIONS: Readonly<Record<SearchKind, (words: Words) => SQL>> = {
  order: ({ q, upper }) => sql`
    select o.id, o.number || ' · ' || o.email as label, null as parent_id, o.placed_at as at from orders o where o.id in (
      select id from orders where id = ${q} or (${begins(sql`number`, upper)})
      union all (select id from orders where ${begins(sql`email`, prefixRange(q))} order by email, id limit ${LIMIT})
      union all select o.id from orders o join checkouts c on c.id = o.checkout_id where c.id = ${q} or c.stripe_session_id = ${q})`,
  customer: ({ q }) => sql`
    select c.id, coalesce(c.name || ' · ', '') || c.email as label, null as parent_id, c.created_at as at from customers c
      where c.merged_into_id is null and c.id in (${customersFoundBy(q)})`,
  subscription: ({ q, locale }) => sql`
    select s.id, p.name ->> ${locale} || ' · ' || c.email as label, null as parent_id, s.created_at as at
      from subscriptions s join customers c on c.id = s.customer_id join products p on p.id = s.product_id
      where s.id = ${q} or s.stripe_subscription_id = ${q}`,
  payment: ({ q, card }) => sql`
    select p.id, p.external_id || coalesce(' · ' || o.number, '') as label, coalesce(p.order_id, i.subscription_id) as parent_id, p.created_at as at
      from payments p left join orders o on o.id = p.order_id left join invoices i on i.id = p.invoice_id
      where p.id in (
        select id from payments where id = ${q} or external_id = ${q}
        union all select payment_id from payment_attempts where external_id = ${q}
        union all select payment_id from refunds where id = ${q} or external_id = ${q}
        ${card === null ? sql`` : sql`union all (select id from payments where card_last4 = ${card} order by created_at desc limit ${LIMIT})`})`,
  invoice: ({ q }) => sql`
    select i.id, coalesce(i.number, i.stripe_invoice_id) as label, i.subscription_id as parent_id, i.created_at as at
      from invoices i where i.id = ${q} or i.stripe_invoice_id = ${q} or i.number = ${q}`,
  payout: ({ q }) => sql`
    select p.id, p.external_id as label, null as parent_id, p.created_at as at from payouts p where p.id = ${q} or p.external_id = ${q}`,
  webhook_event: ({ q }) => sql`
    select w.id, w.type || ' · ' || w.external_id as label, null as parent_id, w.received_at as at from webhook_events w
      where w.id in (
        select id from webhook_events where id in (${q}, 'stripe:' || ${q})
        union all (select id from webhook_events where object_id = ${q} order by received_at desc limit ${LIMIT}))`,
  campaign: ({ q }) => sql`
    select c.id, c.name as label, null as parent_id, c.created_at as at from campaigns c
      where c.id = ${q} or strpos(lower(c.name), lower(${q})) > 0
        or c.id in (select campaign_id from campaign_prices where stripe_price_id = ${q})`,
  product: ({ q, locale }) => sql`
    select p.id, p.name ->> ${locale} as label, null as parent_id, p.created_at as at from products p
      where p.id = ${q} or p.stripe_product_id = ${q} or strpos(lower(p.name ->> 'sv'), lower(${q})) > 0 or strpos(lower(p.name ->> 'en'), lower(${q})) > 0
        or p.id in (select v.product_id from variants v where lower(v.sku) = lower(${q}))
        or p.id in (select product_id from prices where stripe_price_id = ${q})`,
  offer: ({ q, coupon }) => sql`
    select o.id, o.name as label, null as parent_id, o.created_at as at from retention_offers o
      where o.id = ${q} or strpos(lower(o.name), lower(${q})) > 0
        ${coupon === null ? sql`` : sql`or (o.discount_bps = ${coupon.bps} and o.months = ${coupon.months})`}`,
  email: ({ q }) => sql`
    select e.id, e.template || ' · ' || e.to_address as label, null as parent_id, e.created_at as at from emails e
      where e.id = ${q} or e.message_id = ${q}`,
};

/** An id names one thing: asking every kind by words as well would find nothing more. */
const PREFIX_OF: Readonly<Record<string, readonly SearchKind[]>> = {
  pi: ["payment", "webhook_event"],
  ch: ["payment", "webhook_event"],
  re: ["payment", "webhook_event"],
  cs: ["order", "webhook_event"],
  sub: ["subscription", "webhook_event"],
  in: ["invoice", "webhook_event"],
  po: ["payout", "webhook_event"],
  pout: ["payout"],
  evt: ["webhook_event"],
  cus: ["customer"],
  price: ["product", "campaign"],
  prod: ["product", "webhook_event"],
  off: ["offer"],
  ord: ["order"],
  eml: ["email"],
};

/**
 * Finds by what people paste or type: the beginning of an e-mail address, name or order number, a campaign or product by any
 * part of its name, any id of ours or of a provider (`pi_…`, `ch_…`, `sub_…`, `in_…`, `evt_…`, `cs_…`, `cus_…`, `price_…`, `re_…`, `po_…`, `prod_…`),
 * a coupon of ours there (`off-2500-3m`), the last four digits of a card. At most eight of each kind, the newest first; orders and customers before the rest.
 */
export async function search(tx: Tx, query: string, locale: "sv" | "en" = "sv"): Promise<SearchHit[]> {
  const q = query.trim();
  const words: Words = {
    q,
    upper: prefixRange(q.toUpperCase()),
    locale,
    card: /^\d{4}$/.test(q) ? q : null,
    coupon: couponOf(q),
  };
  const prefix = /^([a-z]+)_[A-Za-z0-9_]{4,}$/.exec(q)?.[1];
  const kinds = (prefix && PREFIX_OF[prefix]) || (Object.keys(QUESTIONS) as SearchKind[]);
  const questions = kinds.map(
    (kind) =>
      sql`(select ${kind}::text as kind, h.id, h.label, h.parent_id from (${QUESTIONS[kind](words)}) h order by h.at desc limit ${LIMIT})`,
  );
  const rows = await tx.execute<{ kind: SearchKind; id: string; label: string; parent_id: string | null }>(
    sql.join(questions, sql` union all `),
  );
  return rows.map(({ parent_id, ...row }) => ({ ...row, parentId: parent_id }));
}

/** As `providers/stripe/subscription-changes.ts` names them. */
function couponOf(q: string): Words["coupon"] {
  const [, bps, months] = /^off-(\d{1,5})-(\d{1,2})m$/.exec(q) ?? [];
  return bps === undefined || months === undefined ? null : { bps: Number(bps), months: Number(months) };
}
