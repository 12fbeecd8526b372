import type { Database } from "./database.ts";

type Table = Record<string, unknown>;

/** Stands for what an object did not have then. */
const absent = { "": "absent" };

function isAbsent(value: unknown): boolean {
  return typeof value === "object" && value !== null && "" in value && value[""] === absent[""];
}

/** What an object's changed fields held before; only those that are named can have changed. */
function earlierValues(before: Table, after: Table, fields: readonly string[] | undefined): Table {
  const values: Table = {};
  const note = (name: string) => {
    if (!(name in before)) values[name] = absent;
    else if (before[name] !== after[name]) values[name] = before[name];
  };
  if (fields) for (const name of fields) note(name);
  else {
    for (const name in before) note(name);
    for (const name in after) if (!(name in before)) note(name);
  }
  return values;
}

/**
 * What the objects of one kind were before each change, kept as the changed fields alone. From how an object is now, this leads
 * back to how it was at any moment.
 */
export class History {
  readonly #database: Database;
  readonly #collection: string;

  constructor(database: Database, collection: string) {
    this.#database = database;
    this.#collection = collection;
  }

  /** Notes a change; an object that is deleted becomes an empty one, so all of it is kept. */
  keep(id: string, before: object, after: object, fields?: readonly string[]): void {
    this.#database
      .sql("insert into history (collection, id, seq, before) values (?, ?, ?, ?)")
      .run(
        this.#collection,
        id,
        this.#database.nextSequence(),
        JSON.stringify(earlierValues(before as Table, after as Table, fields)),
      );
  }

  /** An object as it was when the order of everything had come to `seq`, found from how it is now. */
  asOf(now: object | undefined, id: string, seq: number): object | undefined {
    const rows = this.#database
      .sql("select before from history where collection = ? and id = ? and seq > ? order by seq desc")
      .all(this.#collection, id, seq);
    if (rows.length === 0) return now;
    const values: Table = { ...now };
    for (const row of rows) Object.assign(values, JSON.parse(String(row.before)));
    return Object.fromEntries(Object.entries(values).filter(([, value]) => !isAbsent(value)));
  }
}
