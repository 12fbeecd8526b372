import type postgres from "postgres";
import { hashToken } from "../server/kernel/id.ts";
import { requestBytes } from "./http-line.ts";
import { closedLoop, type Load } from "./http-load.ts";

/** Customers that are measured with, each with a personal organization and a key. */
export const ACCOUNTS = 10_000;
const EACH = 1_000_000_000;
/** The key of one of them. */
export const tokenOf = (account: number) => `kv_test_${String(account).padStart(43, "0")}`;

/** Ten thousand customers with credits and a key each, with the postings that say so: the books balance before and after. */
export async function prepareCredits(admin: postgres.Sql): Promise<void> {
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => index + 1);
  await admin.begin(async (sql) => {
    await sql.unsafe(`
      insert into users (id, email, email_normalized, password_hash, locale, created_at, email_verified_at)
        select 'usr_credit_' || n, 'credit' || n || '@example.se', 'credit' || n || '@example.se', 'x', 'sv', now(), now() from generate_series(1, ${ACCOUNTS}) n;
      insert into customers (id, user_id, email, email_normalized, locale, created_at)
        select 'cus_credit_' || n, 'usr_credit_' || n, 'credit' || n || '@example.se', 'credit' || n || '@example.se', 'sv', now() from generate_series(1, ${ACCOUNTS}) n;
      insert into credit_accounts (customer_id, created_at) select 'cus_credit_' || n, now() from generate_series(1, ${ACCOUNTS}) n;
      insert into credit_grants (id, customer_id, key, source, source_id, cost_basis, credits, priority, effective_at, created_at)
        select 'crg_' || n, 'cus_credit_' || n, 'bench:' || n, 'manual', 'bench', 'paid', ${EACH}, 0, now(), now() from generate_series(1, ${ACCOUNTS}) n;
      insert into ledger_accounts (id, kind, currency, side, guarded, created_at) values ('issued:CREDIT', 'issued', 'CREDIT', 'debit', false, now()) on conflict do nothing;
      insert into ledger_accounts (id, kind, currency, side, guarded, owner_id, created_at)
        select 'liability_paid:cus_credit_' || n, 'liability_paid', 'CREDIT', 'credit', true, 'cus_credit_' || n, now() from generate_series(1, ${ACCOUNTS}) n;
      insert into ledger_balances (account_id, posted, held) select 'liability_paid:cus_credit_' || n, ${EACH}, 0 from generate_series(1, ${ACCOUNTS}) n;
      insert into ledger_postings (id, key, kind, source, phase, entry_count, actor, at)
        select 'pst_bench_' || n, 'bench:' || n, 'credits.granted', 'crg_' || n, 'posted', 2, 'system:bench', now() from generate_series(1, ${ACCOUNTS}) n;
      insert into ledger_entries (posting_id, position, account_id, currency, amount)
        select 'pst_bench_' || n, 0, 'issued:CREDIT', 'CREDIT', ${EACH} from generate_series(1, ${ACCOUNTS}) n
        union all select 'pst_bench_' || n, 1, 'liability_paid:cus_credit_' || n, 'CREDIT', -${EACH} from generate_series(1, ${ACCOUNTS}) n;`);
    await sql`insert into api_keys (id, user_id, customer_id, name, prefix, token_hash, scopes, rate_limit, created_at, last_used_at)
      select 'key_credit_' || n, 'usr_credit_' || n, 'cus_credit_' || n, 'bench', 'kv_test_0000', hash, '["credits.spend", "entitlements.read"]', 100000, now(), now()
      from unnest(${accounts}::int[], ${accounts.map((account) => hashToken(tokenOf(account)))}::text[]) keys(n, hash)`;
  });
  await admin.unsafe("analyze");
}

/** No key is used twice, however often the same database is measured. */
const run = process.hrtime.bigint().toString(36);
let requests = 0;

/** One credit at a time by API key over HTTP: of an account drawn anew for each request, or of one and the same. */
export async function measureCredits(
  admin: postgres.Sql,
  port: number,
  options: { connections: number; seconds: number; accounts: "many" | "one" },
): Promise<Load> {
  const count = async () => {
    const [row] = await admin<{ n: number }[]>`select count(*)::int n from credit_operations where kind = 'consume'`;
    return row?.n ?? 0;
  };
  await admin`update api_keys set last_used_at = now() where id like 'key_credit_%'`;
  const before = await count();
  const load = await closedLoop({
    port,
    ...options,
    next: () => {
      const account = options.accounts === "one" ? 1 : 1 + Math.floor(Math.random() * ACCOUNTS);
      const body = JSON.stringify({
        json: { credits: 1, reason: "bench", idempotencyKey: `bench-${run}-${++requests}` },
      });
      return requestBytes(
        "POST",
        "/api/trpc/credits.consume",
        { "Content-Type": "application/json", Authorization: `Bearer ${tokenOf(account)}` },
        body,
      );
    },
  });
  const spent = (await count()) - before;
  if (Object.keys(load.statuses).some((status) => status !== "200") || spent !== load.requests)
    throw new Error(`${spent} credits were spent by ${JSON.stringify(load.statuses)} answers`);
  const [off] = await admin<{ n: number }[]>`select count(*)::int n from credit_grants g join ledger_balances b
    on b.account_id = 'liability_paid:' || g.customer_id where g.source_id = 'bench' and b.posted <> g.remaining`;
  if (off?.n !== 0) throw new Error(`${off?.n} accounts do not add up`);
  return load;
}
