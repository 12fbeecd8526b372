import type { Database } from "./database.ts";

export interface Stored {
  id: string;
  created: number;
}

/** How to find objects: for each name the key (or keys) under which an object is found. */
export type Indexes<T> = Record<string, (object: T) => string | readonly string[] | null | undefined>;

export interface PageQuery<T> {
  /** Narrow by indexes first … */
  where?: Record<string, string>;
  /** … then by creation time (unix seconds) … */
  created?: { gt?: number; gte?: number; lt?: number; lte?: number };
  /** … then by anything else. */
  matches?: (object: T) => boolean;
  startingAfter?: string;
  endingBefore?: string;
  limit: number;
}

const cacheSize = 2_000;

/**
 * One kind of object. Objects are plain JSON and never changed in place: `replace` stores a new one.
 * Reads go through a small cache; the file holds everything, so memory does not grow with history.
 */
export class Collection<T extends Stored> {
  readonly name: string;
  readonly #database: Database;
  readonly #indexes: Indexes<T>;
  readonly #cache = new Map<string, T>();

  constructor(database: Database, name: string, indexes: Indexes<T> = {}) {
    this.name = name;
    this.#database = database;
    this.#indexes = indexes;
    database.onRollback(() => this.#cache.clear());
  }

  get(id: string): T | undefined {
    const cached = this.#cache.get(id);
    if (cached) return cached;
    const row = this.#database.sql("select data from objects where collection = ? and id = ?").get(this.name, id);
    return row ? this.#remember(JSON.parse(String(row.data)) as T) : undefined;
  }

  insert(object: T): T {
    const seq = this.#database.nextSequence();
    this.#database
      .sql("insert into objects (collection, id, created, seq, data) values (?, ?, ?, ?, ?)")
      .run(this.name, object.id, object.created, seq, JSON.stringify(object));
    for (const [field, key] of this.#keysOf(object)) this.#addKey(field, key, object.created, seq, object.id);
    return this.#remember(object);
  }

  replace(object: T): T {
    const row = this.#database
      .sql("select data, created, seq from objects where collection = ? and id = ?")
      .get(this.name, object.id);
    if (!row) throw new Error(`${this.name} ${object.id} is not stored`);
    const [created, seq] = [Number(row.created), Number(row.seq)];
    const before = new Set(this.#keysOf(JSON.parse(String(row.data)) as T).map((pair) => pair.join("\0")));
    this.#database
      .sql("update objects set data = ? where collection = ? and id = ?")
      .run(JSON.stringify(object), this.name, object.id);
    for (const [field, key] of this.#keysOf(object)) {
      if (!before.delete(`${field}\0${key}`)) this.#addKey(field, key, created, seq, object.id);
    }
    for (const pair of before) {
      const [field = "", key = ""] = pair.split("\0");
      this.#dropKey(field, key, created, seq, object.id);
    }
    return this.#remember(object);
  }

  delete(id: string): void {
    const row = this.#database
      .sql("select data, created, seq from objects where collection = ? and id = ?")
      .get(this.name, id);
    if (!row) return;
    for (const [field, key] of this.#keysOf(JSON.parse(String(row.data)) as T)) {
      this.#dropKey(field, key, Number(row.created), Number(row.seq), id);
    }
    this.#database.sql("delete from objects where collection = ? and id = ?").run(this.name, id);
    this.#cache.delete(id);
  }

  count(): number {
    return Number(this.#database.sql("select count(*) as n from objects where collection = ?").get(this.name)?.n);
  }

  /** The oldest object under one key of an index. */
  first(field: string, key: string): T | undefined {
    return this.by(field, key)[0];
  }

  /** All objects under one key of an index, oldest first. */
  by(field: string, key: string): T[] {
    const rows = this.#database
      .sql("select id from index_entries where collection = ? and field = ? and key = ? order by created, seq")
      .all(this.name, field, key);
    return rows.flatMap((row) => this.get(String(row.id)) ?? []);
  }

  /** Newest first, with cursors, as the provider pages its lists. */
  page(query: PageQuery<T>): { data: T[]; hasMore: boolean } {
    const backwards = query.endingBefore !== undefined;
    const data: T[] = [];
    for (const id of this.#ids(query, backwards)) {
      const object = this.get(id);
      if (!object || !this.#accepts(object, query)) continue;
      data.push(object);
      if (data.length > query.limit) break;
    }
    const hasMore = data.length > query.limit;
    if (hasMore) data.pop();
    return { data: backwards ? data.reverse() : data, hasMore };
  }

  #accepts(object: T, query: PageQuery<T>): boolean {
    const { gt, gte, lt, lte } = query.created ?? {};
    if (gt !== undefined && object.created <= gt) return false;
    if (gte !== undefined && object.created < gte) return false;
    if (lt !== undefined && object.created >= lt) return false;
    if (lte !== undefined && object.created > lte) return false;
    for (const [field, key] of Object.entries(query.where ?? {})) {
      if (!this.#keysOf(object).some(([name, value]) => name === field && value === key)) return false;
    }
    return query.matches?.(object) ?? true;
  }

  *#ids(query: PageQuery<T>, backwards: boolean): Generator<string> {
    const first = Object.entries(query.where ?? {})[0];
    const [source, params]: [string, (string | number)[]] = first
      ? ["index_entries where collection = ? and field = ? and key = ?", [this.name, first[0], first[1]]]
      : ["objects where collection = ?", [this.name]];
    const low = query.created?.gte ?? query.created?.gt ?? 0;
    const high = query.created?.lte ?? query.created?.lt ?? Number.MAX_SAFE_INTEGER;
    const cursor = query.endingBefore ?? query.startingAfter;
    const place = cursor === undefined ? undefined : this.#place(cursor);
    let [created, seq] = place ?? (backwards ? [0, 0] : [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
    const statement = this.#database.sql(
      `select id, created, seq from ${source} and created between ? and ? and (created, seq) ${backwards ? ">" : "<"} (?, ?)
       order by created ${backwards ? "" : "desc"}, seq ${backwards ? "" : "desc"} limit 200`,
    );
    while (true) {
      const rows = statement.all(...params, low, high, created, seq);
      for (const row of rows) yield String(row.id);
      const last = rows.at(-1);
      if (!last || rows.length < 200) return;
      [created, seq] = [Number(last.created), Number(last.seq)];
    }
  }

  #place(id: string): [number, number] | undefined {
    const row = this.#database
      .sql("select created, seq from objects where collection = ? and id = ?")
      .get(this.name, id);
    return row ? [Number(row.created), Number(row.seq)] : undefined;
  }

  #keysOf(object: T): [string, string][] {
    return Object.entries(this.#indexes).flatMap(([field, keyOf]) => {
      const keys = keyOf(object);
      if (keys === null || keys === undefined) return [];
      return (typeof keys === "string" ? [keys] : keys).map((key): [string, string] => [field, key]);
    });
  }

  #addKey(field: string, key: string, created: number, seq: number, id: string): void {
    this.#database
      .sql("insert into index_entries (collection, field, key, created, seq, id) values (?, ?, ?, ?, ?, ?)")
      .run(this.name, field, key, created, seq, id);
  }

  #dropKey(field: string, key: string, created: number, seq: number, id: string): void {
    this.#database
      .sql(
        "delete from index_entries where collection = ? and field = ? and key = ? and created = ? and seq = ? and id = ?",
      )
      .run(this.name, field, key, created, seq, id);
  }

  #remember(object: T): T {
    this.#cache.delete(object.id);
    this.#cache.set(object.id, object);
    if (this.#cache.size > cacheSize) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
    return object;
  }
}
