import type { Database } from "./database.ts";

/** How to find objects: for each name the key (or keys) under which an object is found. */
export type Indexes<T> = Record<string, (object: T) => string | readonly string[] | null | undefined>;

/** Where an object stands among its kind: when it was made, and its number in the order of everything. */
export type Place = readonly [created: number, seq: number];

/** Under which keys the objects of one kind are found. */
export class ObjectIndex<T extends { id: string }> {
  readonly #database: Database;
  readonly #collection: string;
  readonly #fields: readonly [string, Indexes<T>[string]][];

  constructor(database: Database, collection: string, indexes: Indexes<T>) {
    this.#database = database;
    this.#collection = collection;
    this.#fields = Object.entries(indexes);
  }

  /** Every field with a key under which this object is found. */
  keysOf(object: T): [string, string][] {
    const pairs: [string, string][] = [];
    for (const [field, keyOf] of this.#fields) {
      const keys = keyOf(object) ?? [];
      if (typeof keys === "string") pairs.push([field, keys]);
      else for (const key of keys) pairs.push([field, key]);
    }
    return pairs;
  }

  /** Whether an object is found under all of these. */
  matches(object: T, wanted: Readonly<Record<string, string>>): boolean {
    const keys = this.keysOf(object);
    return Object.entries(wanted).every((pair) => has(keys, pair));
  }

  add(object: T, place: Place): void {
    for (const pair of this.keysOf(object)) this.#add(pair, place, object.id);
  }

  drop(object: T, place: Place): void {
    for (const pair of this.keysOf(object)) this.#drop(pair, place, object.id);
  }

  /** An object has changed: where it stands is asked only when it is found under other keys now. */
  move(before: T, after: T, placeOf: () => Place): void {
    const [old, current] = [this.keysOf(before), this.keysOf(after)];
    const [gone, added] = [old.filter((pair) => !has(current, pair)), current.filter((pair) => !has(old, pair))];
    if (gone.length + added.length === 0) return;
    const place = placeOf();
    for (const pair of gone) this.#drop(pair, place, after.id);
    for (const pair of added) this.#add(pair, place, after.id);
  }

  /** The ids of all objects under one key, oldest first. */
  find(field: string, key: string): string[] {
    return this.#database
      .sql("select id from index_entries where collection = ? and field = ? and key = ? order by created, seq")
      .all(this.#collection, field, key)
      .map((row) => String(row.id));
  }

  #add([field, key]: [string, string], [created, seq]: Place, id: string): void {
    this.#database
      .sql("insert into index_entries (collection, field, key, created, seq, id) values (?, ?, ?, ?, ?, ?)")
      .run(this.#collection, field, key, created, seq, id);
  }

  #drop([field, key]: [string, string], [created, seq]: Place, id: string): void {
    this.#database
      .sql(
        "delete from index_entries where collection = ? and field = ? and key = ? and created = ? and seq = ? and id = ?",
      )
      .run(this.#collection, field, key, created, seq, id);
  }
}

function has(keys: readonly (readonly [string, string])[], [field, key]: readonly [string, string]): boolean {
  return keys.some(([name, value]) => name === field && value === key);
}
