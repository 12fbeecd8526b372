import type { Database } from "./database.ts";
import { History } from "./history.ts";
import { KeptTexts } from "./kept-texts.ts";
import { type Indexes, ObjectIndex, type Place } from "./object-index.ts";
import { fits, type PageQuery } from "./page-query.ts";
import { RecentObjects } from "./recent-objects.ts";

export interface Stored {
  id: string;
  created: number;
}

export interface CollectionOptions {
  /** Whether what its objects were before is kept; so unless told. */
  history?: boolean;
  /** Its objects come back again and again, as those that a renewal needs. */
  keepsMany?: boolean;
}

/** What waits to be written at the end of the unit of work: how the object is now, and how it stands in the file. */
interface Unwritten<T> {
  object: T;
  stored: T | undefined;
  seq: number;
}

/**
 * One kind of object. Objects are plain JSON and never changed in place: `replace` stores a new one. Within a unit of
 * work an object is written once, however often it changes. A kind with a history keeps the earlier values of what
 * changed, so that every object can be told as it was at any moment.
 */
export class Collection<T extends Stored> {
  readonly name: string;
  readonly #database: Database;
  readonly #index: ObjectIndex<T>;
  readonly #texts = new KeptTexts<T>();
  readonly #cache: RecentObjects<T>;
  readonly #unwritten = new Map<string, Unwritten<T>>();
  readonly #history: History | undefined;
  #all: readonly T[] | undefined;
  /** Whether there is any of its kind at all; undefined until the file was asked. */
  #some: boolean | undefined;

  constructor(database: Database, name: string, indexes: Indexes<T> = {}, options: CollectionOptions = {}) {
    this.name = name;
    this.#cache = new RecentObjects(options.keepsMany === true);
    this.#history = options.history === false ? undefined : new History(database, name);
    this.#database = database;
    this.#index = new ObjectIndex(database, name, indexes);
    database.onFlush(() => this.#write());
    database.onRollback(() => {
      this.#unwritten.clear();
      this.#cache.clear();
      this.#texts.clear();
      this.#all = undefined;
      this.#some = undefined;
    });
  }

  /** Whether its objects are the API's own: those have a history to look at. */
  get isShown(): boolean {
    return this.#history !== undefined;
  }

  get(id: string): T | undefined {
    const known = this.#known(id);
    if (known || id === "") return known;
    const row = this.#database.sql("select data from objects where collection = ? and id = ?").get(this.name, id);
    return row ? this.#cache.keep(JSON.parse(String(row.data)) as T) : undefined;
  }

  /** Whether this very object is how the kind's object of that id stands now. */
  isNow(object: object): boolean {
    return "id" in object && this.#known(String(object.id)) === object;
  }

  #known(id: string): T | undefined {
    return this.#cache.get(id) ?? this.#unwritten.get(id)?.object;
  }

  insert(object: T): T {
    this.#unwritten.set(object.id, { object, stored: undefined, seq: this.#database.nextSequence() });
    if (!this.#database.inUnit) this.#write();
    this.#all = undefined;
    this.#some = true;
    return this.#cache.keep(object);
  }

  /** This very object will be sent as it is now: what is written of it is kept at hand for that. */
  willBeSent(object: T): void {
    this.#texts.expect(object);
  }

  /** An object as JSON; not put into words again when it was just written. */
  text(object: T): string {
    return this.#texts.of(object) ?? JSON.stringify(object);
  }

  /** Stores what an object is now. Fields that are named are the only ones that may have changed. */
  replace(object: T, fields?: readonly string[]): T {
    const before = this.get(object.id);
    if (!before) throw new Error(`${this.name} ${object.id} is not stored`);
    this.#history?.keep(object.id, before, object, fields);
    const waiting = this.#unwritten.get(object.id);
    if (waiting) waiting.object = object;
    else this.#unwritten.set(object.id, { object, stored: before, seq: 0 });
    if (!this.#database.inUnit) this.#write();
    this.#all = undefined;
    return this.#cache.keep(object);
  }

  /** Writes what changed since the last time. */
  #write(): void {
    if (this.#unwritten.size === 0) return;
    for (const { object, stored, seq } of this.#unwritten.values()) {
      if (stored) this.#writeChange(object, stored);
      else this.#writeNew(object, seq);
    }
    this.#unwritten.clear();
  }

  #writeNew(object: T, seq: number): void {
    this.#database
      .sql("insert into objects (collection, id, created, seq, data) values (?, ?, ?, ?, ?)")
      .run(this.name, object.id, object.created, seq, this.#texts.write(object));
    this.#index.add(object, [object.created, seq]);
  }

  #writeChange(object: T, before: T): void {
    this.#database
      .sql("update objects set data = ? where collection = ? and id = ?")
      .run(this.#texts.write(object), this.name, object.id);
    this.#index.move(before, object, () => this.#placeInFile(object.id) ?? [0, 0]);
  }

  /** An object as it was when the order of everything had come to `seq`. */
  asOf(id: string, seq: number): T | undefined {
    return this.#history?.asOf(this.get(id), id, seq) as T | undefined;
  }

  delete(id: string): void {
    const object = this.get(id);
    const place = this.#place(id);
    if (!object || !place) return;
    this.#history?.keep(id, object, {});
    this.#index.drop(object, place);
    this.#database.sql("delete from objects where collection = ? and id = ?").run(this.name, id);
    this.#cache.delete(id);
    this.#all = undefined;
  }

  count(): number {
    this.#write();
    return Number(this.#database.sql("select count(*) as n from objects where collection = ?").get(this.name)?.n);
  }

  /** The oldest object under one key of an index. */
  first(field: string, key: string): T | undefined {
    return this.by(field, key)[0];
  }

  /** Every object, oldest first, kept in memory until one changes: for kinds of which there are few. */
  all(): readonly T[] {
    if (!this.#all) {
      this.#write();
      const rows = this.#database
        .sql("select data from objects where collection = ? order by created, seq")
        .all(this.name);
      this.#all = rows.map((row) => JSON.parse(String(row.data)) as T);
    }
    return this.#all;
  }

  /** Whether there is none of this kind; cheap for kinds of which there are few. */
  isEmpty(): boolean {
    return this.all().length === 0;
  }

  /** All objects under one key of an index, oldest first. */
  by(field: string, key: string): T[] {
    this.#some ??=
      this.#database.sql("select 1 from objects where collection = ? limit 1").get(this.name) !== undefined;
    if (!this.#some) return [];
    this.#write();
    return this.#index.find(field, key).flatMap((id) => this.get(id) ?? []);
  }

  /** Newest first, with cursors, as the provider pages its lists. */
  page(query: PageQuery<T>): { data: T[]; hasMore: boolean } {
    this.#write();
    const backwards = query.endingBefore !== undefined;
    const data: T[] = [];
    for (const id of this.#ids(query, backwards)) {
      const object = this.get(id);
      if (!object || !this.#index.matches(object, query.where ?? {}) || !fits(query, object)) continue;
      data.push(object);
      if (data.length > query.limit) break;
    }
    const hasMore = data.length > query.limit;
    if (hasMore) data.pop();
    return { data: backwards ? data.reverse() : data, hasMore };
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

  #place(id: string): Place | undefined {
    this.#write();
    return this.#placeInFile(id);
  }

  #placeInFile(id: string): Place | undefined {
    const row = this.#database
      .sql("select created, seq from objects where collection = ? and id = ?")
      .get(this.name, id);
    return row ? [Number(row.created), Number(row.seq)] : undefined;
  }
}
