import { type SQL, sql } from "drizzle-orm";

/** What is not kept for ever: how long, by which clock, and the statement that removes at most `limit` of it. */
export type Rule = {
  readonly what: string;
  readonly days: number;
  /** Business time where the row's own instant is; technical where it is about sessions, links and machines. */
  readonly clock: "business" | "technical";
  /** `before` is an ISO instant: now less the days. */
  prune(before: string, limit: number): SQL;
};

const rows = (table: string, where: SQL) => (limit: number) =>
  sql`delete from ${sql.identifier(table)} where ctid in (select ctid from ${sql.identifier(table)} where ${where} limit ${limit})`;

/** The periods, in one place; `README.md` repeats them, and a test compares. */
export const RULES: readonly Rule[] = [
  {
    what: "idempotency_keys",
    days: 30,
    clock: "business",
    prune: (before, limit) => rows("idempotency_keys", sql`created_at < ${before}`)(limit),
  },
  {
    what: "rate_limits",
    days: 0,
    clock: "technical",
    prune: (before, limit) => rows("rate_limits", sql`expire < ${new Date(before).getTime()}`)(limit),
  },
  {
    what: "account_tokens",
    days: 7,
    clock: "technical",
    prune: (before, limit) => rows("account_tokens", sql`expires_at < ${before} or used_at < ${before}`)(limit),
  },
  {
    what: "card_links",
    days: 7,
    clock: "technical",
    prune: (before, limit) => rows("card_links", sql`expires_at < ${before}`)(limit),
  },
  {
    what: "passkey_challenges",
    days: 1,
    clock: "technical",
    prune: (before, limit) => rows("passkey_challenges", sql`expires_at < ${before}`)(limit),
  },
  {
    what: "half_sign_ins",
    days: 1,
    clock: "technical",
    prune: (before, limit) => rows("half_sign_ins", sql`expires_at < ${before} or used_at < ${before}`)(limit),
  },
  {
    // One that staff acted as somebody else from is evidence, and stays.
    what: "sessions",
    days: 30,
    clock: "technical",
    prune: (before, limit) =>
      rows(
        "sessions",
        sql`(expires_at < ${before} or revoked_at < ${before})
          and not exists (select 1 from impersonations where impersonations.session_id = sessions.id)`,
      )(limit),
  },
  {
    // Emptied, not removed: the event's id stays known for ever, so that it is never processed a second time.
    what: "webhook payloads",
    days: 90,
    clock: "technical",
    prune: (before, limit) => sql`
      update webhook_events set payload = '{}', headers = null, emptied_at = now() where id in (
        select id from webhook_events where received_at < ${before} and emptied_at is null
          and status in ('handled', 'ignored', 'discarded') and source <> 'self_test' limit ${limit})`,
  },
  {
    // With the payload of their event, which knows how many there were.
    what: "webhook attempts",
    days: 90,
    clock: "technical",
    prune: (before, limit) =>
      rows(
        "webhook_attempts",
        sql`started_at < ${before} and exists (select 1 from webhook_events where webhook_events.id = event_id and emptied_at is not null)`,
      )(limit),
  },
  {
    what: "webhook self-tests",
    days: 1,
    clock: "technical",
    prune: (before, limit) => sql`
      with gone as (
        delete from webhook_events where id in (
          select id from webhook_events where source = 'self_test' and received_at < ${before} limit ${limit}) returning id
      ), histories as (
        delete from webhook_event_transitions where subject_id in (select id from gone)
      )
      select id from gone`,
  },
  {
    // A guest's, whose cookie is over by then, or one that another took the place of. What a payment page was opened for stays.
    what: "carts that nobody goes on with",
    days: 90,
    clock: "business",
    prune: (before, limit) =>
      rows(
        "carts",
        sql`updated_at < ${before} and status <> 'ordered' and (status = 'abandoned' or customer_id is null)
          and not exists (select 1 from checkouts where checkouts.cart_id = carts.id)`,
      )(limit),
  },
  {
    // A product's picture or an organization's logo that was replaced. An older mail shows the name in its place.
    what: "pictures that nothing names",
    days: 90,
    clock: "business",
    prune: (before, limit) =>
      rows(
        "media_files",
        sql`created_at < ${before}
          and not exists (select 1 from product_media where product_media.file_id = media_files.id)
          and not exists (select 1 from organization_brands where organization_brands.logo_file_id = media_files.id)`,
      )(limit),
  },
  {
    // What somebody said is taken back, that is about no order of ours, and that staff have closed, with what their letters said of it: the rest is kept with its order.
    what: "withdrawals of no order",
    days: 180,
    clock: "business",
    prune: (before, limit) => sql`
      with gone as (
        delete from withdrawal_statements where id in (
          select id from withdrawal_statements where status = 'dismissed' and order_id is null and completed_at < ${before} limit ${limit})
        returning id
      ), histories as (
        delete from withdrawal_statement_transitions where subject_id in (select id from gone)
      ), letters as (
        update emails set to_address = '-', subject = '-', html = '', text = ''
          where dedupe_key in (select 'withdrawal-stated:' || id || ':typed' from gone union all select 'withdrawal-dismissed:' || id from gone)
            and status not in ('queued', 'sending')
      )
      select id from gone`,
  },
  {
    // What was said of a campaign last stays, or it would be said again. Whatever was sent anew by hand counts from then.
    what: "announcements that were overtaken",
    days: 365,
    clock: "technical",
    prune: (before, limit) => sql`
      with over as (
        select id from announcement_deliveries d where created_at < ${before} and state <> 'pending'
          and exists (select 1 from announcement_deliveries later where later.endpoint_id = d.endpoint_id
            and later.campaign_id = d.campaign_id and later.version > d.version)
          and not exists (select 1 from announcement_attempts a where a.delivery_id = d.id and a.at >= ${before}) limit ${limit}
      ), tries as (
        delete from announcement_attempts where delivery_id in (select id from over)
      )
      delete from announcement_deliveries where id in (select id from over)`,
  },
  {
    what: "drifts that were healed",
    days: 365,
    clock: "business",
    prune: (before, limit) => rows("drifts", sql`healed_at < ${before}`)(limit),
  },
  {
    what: "comparisons of closed objects",
    days: 60,
    clock: "business",
    prune: (before, limit) => rows("reconciled_objects", sql`looked_at < ${before} and gone_at is null`)(limit),
  },
];
