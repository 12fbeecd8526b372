import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";

/** One statement that the database alone is measured by. `:name` is a number drawn anew each time. */
type Baseline = { readonly sql: string; readonly draws: Readonly<Record<string, number>> };

const pad = "x".repeat(1_550);
const eventBody = `{"id":"evt","object":"event","type":"customer.subscription.updated","data":{"object":{"id":"sub_1","status":"active","customer":"cus_1","metadata":{"pad":"${pad}"}}}}`;

export const BASELINES = {
  /** A stored event with its job, once, in one statement: the least that taking in a webhook can cost. */
  W: {
    draws: { n: 1e12 },
    sql: `with stored as (insert into events (id, type, payload) values ('evt_' || :n::text, 'customer.subscription.updated', '${eventBody}')
      on conflict (id) do nothing returning id)
      insert into jobs (task, payload) select 'process', json_build_object('id', id) from stored`,
  },
  /** Everybody updates the same row. */
  H: { draws: {}, sql: "update counters set n = n + 1 where id = 1" },
  /** One credit off one of 10,000 accounts, with its line in the ledger. */
  C: {
    draws: { account: 10_000, n: 1e12 },
    sql: `with taken as (update accounts set balance = balance - 1 where id = :account and balance >= 1 returning id)
      insert into entries (account, delta, key) select id, -1, :n::text || '-' || random()::text from taken`,
  },
  /** One row by its key. */
  S: { draws: { id: 100_000 }, sql: "select payload from items where id = :id" },
} as const satisfies Record<string, Baseline>;
export type BaselineName = keyof typeof BASELINES;

const CLIENTS = 16;
/** PostgreSQL's own program for this. */
const PGBENCH = "pgbench";

/** Makes the tables that the baselines need, in a database of their own, without any settings that production has not. */
export async function prepareBaselines(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`
    create table events (id text primary key, type text not null, payload jsonb not null, received_at timestamptz not null default now());
    create table jobs (id bigint generated always as identity primary key, task text not null, payload json not null,
      run_at timestamptz not null default now(), priority int not null default 0, attempts int not null default 0,
      locked_at timestamptz, locked_by text);
    create index on jobs (priority, run_at) where locked_at is null;
    create table counters (id int primary key, n bigint not null) with (fillfactor = 50);
    insert into counters values (1, 0);
    create table accounts (id int primary key, balance bigint not null check (balance >= 0)) with (fillfactor = 70);
    insert into accounts select n, 1000000000 from generate_series(1, 10000) n;
    create table entries (id bigint generated always as identity primary key, account int not null references accounts (id),
      delta bigint not null, key text not null unique, at timestamptz not null default now());
    create table items (id int primary key, payload text not null);
    insert into items select n, repeat('x', 200) from generate_series(1, 100000) n;
    analyze;`);
  await sql.end();
}

/** Whether the program that comes with PostgreSQL for this is on the path. */
export function hasPgbench(): boolean {
  try {
    execFileSync(PGBENCH, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Transactions a second of one baseline at 16 clients: by pgbench where it is installed, else by a small driver. */
export function measureBaseline(url: string, name: BaselineName, seconds: number): Promise<number> {
  return hasPgbench() ? byPgbench(url, BASELINES[name], seconds) : byDriver(url, BASELINES[name], seconds);
}

async function byPgbench(url: string, { sql, draws }: Baseline, seconds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-bench-"));
  try {
    const script = join(folder, "script.sql");
    const sets = Object.entries(draws).map(([name, most]) => `\\set ${name} random(1, ${most})`);
    writeFileSync(script, [...sets, `${sql.replaceAll("\n", " ")};`, ""].join("\n"));
    const at = new URL(url);
    const connection = ["-h", at.hostname, "-p", at.port, "-U", decodeURIComponent(at.username)];
    const { stdout } = await promisify(execFile)(
      PGBENCH,
      [
        ...connection,
        "-n",
        "-M",
        "prepared",
        "-j",
        "2",
        "-c",
        String(CLIENTS),
        "-T",
        String(seconds),
        "-f",
        script,
        at.pathname.slice(1),
      ],
      { env: { ...process.env, PGPASSWORD: decodeURIComponent(at.password) } },
    );
    const rate = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    if (!Number.isFinite(rate)) throw new Error(`pgbench did not say how fast it was:\n${stdout}`);
    return rate;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byDriver(url: string, { sql: text, draws }: Baseline, seconds: number): Promise<number> {
  const sql = postgres(url, { max: CLIENTS, onnotice: () => {} });
  const names = Object.keys(draws);
  const statement = names
    .reduce(
      (all, name, index) => all.replaceAll(`:${name}`, `$${index + 1}::bigint`),
      text.replaceAll("::text", "@text"),
    )
    .replaceAll("@text", "::text");
  const draw = () => Object.values(draws).map((most) => String(1 + Math.floor(Math.random() * most)));
  const run = () => sql.unsafe(statement, draw(), { prepare: true });
  await Promise.all(Array.from({ length: CLIENTS }, run));
  const began = performance.now();
  const until = began + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < until) {
        await run();
        done += 1;
      }
    }),
  );
  const rate = done / ((performance.now() - began) / 1000);
  await sql.end();
  return rate;
}
