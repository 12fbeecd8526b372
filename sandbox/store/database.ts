import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

const schema = `
  create table if not exists objects (
    collection text not null, id text not null, created integer not null, seq integer not null, data text not null,
    primary key (collection, id)
  ) without rowid;
  create index if not exists objects_in_order on objects (collection, created, seq);
  create table if not exists index_entries (
    collection text not null, field text not null, key text not null, created integer not null, seq integer not null,
    id text not null,
    primary key (collection, field, key, created, seq, id)
  ) without rowid;
  create table if not exists due (
    kind text not null, id text not null, at integer not null, seq integer not null, primary key (kind, id)
  ) without rowid;
  create index if not exists due_in_order on due (at, seq);
  create table if not exists deliveries (
    id integer primary key, event_id text not null, endpoint_id text not null, type text not null, state text not null,
    attempts integer not null, next_at integer not null
  );
  create index if not exists deliveries_pending on deliveries (next_at, id) where state = 'pending';
  create index if not exists deliveries_of_event on deliveries (event_id);
  create table if not exists delivery_attempts (
    id integer primary key, delivery_id integer not null, at integer not null, outcome text not null, status integer,
    detail text not null, milliseconds integer not null
  );
  create index if not exists attempts_of_delivery on delivery_attempts (delivery_id);
  create table if not exists idempotency_keys (
    key text primary key, method text not null, path text not null, fingerprint text not null, status integer not null,
    body text not null, request_id text not null, created integer not null
  ) without rowid;
  create table if not exists mail (
    id integer primary key, received integer not null, recipients text not null, data text not null
  );
  create table if not exists settings (name text primary key, value text not null) without rowid;
`;

const tables = [
  "objects",
  "index_entries",
  "due",
  "deliveries",
  "delivery_attempts",
  "idempotency_keys",
  "mail",
  "settings",
];

/**
 * The sandbox's state: one SQLite file. A unit of work is one transaction, so whatever was answered is on disk
 * and a killed process starts again with exactly that. Everything is synchronous: units of work never interleave.
 */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #afterCommit: (() => void)[] = [];
  readonly #onRollback: (() => void)[] = [];
  #depth = 0;

  constructor(dataDir: string) {
    const file = dataDir === ":memory:" ? ":memory:" : join(dataDir, "sandbox.sqlite");
    if (file !== ":memory:") mkdirSync(dataDir, { recursive: true });
    this.#db = new DatabaseSync(file);
    this.#db.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 3000");
    this.#db.exec(schema);
  }

  /** A prepared statement, kept for the next use. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /** Runs `work` as one transaction; inside another unit it simply joins it. A throw undoes everything. */
  unit<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#db.exec("begin immediate");
    this.#depth = 1;
    let result: T;
    try {
      result = work();
      this.#db.exec("commit");
    } catch (error) {
      this.#db.exec("rollback");
      for (const undo of this.#onRollback) undo();
      throw error;
    } finally {
      this.#depth = 0;
    }
    for (const then of this.#afterCommit) then();
    return result;
  }

  /** Called after every committed unit of work. */
  onCommit(then: () => void): void {
    this.#afterCommit.push(then);
  }

  /** Called after every unit of work that was undone, so that caches can forget what they saw. */
  onRollback(undo: () => void): void {
    this.#onRollback.push(undo);
  }

  /** Forgets everything but the settings named in `keep`. */
  clear(keep: readonly string[]): void {
    const kept = keep.map((name) => [name, this.setting(name)] as const);
    for (const table of tables) this.#db.exec(`delete from ${table}`);
    for (const [name, value] of kept) if (value !== undefined) this.setSetting(name, value);
    for (const forget of this.#onRollback) forget();
  }

  setting(name: string): unknown {
    const row = this.sql("select value from settings where name = ?").get(name);
    return row ? JSON.parse(String(row.value)) : undefined;
  }

  setSetting(name: string, value: unknown): void {
    this.sql(
      "insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
    ).run(name, JSON.stringify(value));
  }

  /** The next number of the one order in which everything happened. */
  nextSequence(): number {
    const next = Number(this.setting("sequence") ?? 0) + 1;
    this.setSetting("sequence", next);
    return next;
  }

  close(): void {
    this.#db.close();
  }
}
