import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../scripts/test/database.ts";
import type { Actor } from "../server/kernel/actor.ts";
import { connect, databaseFor } from "../server/kernel/db.ts";

// What it writes is no story that could have happened: rows that only say whose they are.
const { urls } = await testDatabase([/./]);
const member = connect(urls.member, { name: "test-member", max: 1 });
const service = connect(urls.service, { name: "test-service", max: 1 });
const owner = connect(urls.owner, { name: "test-owner", max: 1 });
afterAll(() => Promise.all([member.close(), service.close(), owner.close()]));

/** Two tenants; of a third account there is nothing but its name. */
const TENANTS = ["anna", "bo"] as const;
const ROOTS: Readonly<Record<string, string>> = { users: "usr", customers: "cus", organizations: "org" };
const TENANT_COLUMNS: Readonly<Record<string, string>> = {
  customer_id: "customers",
  organization_id: "organizations",
  user_id: "users",
  billing_customer_id: "customers",
};

type Column = {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly made: boolean;
  /** The table that it points into. */
  readonly into: string | null;
  readonly seen: boolean;
  readonly written: boolean;
};
type Table = { readonly name: string; readonly columns: readonly Column[] };
const qualified = ({ columns: [first], name }: Table) => `${first?.schema}.${name}`;
const quoted = (columns: readonly Column[]) => columns.map(({ name }) => `"${name}"`).join(", ");

/** Every table of the catalogue that is somebody's: by a column of its own, or by what it belongs to. */
let tables: Table[] = [];
async function readTables(): Promise<Table[]> {
  const columns = await owner.sql<Column[]>`
    select n.nspname as schema, c.relname as "table", a.attname as name, format_type(a.atttypid, null) as type,
      a.attnotnull and not a.atthasdef as required, a.attgenerated <> '' or a.attidentity <> '' as made,
      (select r.relname from pg_constraint f join pg_class r on r.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum] limit 1) as into,
      has_column_privilege('kraftverk_member', c.oid, a.attnum, 'select') as seen,
      has_column_privilege('kraftverk_member', c.oid, a.attnum, 'update') as written
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname in ('public', 'runs') and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`;
  // What is everybody's to see is nobody's, even where it says who wrote it.
  const open = await owner.sql<{ name: string }[]>`select distinct tablename as name from pg_policies
    where 'kraftverk_member' = any(roles) and cmd in ('SELECT', 'ALL') and qual = 'true'`;
  const all = Map.groupBy(columns, ({ table }) => table);
  for (const { name } of open) all.delete(name);
  const somebodys = new Set(Object.keys(ROOTS));
  for (let before = 0; before < somebodys.size; ) {
    before = somebodys.size;
    for (const [name, own] of all)
      if (own.some((column) => pointsTo(column, all).some((into) => somebodys.has(into)))) somebodys.add(name);
  }
  return [...all].flatMap(([name, own]) => (somebodys.has(name) ? [{ name, columns: own }] : []));
}

/** Where a column leads: by its foreign key, its name, or as the history of what its table is called after. */
function pointsTo({ table, name, into }: Column, all: ReadonlyMap<string, unknown>): string[] {
  const subject = name === "subject_id" ? table.replace(/_transitions$/, "") : null;
  const history = subject === null ? [] : [`${subject}s`, subject.replace(/y$/, "ies")].filter((one) => all.has(one));
  return [into, TENANT_COLUMNS[name], ...history].filter((one) => one != null && one !== table) as string[];
}

const idOf = (table: string, tenant: string) => `${ROOTS[table] ?? table}_${tenant}`;

/** A value for a column of a tenant's row; undefined: left to its default. */
function filling(column: Column, tenant: string): string | undefined {
  const { name, table, type, required, made } = column;
  if (made) return undefined;
  const [into] = pointsTo(column, new Map(tables.map((one) => [one.name, one])));
  if (into && tables.some((one) => one.name === into)) return `'${idOf(into, tenant)}'`;
  if (name === "id") return `'${idOf(table, tenant)}'`;
  if (table === "organization_members" && name === "role") return "'owner'";
  if (!required) return undefined;
  if (type === "text" || type === "character varying") return `'${name}_${tenant}'`;
  if (type.endsWith("[]")) return "'{}'";
  const plain: Readonly<Record<string, string>> = {
    ...{ integer: "1", bigint: "1", smallint: "1", numeric: "1", "double precision": "1", boolean: "false" },
    ...{ jsonb: "'{}'", json: "'{}'", bytea: "'\\x00'", date: "'2026-11-22'", uuid: "gen_random_uuid()" },
    ...{ "timestamp with time zone": "'2026-11-22T12:00:00Z'", inet: "'203.0.113.1'" },
  };
  const value = plain[type];
  if (value === undefined) throw new Error(`${table}.${name} is of type ${type}: say here what stands in it`);
  return value;
}

beforeAll(async () => {
  tables = await readTables();
  const constraints = await owner.sql<{ table: string; name: string }[]>`
    select c.conrelid::regclass::text as "table", c.conname as name from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where n.nspname in ('public', 'runs') and c.contype in ('f', 'c') and c.coninhcount = 0`;
  for (const { table, name } of constraints) await owner.sql.unsafe(`alter table ${table} drop constraint "${name}"`);
  for (const table of tables) {
    const name = qualified(table);
    await owner.sql.unsafe(`alter table ${name} disable trigger user; alter table ${name} no force row level security`);
    for (const tenant of TENANTS) {
      const filled = table.columns.flatMap((column) => {
        const value = filling(column, tenant);
        return value === undefined ? [] : [{ column, value }];
      });
      const into = quoted(filled.map(({ column }) => column));
      await owner.sql.unsafe(`insert into ${name} (${into}) values (${filled.map(({ value }) => value).join(", ")})`);
    }
    await owner.sql.unsafe(`alter table ${name} force row level security`);
  }
});

const account = (name: string): Actor => ({
  kind: "customer",
  userId: idOf("users", name),
  customerId: idOf("customers", name),
  tokens: [],
});
const as = (actor: Actor) => databaseFor(member, { actor, now: () => new Date("2026-11-22T12:00:00Z"), reactions: {} });

/** The rows that somebody sees, each as text, table by table; of none that they may not even ask. */
async function rowsSeen(actor: Actor | null): Promise<Map<string, string[]>> {
  const asked = tables.filter(({ columns }) => columns.some(({ seen }) => seen));
  const statement = asked
    .map((table) => {
      const columns = quoted(table.columns.filter(({ seen }) => seen));
      return `select '${table.name}' as name, row_to_json(t)::text as row from (select ${columns} from ${qualified(table)}) t`;
    })
    .join(" union all ");
  type Row = { name: string; row: string };
  const rows =
    actor === null
      ? await member.sql.unsafe<Row[]>(statement)
      : await as(actor).transaction((tx) => tx.execute<Row>(sql.raw(statement)));
  const byTable = Map.groupBy(rows, ({ name }) => name);
  return new Map([...byTable].map(([name, all]) => [name, all.map(({ row }) => row)]));
}
const isOf = (tenant: string) => (row: string) => new RegExp(`_${tenant}"`).test(row);

/** What somebody could change and remove of tables, each as the statement that came through to a row; all is undone. */
async function touchedBy(actor: Actor, of: readonly Table[]): Promise<string[]> {
  const touched: string[] = [];
  const tryOut = async (table: Table, statement: string) => {
    try {
      await as(actor).transaction(async (tx) => {
        const { count } = (await tx.execute(sql.raw(statement))) as unknown as { count: number };
        if (count > 0) touched.push(`${table.name}: ${statement}`);
        throw new Error("undone");
      });
    } catch (error) {
      const { message, cause } = error as Error;
      const why = `${message} ${String(cause)}`;
      // Only a row that was let through can lack something, or become what it may not be.
      if (/null value in column|new row violates row-level security/.test(why))
        touched.push(`${table.name}: ${statement}`);
      else if (!/undone|permission denied/.test(why)) throw error;
    }
  };
  for (const table of of) {
    const written = table.columns.filter((column) => column.written && !column.made);
    // Nothing is read in it: then the rows that may be changed need not be ones that are seen.
    const nothing = written.map(({ name }) => `"${name}" = null`).join(", ");
    if (written.length > 0) await tryOut(table, `update ${qualified(table)} set ${nothing}`);
    await tryOut(table, `delete from ${qualified(table)}`);
  }
  return touched;
}

describe("R28: every table with an organization or customer, as the catalogue has them", () => {
  test("they are many, and each has a row of either tenant", async () => {
    expect(tables.length).toBeGreaterThan(60);
    for (const table of tables) {
      const rows = await service.sql.unsafe(`select to_jsonb(t)::text as row from ${qualified(table)} t`);
      const texts = rows.map(({ row }) => String(row));
      expect(
        TENANTS.map((tenant) => texts.some(isOf(tenant))),
        table.name,
      ).toEqual([true, true]);
    }
  });

  test.each([
    ["nobody, without a context", null],
    ["a visitor", { kind: "anonymous", tokens: [] }],
    ["an account that has nothing", account("cia")],
    ["a key of an organization that has nothing", { kind: "organization", keyId: "key_x", organizationId: "org_cia" }],
  ] as [string, Actor | null][])("%s sees no row of any", async (_who, actor) => {
    expect([...(await rowsSeen(actor))]).toEqual([]);
  });

  test.each([
    ["a member sees", account("anna"), 45],
    ["a key of the organization sees", { kind: "organization", keyId: "key_x", organizationId: "org_anna" }, 5],
  ] as [string, Actor, number][])("%s what is theirs and nothing of the others", async (_who, actor, least) => {
    const own: string[] = [];
    for (const [name, rows] of await rowsSeen(actor)) {
      expect(rows.filter(isOf("bo")), name).toEqual([]);
      if (rows.some(isOf("anna"))) own.push(name);
    }
    expect(own.length, own.join(" ")).toBeGreaterThanOrEqual(least);
  });

  test("an account that has nothing changes and removes no row of any", async () => {
    expect(await touchedBy(account("cia"), tables)).toEqual([]);
  });

  test("a policy that lets rows through and asks only whose they become is found", async () => {
    const table = tables.find(({ columns }) => columns.some(({ name, written }) => written && name === "customer_id"));
    if (!table) throw new Error("no table's customer_id can be written by a member");
    await owner.sql.unsafe(`create policy too_wide on ${qualified(table)} for update to kraftverk_member
      using (true) with check (customer_id = (select app.customer_id()))`);
    expect(await touchedBy(account("cia"), [table])).toEqual([expect.stringContaining(`${table.name}: update`)]);
    await owner.sql.unsafe(`drop policy too_wide on ${qualified(table)}`);
  });
});
