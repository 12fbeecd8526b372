import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

const schema = `
  create table if not exists objects (
    seq integer primary key, collection text not null, id text not null, created integer not null, data text not null
  );
  create unique index if not exists objects_by_id on objects (collection, id);
  create index if not exists objects_in_order on objects (collection, created, seq);
  create table if not exists index_entries (
    collection text not null, field text not null, key text not null, created integer not null, seq integer not null,
    id text not null,
    primary key (collection, field, key, created, seq, id)
  ) without rowid;
  create table if not exists history (
    seq integer primary key, collection text not null, id text not null, before text not null
  );
  create index if not exists history_of_object on history (id);
  create table if not exists events (
    seq integer primary key, id text not null unique, created integer not null, type text not null, object_id text,
    collection text, data text not null
  );
  create index if not exists events_of_type on events (type, seq);
  create index if not exists events_of_object on events (object_id, seq) where object_id is not null;
  create index if not exists events_by_time on events (created);
  create table if not exists due (
    kind text not null, id text not null, at integer not null, seq integer not null, primary key (kind, id)
  ) without rowid;
  create index if not exists due_in_order on due (at, seq);
  create table if not exists clock_due (
    clock text not null, kind text not null, id text not null, at integer not null, seq integer not null,
    primary key (clock, kind, id)
  ) without rowid;
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

  insert or ignore into events (seq, id, created, type, object_id, collection, data)
    select seq, id, created, data ->> 'type', data -> 'data' -> 'object' ->> 'id', null, data
    from objects where collection = 'event';
  delete from index_entries where collection = 'event';
  delete from objects where collection = 'event';
`;

/** Files of an earlier version kept the history sorted by object: what every change adds was written all over the file. */
const historyInOrder = `
  alter table history rename to earlier_history;
  create table history (seq integer primary key, collection text not null, id text not null, before text not null);
  insert into history (seq, collection, id, before) select seq, collection, id, before from earlier_history;
  drop table earlier_history;
`;

const tables = [
  "objects",
  "index_entries",
  "history",
  "events",
  "due",
  "clock_due",
  "deliveries",
  "delivery_attempts",
  "idempotency_keys",
  "mail",
  "settings",
];

/**
 * The sandbox's state: one SQLite file. A unit of work is one transaction, so whatever was answered is in the file and a
 * killed process starts again with exactly that; only the machine's own end may take the last moments, which is no loss
 * where no money moves. Everything is synchronous: units of work never interleave.
 */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #afterCommit: (() => void)[] = [];
  readonly #onRollback: (() => void)[] = [];
  readonly #writers: (() => void)[] = [];
  readonly #settings = new Map<string, unknown>();
  #depth = 0;
  #sequence: number;

  constructor(dataDir: string) {
    const file = dataDir === ":memory:" ? ":memory:" : join(dataDir, "sandbox.sqlite");
    if (file !== ":memory:") mkdirSync(dataDir, { recursive: true });
    this.#db = new DatabaseSync(file);
    this.#db.exec(
      "pragma page_size = 4096; pragma cache_size = -12000; pragma journal_mode = wal; pragma synchronous = off; pragma wal_autocheckpoint = 32000",
    );
    const history = this.#db.prepare("select sql from sqlite_schema where name = 'history'").get();
    if (String(history?.sql).includes("without rowid")) this.#db.exec(`begin; ${historyInOrder} commit`);
    this.#db.exec(schema);
    this.#sequence = this.#lastSequence();
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
    this.sql("begin immediate").run();
    this.#depth = 1;
    let result: T;
    try {
      result = work();
      this.flush();
      this.sql("commit").run();
    } catch (error) {
      this.#db.exec("rollback");
      this.#settings.clear();
      for (const undo of this.#onRollback) undo();
      throw error;
    } finally {
      this.#depth = 0;
    }
    for (const then of this.#afterCommit) then();
    return result;
  }

  /** Runs `work` inside the current unit and takes back what it stored: for showing what would be. */
  dryRun(work: () => void): void {
    this.flush();
    this.#db.exec("savepoint dry_run");
    try {
      work();
    } finally {
      this.#db.exec("rollback to dry_run; release dry_run");
      this.#settings.clear();
      for (const undo of this.#onRollback) undo();
    }
  }

  /** Whether a unit of work is on its way, at whose end everything that waits is written. */
  get inUnit(): boolean {
    return this.#depth > 0;
  }

  /** Called before a unit of work is committed: what changed several times in it is written once. */
  onFlush(write: () => void): void {
    this.#writers.push(write);
  }

  flush(): void {
    for (const write of this.#writers) write();
  }

  /** Called after every committed unit of work. */
  onCommit(then: () => void): void {
    this.#afterCommit.push(then);
  }

  /** Called after every unit of work that was undone, so that caches can forget what they saw. */
  onRollback(undo: () => void): void {
    this.#onRollback.push(undo);
  }

  /** The names of all tables. */
  get tables(): readonly string[] {
    return tables;
  }

  /** What was in memory is read anew: the file was filled from elsewhere. */
  reload(): void {
    this.#settings.clear();
    for (const forget of this.#onRollback) forget();
    this.#sequence = this.#lastSequence();
  }

  /** Forgets everything. */
  clear(): void {
    this.unit(() => {
      for (const table of tables) this.#db.exec(`delete from ${table}`);
    });
    this.#settings.clear();
    for (const forget of this.#onRollback) forget();
  }

  /** A value kept under a name; what is read stays in memory until it is written or forgotten. */
  setting(name: string): unknown {
    if (this.#settings.has(name)) return this.#settings.get(name);
    const row = this.sql("select value from settings where name = ?").get(name);
    const value: unknown = row ? JSON.parse(String(row.value)) : undefined;
    this.#settings.set(name, value);
    return value;
  }

  setSetting(name: string, value: unknown): void {
    this.#settings.delete(name);
    this.sql(
      "insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
    ).run(name, JSON.stringify(value));
  }

  dropSetting(name: string): void {
    this.#settings.delete(name);
    this.sql("delete from settings where name = ?").run(name);
  }

  /** The next number of the one order in which everything happened. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** How far that order has come: while it grows, something is happening. */
  get sequence(): number {
    return this.#sequence;
  }

  #lastSequence(): number {
    const row = this.#db
      .prepare(
        `select max((select coalesce(max(seq), 0) from objects), (select coalesce(max(seq), 0) from due),
                    (select coalesce(max(seq), 0) from events), (select coalesce(max(seq), 0) from history)) as last`,
      )
      .get();
    return Number(row?.last ?? 0);
  }

  close(): void {
    this.#db.close();
  }
}
