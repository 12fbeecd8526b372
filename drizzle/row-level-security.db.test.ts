import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../scripts/test/database.ts";
import { insertProduct, insertPurchase } from "../scripts/test/purchases.ts";
import { sized } from "../scripts/test/size.ts";
import { type Actor, STAFF_ROLES, type StaffRole } from "../server/kernel/actor.ts";
import { type Connection, connect, databaseFor, type Tx } from "../server/kernel/db.ts";
import { accountTokens, auditEntries, customers, sessions, users } from "./schema/identity.ts";

// The transitions that it writes are of nothing.
const { urls } = await testDatabase([/^V3: .*: x created/]);
const service = connect(urls.service, { name: "test-service", max: 4 });
const member = connect(urls.member, { name: "test-member", max: 4 });
const owner = connect(urls.owner, { name: "test-owner", max: 1 });
afterAll(() => Promise.all([service.close(), member.close(), owner.close()]));

const TENANTS = 50;
const now = () => new Date("2026-11-20T12:00:00Z");
const as = (actor: Actor, connection: Connection = member) => databaseFor(connection, { actor, now, reactions: {} });
const system = as({ kind: "system", name: "test" }, service);
const customer = (n: number): Actor => ({ kind: "customer", userId: `usr_${n}`, customerId: `cus_${n}`, tokens: [] });
const staff: Actor = { kind: "staff", userId: "usr_staff", role: "read_only", customerId: null, tokens: [] };
const partner: Actor = { kind: "partner", name: "source" };

/** Tables that hold nobody's data: what is for sale, and counters of hashes. */
const OPEN = [
  "app_clock",
  "campaign_prices",
  "campaign_products",
  "campaigns",
  "company_details",
  "features",
  "media_files",
  "plans",
  "price_periods",
  "prices",
  "product_media",
  "products",
  "rate_limits",
  "stock_locations",
  "variants",
];
/** Tables of people, with a row for each tenant here. */
const PERSONAL = [
  "account_tokens",
  "carts",
  "checkouts",
  "customers",
  "emails",
  "fulfilments",
  "invoices",
  "orders",
  "organization_members",
  "organizations",
  "payments",
  "price_receipts",
  "provider_customers",
  "seats",
  "sessions",
  "subscriptions",
  "users",
  "withdrawal_statements",
];

async function tenant(tx: Tx, n: number): Promise<void> {
  const userId = `usr_${n}`;
  const customerId = `cus_${n}`;
  const email = `tenant${n}@example.com`;
  const at = now();
  const later = new Date(at.getTime() + 86_400_000);
  await tx
    .insert(users)
    .values({ id: userId, email, emailNormalized: email, passwordHash: "x", locale: "sv", createdAt: at });
  await tx
    .insert(customers)
    .values({ id: customerId, userId, email, emailNormalized: email, locale: "sv", createdAt: at });
  await tx
    .insert(sessions)
    .values({ id: `ses_${n}`, tokenHash: `hash-${n}`, userId, createdAt: at, lastSeenAt: at, expiresAt: later });
  await tx.insert(accountTokens).values({
    tokenHash: `hash-${n}`,
    userId,
    purpose: "verify_email",
    emailNormalized: email,
    expiresAt: later,
    createdAt: at,
  });
  await insertPurchase(tx, { customerId, tag: String(n), email });
  await tx.execute(sql`update emails set user_id = ${userId} where id = ${`eml_${n}`}`);
}

beforeAll(() =>
  system.transaction(async (tx) => {
    await insertProduct(tx);
    for (let n = 0; n < TENANTS; n++) await tenant(tx, n);
    await tx
      .insert(auditEntries)
      .values({ id: "aud_1", actor: "staff:x", action: "x", subject: "x", requestId: "x", at: now() });
    await tx.execute(
      sql`insert into alerts (id, kind, subject, detail, raised_at) values ('alr_1', 'x', 'x', 'x', now())`,
    );
    await tx.execute(
      sql`insert into webhook_events (id, provider, external_id, type, payload, occurred_at) values ('stripe:1', 'stripe', '1', 'x', '{}', now())`,
    );
  }),
);

/** How many rows of a table an actor sees; null where it may not even ask. */
async function seen(actor: Actor | null, table: string): Promise<number | null> {
  try {
    if (!actor) return (await member.sql`select count(*)::int as n from ${member.sql(table)}`)[0]?.n;
    const rows = await as(actor).transaction((tx) =>
      tx.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`),
    );
    return rows[0]?.n ?? -1;
  } catch (error) {
    if (/permission denied/.test(String(error) + String((error as Error).cause))) return null;
    throw error;
  }
}
const allTables = async () =>
  (
    await owner.sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public' order by 1`
  ).map((row) => row.name);

describe("R28: the catalog", () => {
  test("every table has row-level security, forced, with a policy for the service role", async () => {
    const rows = await owner.sql`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        exists (select 1 from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname and 'kraftverk_service' = any(p.roles)) as service
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'runs') and c.relkind in ('r', 'p')`;
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((row) => !row.enabled || !row.forced || !row.service)).toEqual([]);
  });

  test("whatever the member role may touch has a policy that says which rows", async () => {
    const rows = await owner.sql`
      select distinct g.table_name as name from information_schema.role_table_grants g
      where g.grantee = 'kraftverk_member' and g.table_schema = 'public'
        and not exists (select 1 from pg_views v where v.schemaname = g.table_schema and v.viewname = g.table_name)
        and not exists (select 1 from pg_policies p where p.tablename = g.table_name and 'kraftverk_member' = any(p.roles))`;
    expect(rows).toEqual([]);
  });

  test("every table is either nobody's or seen by its owner and staff alone", async () => {
    const open = await owner.sql`
      select distinct tablename as name from pg_policies where schemaname = 'public' and 'kraftverk_member' = any(roles)
        and cmd in ('SELECT', 'ALL') and qual = 'true' order by 1`;
    expect(open.map((row) => row.name)).toEqual(OPEN);
  });

  test("member and service own no table, and cannot set row-level security aside", async () => {
    expect(
      await owner.sql`select tablename from pg_tables where schemaname in ('public', 'app') and tableowner <> 'kraftverk_owner'`,
    ).toEqual([]);
    const roles =
      await owner.sql`select rolname from pg_roles where rolname like 'kraftverk%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`;
    expect(roles).toEqual([]);
  });

  test("functions that act as somebody else have a fixed search path; views ask as whoever reads", async () => {
    const loose = await owner.sql`
      select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'app') and p.prosecdef and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)`;
    expect(loose).toEqual([]);
    const views = await owner.sql`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'app') and c.relkind = 'v' and not coalesce('security_invoker=true' = any(c.reloptions), false)`;
    expect(views).toEqual([]);
  });
});

describe("R28: who sees which rows", () => {
  test("without a context: none, in every table that is somebody's", async () => {
    for (const table of await allTables()) {
      if (OPEN.includes(table)) continue;
      expect([null, 0], table).toContain(await seen(null, table));
    }
  });

  test.each([
    ["a visitor", { kind: "anonymous", tokens: [] }],
    ["a visitor with a token that opens nothing", { kind: "anonymous", tokens: ["wrong"] }],
    ["a visitor with an empty token", { kind: "anonymous", tokens: [""] }],
    ["the partner's system", partner],
    ["a customer who has nothing", { kind: "customer", userId: "usr_none", customerId: "cus_none", tokens: [] }],
  ] satisfies [string, Actor][])("%s: none", async (_name, actor) => {
    for (const table of await allTables()) {
      if (OPEN.includes(table) || table.startsWith("campaign")) continue;
      expect([null, 0], table).toContain(await seen(actor, table));
    }
  });

  test("a customer: exactly the own row of each, though the service role has fifty", async () => {
    for (const table of PERSONAL) {
      expect((await service.sql`select count(*)::int as n from ${service.sql(table)}`)[0]?.n, table).toBe(TENANTS);
      expect(await seen(customer(7), table), table).toBe(1);
    }
  });

  test("a guest: what the browser's token opens, and nothing beside it", async () => {
    const guest: Actor = { kind: "anonymous", tokens: ["token-3", "cart-3"] };
    for (const table of [
      "orders",
      "checkouts",
      "carts",
      "payments",
      "subscriptions",
      "fulfilments",
      "withdrawal_statements",
    ])
      expect(await seen(guest, table), table).toBe(1);
    for (const table of [
      "users",
      "sessions",
      "account_tokens",
      "customers",
      "emails",
      "invoices",
      "provider_customers",
    ])
      expect(await seen(guest, table), table).toBe(0);
  });

  test("staff: every customer, order and mail, but nobody's sessions and links", async () => {
    for (const table of [
      "users",
      "customers",
      "orders",
      "payments",
      "subscriptions",
      "invoices",
      "fulfilments",
      "emails",
    ])
      expect(await seen(staff, table), table).toBe(TENANTS);
    for (const table of ["alerts", "audit_entries", "webhook_events"]) expect(await seen(staff, table), table).toBe(1);
    for (const table of ["sessions", "account_tokens"]) expect(await seen(staff, table), table).toBe(0);
  });
});

describe("R28: who writes what", () => {
  const write = (actor: Actor, statement: ReturnType<typeof sql>) =>
    as(actor)
      .transaction((tx) => tx.execute(statement))
      .then((rows) => (rows as unknown as { count: number }).count)
      .catch((error: Error) => (error.cause instanceof Error ? error.cause.message : error.message));

  test.each([
    ["another's password", sql`update users set password_hash = 'mine' where id = 'usr_2'`],
    ["another's sessions", sql`update sessions set revoked_at = null where user_id = 'usr_2'`],
    ["another's links", sql`update account_tokens set used_at = null where user_id = 'usr_2'`],
    ["another's customer", sql`update customers set email = 'x' where id = 'cus_2'`],
    ["another's cart", sql`update carts set status = 'open' where customer_id = 'cus_2'`],
  ])("a customer changes %s: no row", async (_name, statement) => {
    expect(await write(customer(1), statement)).toBe(0);
  });

  test.each([
    ["a role for oneself", sql`update users set staff_role = 'owner' where id = 'usr_1'`],
    [
      "a session for another",
      sql`insert into sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at) values ('s', 's', 'usr_2', now(), now(), now())`,
    ],
    [
      "a link to another's account",
      sql`insert into account_tokens (token_hash, user_id, purpose, email_normalized, expires_at, created_at) values ('t', 'usr_2', 'reset_password', 'x', now(), now())`,
    ],
    [
      "a mail from another",
      sql`insert into emails (id, dedupe_key, template, locale, to_address, user_id, subject, html, text, status, message_id, cause, created_at)
      values ('e', 'e', 'x', 'sv', 'x', 'usr_2', 'x', 'x', 'x', 'queued', 'e', 'x', now())`,
    ],
    ["one's things to another", sql`update customers set user_id = 'usr_2' where id = 'cus_1'`],
    [
      "an audit entry",
      sql`insert into audit_entries (id, actor, action, subject, request_id, at) values ('a', 'x', 'x', 'x', 'x', now())`,
    ],
  ])("a customer gives %s: refused", async (_name, statement) => {
    expect(await write(customer(1), statement)).toMatch(/row-level security|permission denied/);
  });

  test("anybody says that an order is taken back; only whoever may see the order carries it out, and only with a withdrawal of it", async () => {
    const visitor: Actor = { kind: "anonymous", tokens: [] };
    const say = (
      order: string | null,
    ) => sql`insert into withdrawal_statements (id, status, order_number, name, email, email_normalized, locale,
        received_at, may_mail, access_token_hash, order_id)
      values ('wst_new', 'received', 'KV-2', 'x', 'x', 'x', 'sv', now(), true, 'new', ${order})`;
    expect(await write(visitor, say("ord_2"))).toMatch(/row-level security/);
    expect(await write(visitor, say(null))).toBe(1);
    const carryOut = (withdrawal: string) =>
      sql`update withdrawal_statements set status = 'carried_out', withdrawal_id = ${withdrawal} where id = 'wst_2'`;
    expect(await write(customer(1), carryOut("wdr_2"))).toBe(0);
    expect(await write(staff, carryOut("wdr_2"))).toBe(0);
    expect(await write(customer(2), carryOut("wdr_1"))).toMatch(/row-level security/);
    expect(
      await write(customer(2), sql`update withdrawal_statements set status = 'dismissed' where id = 'wst_2'`),
    ).toMatch(/row-level security/);
    expect(
      await write(customer(2), sql`update withdrawal_statements set received_at = now() where id = 'wst_2'`),
    ).toMatch(/permission denied/);
    expect(await write(customer(2), carryOut("wdr_2"))).toBe(1);
  });

  test("staff see a customer's cart with its lines, and change neither", async () => {
    const line = sql`insert into cart_lines (cart_id, variant_id, product_id, quantity, shown_amount, position)
      select 'crt_2', variants.id, variants.product_id, 1, 100, 0 from variants limit 1`;
    expect(await write(staff, line)).toMatch(/row-level security/);
    expect(await write(customer(1), line)).toMatch(/row-level security/);
    expect(await write(customer(2), line)).toBe(1);
    expect(await seen(staff, "cart_lines")).toBe(1);
    expect(await seen(customer(1), "cart_lines")).toBe(0);
    expect(await write(staff, sql`update cart_lines set quantity = 9`)).toBe(0);
    expect(await write(staff, sql`delete from cart_lines`)).toBe(0);
    expect(await write(staff, sql`update carts set status = 'abandoned'`)).toBe(0);
  });

  test.each([
    "orders",
    "payments",
    "subscriptions",
    "invoices",
    "fulfilments",
    "order_lines",
    "payment_attempts",
    "provider_customers",
    "products",
    "prices",
    "app_clock",
  ])("web never writes %s, whoever acts in it", async (table) => {
    for (const actor of [customer(1), staff]) {
      expect(await write(actor, sql`delete from ${sql.identifier(table)}`)).toMatch(/permission denied/);
    }
    const grants =
      await owner.sql`select privilege_type from information_schema.role_table_grants where grantee = 'kraftverk_member' and table_name = ${table} and privilege_type <> 'SELECT'`;
    expect(grants).toEqual([]);
  });

  // What the authorization table says of the procedures, once more for the rows they write: [what, statement, roles].
  const ROLE_WRITES: readonly [string, ReturnType<typeof sql>, readonly StaffRole[]][] = [
    ["a campaign", sql`insert into campaigns default values`, ["owner", "marketing"]],
    ["a campaign's prices", sql`insert into campaign_prices default values`, ["owner", "marketing"]],
    ["a period of a price", sql`insert into price_periods default values`, ["owner", "marketing"]],
    ["a draft", sql`insert into campaign_drafts default values`, ["owner", "marketing"]],
    ["a version", sql`insert into campaign_versions default values`, ["owner", "marketing"]],
    ["an order of a price", sql`insert into campaign_price_orders default values`, ["owner", "marketing"]],
    ["a receiver of announcements", sql`insert into announcement_endpoints default values`, ["owner"]],
    ["a receiver's secret", sql`update announcement_endpoints set secret = secret`, ["owner"]],
    ["who sells", sql`insert into company_details default values`, ["owner"]],
    ["the price of a change for a member", sql`insert into price_receipts default values`, ["owner", "finance"]],
    ["the rules of changes of plan", sql`insert into change_rules default values`, ["owner", "finance"]],
    ["an offer to those who leave", sql`insert into retention_offers default values`, ["owner", "marketing"]],
    ["an announcement to send", sql`insert into announcement_deliveries default values`, []],
    ["an announcement sent again", sql`update announcement_deliveries set attempts = 0`, ["owner", "marketing"]],
    ["a product's words", sql`update products set name = name`, ["owner", "marketing"]],
    ["a variant", sql`insert into variants default values`, ["owner", "marketing"]],
    ["a variant's number", sql`update variants set sku = sku`, ["owner", "marketing"]],
    ["what lies on a shelf", sql`insert into stock_movements (reason) values ('counted')`, ["owner", "support"]],
    [
      "an event of the inbox",
      sql`update webhook_events set received_at = received_at`,
      ["owner", "finance", "support"],
    ],
    ["a batch of events", sql`insert into webhook_batches default values`, ["owner", "finance", "support"]],
    ["a batch's item", sql`insert into webhook_batch_items default values`, ["owner", "finance", "support"]],
    ["an alert", sql`update alerts set resolved_at = resolved_at`, ["owner", "finance", "support", "marketing"]],
    ["a decision on a withdrawal", sql`update withdrawals set refusal = refusal`, ["owner", "finance"]],
    [
      "a decision on what was said without a link",
      sql`update withdrawal_statements set dismissal = dismissal`,
      ["owner", "finance"],
    ],
    ["a refund", sql`insert into refunds (status) values ('requested')`, ["owner", "finance"]],
    ["a mail's state", sql`update emails set subject = subject`, ["owner", "support"]],
    ["a mail", sql`insert into emails (user_id) values ('usr_1')`, ["owner", "support"]],
    [
      "a note about a customer",
      sql`insert into customer_notes (author_id) values ('usr_staff')`,
      ["owner", "finance", "support"],
    ],
    [
      "a flag on a customer",
      sql`insert into customer_flags (set_by) values ('usr_staff')`,
      ["owner", "finance", "support"],
    ],
    ["a flag gone", sql`delete from customer_flags`, ["owner", "finance", "support"]],
    [
      "a look as a customer",
      sql`insert into impersonations (staff_user_id) values ('usr_staff')`,
      ["owner", "support"],
    ],
    ["an invitation", sql`insert into staff_invitations default values`, ["owner"]],
    [
      "somebody's role in an organization",
      sql`update organization_members set role = 'admin' where id = 'omb_1'`,
      ["owner", "support"],
    ],
    ["an organization's seat", sql`update seats set status = 'revoked' where id = 'sea_1'`, ["owner", "support"]],
    [
      "an organization's name",
      sql`update organizations set closed_at = closed_at where id = 'org_1'`,
      ["owner", "support"],
    ],
    ["an invitation into an organization", sql`insert into organization_invitations default values`, []],
    [
      "an organization's mail domain given up",
      sql`update organization_domains set given_up_at = now() where id = 'odm_1'`,
      ["owner", "support"],
    ],
    ["an organization's mail domain", sql`insert into organization_domains default values`, []],
    [
      "an answer to somebody who asks to come in",
      sql`update organization_join_requests set accepted = false, answered_at = now(), answered_by = 'usr_staff'`,
      [],
    ],
    ["another's key ended", sql`update api_keys set revoked_at = now() where user_id = 'usr_1'`, ["owner", "support"]],
  ];

  beforeAll(async () => {
    const run = service.sql;
    await run`insert into announcement_endpoints (id, name, url, secret, created_at) values ('aep_1', 'x', 'https://x.example', 's', now())`;
    await run`insert into announcement_deliveries (id, endpoint_id, campaign_id, action, version, part, body, state, created_at)
      values ('and_1', 'aep_1', 'c', 'x', 1, 'p', '{}', 'pending', now())`;
    await run`insert into users (id, email, email_normalized, password_hash, locale, created_at)
      values ('usr_staff', 'staff@example.com', 'staff@example.com', '-', 'sv', now())`;
    await run`insert into organization_domains (id, organization_id, domain, way, claimed_by, created_at)
      values ('odm_1', 'org_1', 'one.example', 'join', 'usr_1', now())`;
    await run`insert into organization_join_requests (id, organization_id, domain, user_id, lacked_seat, created_at)
      values ('ojr_1', 'org_1', 'one.example', 'usr_staff', false, now())`;
    await run`insert into customer_flags (about_id, flag, set_by, set_at) values ('cus_1', 'vip', 'usr_staff', now())`;
    await run`insert into api_keys (id, user_id, customer_id, name, prefix, token_hash, scopes, rate_limit, created_at)
      values ('key_1', 'usr_1', 'cus_1', 'x', 'kv', 'hash', '[]', 60, now())`;
  });

  /** What a write would come to, undone at once: the next role finds the same rows. */
  async function tryOut(actor: Actor, statement: ReturnType<typeof sql>): Promise<number | string> {
    let count = 0;
    try {
      await as(actor).transaction(async (tx) => {
        count = ((await tx.execute(statement)) as unknown as { count: number }).count;
        throw new Error("undone");
      });
    } catch (error) {
      const { message, cause } = error as Error;
      if (message !== "undone") return cause instanceof Error ? cause.message : message;
    }
    return count;
  }

  describe.each(STAFF_ROLES)("as %s", (role) => {
    const who: Actor = { kind: "staff", userId: "usr_staff", role, customerId: null, tokens: [] };

    test.each(ROLE_WRITES)("%s", async (_what, statement, roles) => {
      // An empty row that the policy lets in fails on what it lacks; where the policy refuses, it comes no further.
      const outcome = await tryOut(who, statement);
      const refused = outcome === 0 || /row-level security|permission denied/.test(String(outcome));
      expect(refused ? "refused" : "let in", String(outcome)).toBe(roles.includes(role) ? "let in" : "refused");
    });

    test("jobs of the queue", async () => {
      const [job] =
        await service.sql`select (graphile_worker.add_job('none', '{}'::json, run_at := now() + interval '1 day')).id`;
      const moved = await as(who).transaction((tx) => tx.execute(sql`select app.queue_retry(${job?.id}) as task`));
      const removed = await as(who).transaction((tx) => tx.execute(sql`select app.queue_remove(${job?.id}) as task`));
      const task = ["owner", "finance", "support"].includes(role) ? "none" : null;
      expect([moved[0]?.task, removed[0]?.task]).toEqual([task, task]);
    });
  });

  test("nobody rewrites what staff did, nor a history", async () => {
    for (const table of ["audit_entries", "order_transitions"]) {
      await service.sql`insert into order_transitions (subject_id, event, to_state, actor, at) values ('x', 'created', 'x', 'x', now())`;
      await expect(service.sql`delete from ${service.sql(table)}`, table).rejects.toThrow(/append-only/);
    }
  });
});

test("R28: fifty tenants at once on four connections, some transactions aborted: nobody sees a foreign row", async () => {
  let state = 20_261_120;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  const REQUESTS = sized(1_500, 10_000);
  const foreign: string[] = [];
  let answered = 0;
  let next = 0;
  const request = async () => {
    const n = random(TENANTS);
    const table = PERSONAL[random(PERSONAL.length)] ?? "orders";
    const abort = random(5) === 0;
    const work = as(customer(n)).transaction(async (tx) => {
      const rows = await tx.execute<{ row: string }>(
        sql`select to_jsonb(t)::text as row from ${sql.identifier(table)} t`,
      );
      if (rows.length !== 1 || !new RegExp(`(?<!\\d)${n}(?!\\d)`).test(rows[0]?.row ?? ""))
        foreign.push(`${table} as ${n}: ${rows.length} rows`);
      answered++;
      if (abort) throw new Error("aborted");
    });
    await work.catch((error: Error) => {
      if (error.message !== "aborted") throw error;
      // The connection goes back to the pool: without a context it must see nothing.
    });
    if (abort && (await seen(null, table)) !== 0) foreign.push(`${table} without a context`);
  };
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next++ < REQUESTS) await request();
    }),
  );
  expect(foreign).toEqual([]);
  expect(answered).toBe(REQUESTS);
});
