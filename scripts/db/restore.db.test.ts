import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pino from "pino";
import postgres from "postgres";
import Stripe from "stripe";
import { afterAll, expect, inject, test } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { connect } from "../../server/kernel/db.ts";
import { createMetrics } from "../../server/kernel/metrics.ts";
import { createInbox } from "../../server/webhooks/index.ts";
import { databaseUrl } from "../postgres/roles.ts";
import { testDatabase } from "../test/database.ts";
import { ensureBuild, productEnv, startProduct, webhookSecret } from "../test/product.ts";

// The bundled server comes without pg_dump and pg_restore, so this does what they do with data: COPY out, and COPY in with
// triggers and foreign keys asleep, into a database that the roles and migrations of this version have made.
const shop = await testDatabase();
const restored = await testDatabase();
const { adminUrl } = inject("testServer");
const from = postgres(databaseUrl(adminUrl, shop.name), { max: 2, onnotice: () => {} });
const to = postgres(databaseUrl(adminUrl, restored.name), { max: 2, onnotice: () => {} });
afterAll(() => Promise.all([from.end(), to.end()]));

const OURS = "n.nspname !~ '^(pg_|information_schema$)'";
async function tables(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql.unsafe<{ name: string }[]>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${OURS} order by 1`,
  );
  return rows.map((row) => row.name);
}

/** Every row of every table, as a count and a checksum. */
async function contents(sql: postgres.Sql): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of await tables(sql)) {
    const [row] = await sql.unsafe<{ sum: string }[]>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') as sum from ${table} t`,
    );
    found[table] = row?.sum ?? "";
  }
  return found;
}

/** What guards the rows: row-level security, policies, rights, triggers. */
async function guards(sql: postgres.Sql): Promise<unknown> {
  return sql.unsafe(`
    select 'rls' as what, c.relname || c.relrowsecurity || c.relforcerowsecurity as it from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${OURS}
    union all select 'policy', concat_ws(' ', schemaname, tablename, policyname, roles, cmd, qual, with_check) from pg_policies
    union all select 'right', concat_ws(' ', table_schema, table_name, grantee, privilege_type) from information_schema.role_table_grants where grantee like 'kraftverk%'
    union all select 'trigger', pg_get_triggerdef(t.oid) from pg_trigger t where not tgisinternal
    order by 1, 2`);
}

async function restore(): Promise<void> {
  const names = await tables(from);
  await to.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(`truncate ${(await tables(to)).join(", ")}`);
    for (const name of names) {
      const rows = (await from.unsafe(`copy ${name} to stdout`).readable()) as Readable;
      await pipeline(rows, (await tx.unsafe(`copy ${name} from stdin`).writable()) as Writable);
    }
    const sequences = await from<{ name: string; last: string | null }[]>`
      select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences where last_value is not null`;
    for (const { name, last } of sequences) await tx.unsafe(`select setval('${name}', ${last})`);
  });
}

test("a restored shop is whole: rows, rights, migrations, and a queue that goes on", { timeout: 600_000 }, async () => {
  await ensureBuild();
  await seedDemo({ serviceUrl: shop.urls.service });
  await takeIn("evt_before_the_dump");
  const before = await contents(from);
  expect(Number(before["public.prices"]?.split(" ")[0])).toBeGreaterThan(10);
  expect(before["graphile_worker._private_jobs"]).toMatch(/^1 /);

  await restore();

  expect(await contents(to)).toEqual(before);
  expect(await guards(to)).toEqual(await guards(from));
  const member = postgres(restored.urls.member, { max: 1, onnotice: () => {} });
  const [seen] = await member<{ n: number }[]>`select count(*)::int as n from webhook_events`.catch(() => [{ n: 0 }]);
  expect(seen?.n).toBe(0);
  await member.end();

  // The job that waited in the dump runs here, and here alone; new rows find free numbers.
  const worker = await startProduct("worker", productEnv(restored.urls));
  const status = async (sql: postgres.Sql) => {
    const [event] = await sql<{ status: string }[]>`select status from webhook_events`;
    return event?.status;
  };
  await expect.poll(() => status(to), { timeout: 120_000 }).toBe("ignored");
  expect(await status(from)).toBe("received");
  await worker.end("SIGTERM");
});

/** Takes a notification in as web does; nobody follows this type, so its job has nothing to ask the provider. */
async function takeIn(id: string): Promise<void> {
  const service = connect(shop.urls.service, { name: "test" });
  const inbox = createInbox({
    service,
    log: pino({ level: "silent" }),
    metrics: createMetrics({ process: "test" }),
    clock: { now: () => new Date() },
    secrets: [webhookSecret],
    livemode: false,
  });
  const payload = JSON.stringify({
    id,
    object: "event",
    type: "galaxy.collapsed",
    created: 1,
    livemode: false,
    data: { object: { id: "gal_1" } },
  });
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
  expect((await inbox.receive("stripe", payload, new Headers({ "stripe-signature": header }))).status).toBe(200);
  await inbox.close();
  await service.close();
}
