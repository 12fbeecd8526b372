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

/** How many objects of a kind are kept parsed; the file holds them all, so memory does not grow with history. */
const usualCache = 1_000;

/** One kind of object. Objects are plain JSON and never changed in place: `replace` stores a new one. */
export class Collection<T extends Stored> {
  readonly name: string;
  readonly #database: Database;
  readonly #indexes: [string, Indexes<T>[string]][];
  readonly #cache = new Map<string, T>();
  readonly #cacheSize: number;
  #all: readonly T[] | undefined;

  constructor(database: Database, name: string, indexes: Indexes<T> = {}, cacheSize = usualCache) {
    this.#cacheSize = cacheSize;
    this.name = name;
    this.#database = database;
    this.#indexes = Object.entries(indexes);
    database.onRollback(() => {
      this.#cache.clear();
      this.#all = undefined;
    });
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
    this.#all = undefined;
    return this.#remember(object);
  }

  /** Stores what an object is now; `before` is what it was. */
  replace(object: T, before: T | undefined = this.get(object.id)): T {
    if (!before) throw new Error(`${this.name} ${object.id} is not stored`);
    this.#database
      .sql("update objects set data = ? where collection = ? and id = ?")
      .run(JSON.stringify(object), this.name, object.id);
    const [old, current] = [this.#keysOf(before), this.#keysOf(object)];
    const has = (keys: readonly [string, string][], [field, key]: [string, string]) =>
      keys.some(([name, value]) => name === field && value === key);
    const [gone, added] = [old.filter((pair) => !has(current, pair)), current.filter((pair) => !has(old, pair))];
    if (gone.length + added.length > 0) {
      const [created, seq] = this.#place(object.id) ?? [0, 0];
      for (const [field, key] of gone) this.#dropKey(field, key, created, seq, object.id);
      for (const [field, key] of added) this.#addKey(field, key, created, seq, object.id);
    }
    this.#all = undefined;
    return this.#remember(object);
  }

  delete(id: string): void {
    const object = this.get(id);
    const place = this.#place(id);
    if (!object || !place) return;
    for (const [field, key] of this.#keysOf(object)) this.#dropKey(field, key, ...place, id);
    this.#database.sql("delete from objects where collection = ? and id = ?").run(this.name, id);
    this.#cache.delete(id);
    this.#all = undefined;
  }

  /** An object as it is written, for passing on without reading it. */
  text(id: string): string | undefined {
    const row = this.#database.sql("select data from objects where collection = ? and id = ?").get(this.name, id);
    return row && String(row.data);
  }

  count(): number {
    return Number(this.#database.sql("select count(*) as n from objects where collection = ?").get(this.name)?.n);
  }

  /** The oldest object under one key of an index. */
  first(field: string, key: string): T | undefined {
    return this.by(field, key)[0];
  }

  /** Every object, oldest first, kept in memory until one changes: for kinds of which there are few. */
  all(): readonly T[] {
    if (!this.#all) {
      const rows = this.#database
        .sql("select data from objects where collection = ? order by created, seq")
        .all(this.name);
      this.#all = rows.map((row) => JSON.parse(String(row.data)) as T);
    }
    return this.#all;
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
    const pairs: [string, string][] = [];
    for (const [field, keyOf] of this.#indexes) {
      const keys = keyOf(object) ?? [];
      for (const key of typeof keys === "string" ? [keys] : keys) pairs.push([field, key]);
    }
    return pairs;
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
    if (this.#cacheSize === 0) return object;
    this.#cache.delete(object.id);
    this.#cache.set(object.id, object);
    if (this.#cache.size > this.#cacheSize) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
    return object;
  }
}
