import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { hashToken } from "../../server/kernel/id.ts";
import { bundledUrls } from "../run/database.ts";
import { loadSecrets } from "../run/secrets.ts";
import { violations } from "./invariants.ts";
import type { Addresses } from "./shop.ts";

/** Reads the shop's rows, as the worker's role does. */
export type Books = {
  /**
   * Everything the shop holds of what this buyer bought, without ids, numbers and instants: two purchases of the same
   * thing have equal records when and only when they ended alike.
   */
  record(email: string): Promise<PurchaseRecord>;
  /** How many payment pages were opened for the cart that a browser holds this token of. */
  pagesOfCart(token: string): Promise<number>;
  /** How many notifications are in each state. */
  inbox(): Promise<Record<string, number>>;
  /** Which of these notifications are not stored. */
  missing(eventIds: readonly string[]): Promise<string[]>;
  /** What does not add up and waits for a person. */
  alerts(): Promise<string[]>;
  /** How many jobs are waiting or under way. */
  openJobs(): Promise<number>;
  /** What must never be so and is: V1–V6. */
  violations(): Promise<string[]>;
  /** Jobs that were given up, and jobs that a dead process still holds. */
  stuckJobs(): Promise<string[]>;
  close(): Promise<void>;
};

export type PurchaseRecord = Readonly<Record<string, readonly unknown[]>>;

export function openBooks({ dataDir }: Pick<Addresses, "dataDir">): Books {
  const port = Number(readFileSync(join(dataDir, "postgres.port"), "utf8"));
  const sql = postgres(bundledUrls(port, loadSecrets(dataDir)).service, {
    max: 2,
    onnotice: () => {},
    // Sums of a shop under test are far below 2^53.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  });
  return {
    record: (email) => recordOf(sql, email),
    pagesOfCart: async (token) => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from checkouts where cart_id in
          (select id from carts where access_token_hash = ${hashToken(token)})`;
      return row?.count ?? 0;
    },
    inbox: async () => {
      const rows = await sql<{ status: string; count: number }[]>`
        select status, count(*)::int as count from webhook_events group by status order by status`;
      return Object.fromEntries(rows.map((row) => [row.status, row.count]));
    },
    missing: async (eventIds) => {
      const rows = await sql<{ id: string }[]>`
        select wanted.id from unnest(${sql.array([...eventIds])}::text[]) as wanted (id)
        where not exists (select 1 from webhook_events where external_id = wanted.id)`;
      return rows.map((row) => row.id);
    },
    alerts: async () => {
      const rows = await sql<{ kind: string; detail: string }[]>`
        select kind, detail from alerts where resolved_at is null order by kind, detail`;
      return rows.map((row) => `${row.kind}: ${row.detail}`);
    },
    openJobs: async () => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from graphile_worker._private_jobs where attempts < max_attempts`;
      return row?.count ?? 0;
    },
    stuckJobs: async () => {
      const rows = await sql<{ what: string }[]>`
        select tasks.identifier || ' ' || coalesce(jobs.last_error, 'locked by ' || jobs.locked_by) as what
        from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
        where jobs.attempts >= jobs.max_attempts or jobs.locked_at < now() - interval '60 seconds'`;
      return rows.map((row) => row.what);
    },
    violations: () => violations(sql, { atRest: true }),
    close: () => sql.end(),
  };
}

/** A short name for a record: equal records have equal names. */
export function fingerprint(record: PurchaseRecord): string {
  return createHash("sha256").update(JSON.stringify(record)).digest("hex").slice(0, 16);
}

async function recordOf(sql: postgres.Sql, email: string): Promise<PurchaseRecord> {
  const orders = sql`select id, checkout_id from orders where email = ${email}`;
  const checkouts = sql`select checkout_id from (${orders}) bought`;
  const ids = sql`select id from (${orders}) bought`;
  return {
    orders: await sql`
      select status, currency, total_amount, tax_amount, locale, paid_at is not null as paid,
        shipping_address is not null as has_address from orders where id in (${ids})`,
    lines: await sql`
      select name, product_id, quantity, unit_amount, total_amount, tax_rate_bps, tax_amount from order_lines
      where order_id in (${ids}) order by product_id, variant_id`,
    // Every payment page of the cart that became the order, also those that were never paid.
    checkouts: await sql`
      select checkouts.status, mode, carts.status as cart from checkouts join carts on carts.id = cart_id
      where cart_id in (select cart_id from checkouts where id in (${checkouts})) order by attempt`,
    payments: await sql`
      select status, currency, amount, refunded_amount, card_brand, card_last4, paid_at is not null as paid
      from payments where order_id in (${ids}) order by created_at`,
    attempts: await sql`
      select outcome, decline_code, attempts.card_last4 from payment_attempts attempts
      join payments on payments.id = payment_id where order_id in (${ids}) order by at`,
    subscriptions: await sql`
      select status, product_id, currency, amount, interval, interval_count, cancel_at, ended_at,
        current_period_end_at > current_period_start_at as has_period, started_at is not null as started
      from subscriptions where order_id in (${ids})`,
    invoices: await sql`
      select invoices.status, reason, total_amount, amount_paid, tax_amount, paid_at is not null as paid
      from invoices join subscriptions on subscriptions.id = subscription_id where order_id in (${ids})
      order by invoices.created_at`,
    fulfilments: await sql`select status from fulfilments where order_id in (${ids})`,
    letters: await sql`
      select template, locale, subject ~ 'KV-' as numbered, status from emails where to_address = ${email}
      order by template`,
  };
}
