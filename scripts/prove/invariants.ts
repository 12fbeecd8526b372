import type postgres from "postgres";

/** Something that must never be so, whatever was done and whatever broke. Each row that the query answers is one violation. */
export type Invariant = { readonly name: string; readonly what: string; readonly query: string };

/** Everything that has a lifecycle: its table, and what its history is named after. */
export const LIVES: Readonly<Record<string, string>> = {
  ...{ subscriptions: "subscription", subscription_changes: "subscription_change", invoices: "invoice", seats: "seat" },
  ...{
    orders: "order",
    checkouts: "checkout",
    payments: "payment",
    refunds: "refund",
    payouts: "payout",
    withdrawals: "withdrawal",
  },
  ...{
    withdrawal_statements: "withdrawal_statement",
    fulfilments: "fulfilment",
    stock_reservations: "stock_reservation",
    emails: "email",
    campaigns: "campaign",
  },
  ...{ plan_versions: "plan_version", plan_migrations: "plan_migration", webhook_events: "webhook_event" },
};

/** A step of a history that does not begin where the one before it ended, and a last one that ends elsewhere than its thing stands. */
const astray = Object.entries(LIVES).map(
  ([
    table,
    noun,
  ]) => `select '${noun} ' || s.subject_id || ' ' || s.event || ': ' || case when s.gap then coalesce(s.from_state, 'nothing') || ' after ' || s.before
      else t.status || ' instead of ' || s.to_state end as row
    from (select subject_id, event, from_state, to_state, lag(to_state) over steps as before, lead(id) over steps is null as newest,
        lag(to_state) over steps is distinct from from_state and lag(to_state) over steps is not null as gap
      from ${noun}_transitions window steps as (partition by subject_id order by id)) s
    join ${table} t on t.id = s.subject_id where s.gap or (s.newest and s.to_state <> t.status)`,
);

/**
 * V1 … V6 of the reliability tests, in one place: read by the end of every browser run, by `npm run prove` and by tests that
 * plant a violation of each. They hold at rest and under way alike, but for those `atRest`.
 */
export const INVARIANTS: readonly (Invariant & { readonly atRest?: true })[] = [
  {
    name: "V1",
    what: "the entries of every posting sum to zero per currency",
    query: `select posting_id || ' ' || currency || ' ' || sum(amount) as row from ledger_entries group by posting_id, currency having sum(amount) <> 0`,
  },
  {
    name: "V1",
    what: "every entry has its posting and its account",
    query: `select id || ' of ' || posting_id || ' in ' || account_id as row from ledger_entries e
      where not exists (select 1 from ledger_postings p where p.id = e.posting_id) or not exists (select 1 from ledger_accounts a where a.id = e.account_id)`,
  },
  {
    name: "V1",
    what: "a guarded account holds what its entries say",
    query: `select b.account_id || ': ' || b.posted || ' instead of ' || coalesce(e.sum, 0) as row
      from ledger_balances b join ledger_accounts a on a.id = b.account_id
      left join lateral (select sum(case a.side when 'debit' then e.amount else -e.amount end) as sum
        from ledger_entries e join ledger_postings p on p.id = e.posting_id where e.account_id = a.id and p.phase = 'posted') e on true
      where b.posted <> coalesce(e.sum, 0)`,
  },
  {
    name: "V2",
    what: "an event has one outcome for each time it was asked for",
    query: `select id || ' ' || status as row from webhook_events e, lateral (
        select count(*) filter (where outcome in ('handled', 'ignored')) as good from webhook_attempts where event_id = e.id) tries,
        lateral (select count(*) filter (where event = 'replayed') as replays from webhook_event_transitions where subject_id = e.id) steps
      where emptied_at is null and ((status in ('handled', 'ignored') and good = 0 and attempts > 0) or good > 1 + replays)`,
  },
  {
    name: "V2",
    what: "an event that waits has a job",
    atRest: true,
    query: `select id || ' ' || status as row from webhook_events e where status in ('received', 'retrying')
      and not exists (select 1 from graphile_worker._private_jobs j where j.payload ->> 'eventId' = e.id and j.attempts < j.max_attempts)`,
  },
  {
    name: "V2",
    what: "a thing stands where its history leads, step by step",
    query: astray.join(" union all "),
  },
  {
    name: "V3",
    what: "a step that happens once happened once",
    query: `select subject_id || ' ' || event || ' ' || count(*) as row from (
        select subject_id, event from order_transitions where event in ('created', 'paid', 'completed')
        union all select subject_id, event from checkout_transitions where event in ('created', 'completed')
        union all select subject_id, event from invoice_transitions where event in ('created', 'paid')
        union all select subject_id, event from subscription_transitions where event = 'created'
        union all select subject_id, event from fulfilment_transitions where event in ('created', 'shipped')
        union all select subject_id, event from payment_transitions where event = 'created') steps
      group by subject_id, event having count(*) > 1`,
  },
  {
    name: "V3",
    what: "a letter is written once for each thing it tells",
    query: `select dedupe_key || ' ' || count(*) as row from emails group by dedupe_key having count(*) > 1`,
  },
  {
    name: "V4",
    what: "money that was taken belongs to an order or an invoice",
    query: `select id || ' ' || status as row from payments where paid_at is not null and order_id is null and invoice_id is null`,
  },
  {
    name: "V4",
    what: "an order is fulfilled only when it was paid, or cost nothing",
    query: `select o.id || ' ' || o.status as row from orders o
      where (o.status in ('confirmed', 'completed')
        or exists (select 1 from fulfilments f where f.order_id = o.id and f.status in ('in_production', 'shipped')))
      and o.total_amount > 0 and not exists (select 1 from payments p where p.order_id = o.id and p.paid_at is not null)`,
  },
  {
    name: "V5",
    what: "nothing that may not be is below zero",
    query: `select 'ledger ' || account_id as row from ledger_balances where posted < 0
      union all select 'stock ' || variant_id from stock_levels where on_hand < 0 or reserved < 0 or reserved > on_hand
      union all select 'invoice ' || id from invoices where amount_paid < 0
      union all select 'payment ' || id from payments where refunded_amount < 0 or refunded_amount > amount`,
  },
  {
    name: "V6",
    what: "no job is held for more than a minute by a worker that is gone",
    query: `select t.identifier || ' ' || j.id as row from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.locked_at < now() - interval '60 seconds'
      and not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = 7411 and l.objid = hashtext(j.locked_by)::oid)`,
  },
];

const SHOWN = 5;

/** Every violation, a line each; none when all holds. `atRest`: nothing is under way. */
export async function violations(sql: postgres.Sql, options: { atRest: boolean }): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, what, query, atRest } of INVARIANTS) {
    if (atRest && !options.atRest) continue;
    const rows = await sql.unsafe<{ row: string }[]>(query);
    lines.push(...rows.slice(0, SHOWN).map(({ row }) => `${name}: ${what}: ${row}`));
    if (rows.length > SHOWN) lines.push(`${name}: ${what}: and ${rows.length - SHOWN} more`);
  }
  return lines;
}
