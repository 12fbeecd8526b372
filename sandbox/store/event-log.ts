import type { Collection, Stored } from "./collection.ts";
import type { Database } from "./database.ts";
import { fits, type PageQuery } from "./page-query.ts";

interface Told {
  id: string;
  created: number;
  type: string;
  data: { object: unknown; previous_attributes?: unknown };
}

/** How many events that wait for their delivery are kept as they are; later ones are put together again when sent. */
const usualRecent = 1_500;
const pageSize = 200;

type Row = Record<string, unknown>;

/** An event that will be sent soon: as it was written, and the object that was left out there. */
interface Recent {
  written: string;
  left: { collection: Collection<Stored>; object: Stored } | undefined;
}

/** Where an object that was left out belongs. */
const leftOut = '"data":{"object":null';

/**
 * Everything that was told, in the order in which it happened. An event about an object as it stands does not repeat the object:
 * it is found again, as it was then, through the object's history.
 */
export class EventLog<E extends Told> {
  readonly name = "event";
  readonly #database: Database;
  readonly #collections: ReadonlyMap<string, Collection<Stored>>;
  readonly #recent = new Map<string, Recent>();

  constructor(database: Database, collections: readonly Collection<Stored>[]) {
    this.#database = database;
    this.#collections = new Map(collections.map((one) => [one.name, one]));
    database.onRollback(() => this.#recent.clear());
  }

  /** Writes an event down; one that will be delivered soon is kept at hand. */
  append(event: E, delivered: boolean): E {
    const { object } = event.data;
    const about = typeof object === "object" && object !== null ? (object as Record<string, unknown>) : {};
    const collection = this.#collections.get(String(about.object));
    const left = collection?.isNow(about) ? { collection, object: about as unknown as Stored } : undefined;
    const written = JSON.stringify(left ? { ...event, data: { ...event.data, object: null } } : event);
    this.#database
      .sql("insert into events (seq, id, created, type, object_id, collection, data) values (?, ?, ?, ?, ?, ?, ?)")
      .run(
        this.#database.nextSequence(),
        event.id,
        event.created,
        event.type,
        about.id === undefined ? null : String(about.id),
        left?.collection.name ?? null,
        written,
      );
    if (delivered) this.#remember(event.id, { written, left });
    return event;
  }

  get(id: string): E | undefined {
    const row = this.#database.sql("select * from events where id = ?").get(id);
    return row && this.#read(row);
  }

  /** An event as it is sent. */
  text(id: string): string | undefined {
    const recent = this.#recent.get(id);
    if (!recent) {
      const event = this.get(id);
      return event && JSON.stringify(event);
    }
    this.#recent.delete(id);
    const { written, left } = recent;
    if (!left) return written;
    const at = written.indexOf(leftOut) + leftOut.length;
    return written.slice(0, at - "null".length) + left.collection.text(left.object) + written.slice(at);
  }

  count(): number {
    return Number(this.#database.sql("select count(*) as n from events").get()?.n);
  }

  /** Newest first, with cursors; `where` may name a type or the id of an object. */
  page(query: PageQuery<E>): { data: E[]; hasMore: boolean } {
    const backwards = query.endingBefore !== undefined;
    const data: E[] = [];
    for (const row of this.#rows(query, backwards)) {
      const event = this.#read(row);
      if (fits(query, event)) data.push(event);
      if (data.length > query.limit) break;
    }
    const hasMore = data.length > query.limit;
    if (hasMore) data.pop();
    return { data: backwards ? data.reverse() : data, hasMore };
  }

  /** Only what was told within the times that are asked for is read, however much was told before and since. */
  *#rows(query: PageQuery<E>, backwards: boolean): Generator<Row> {
    const within = this.#within(query.created);
    if (!within) return;
    const { where = {}, types, startingAfter, endingBefore } = query;
    const columns = Object.keys(where).map((name) => (name === "object" ? "object_id = ?" : "type = ?"));
    // Of one type by its index; of several in the order of what was told, without reading what the others say.
    const [only] = types?.length === 1 ? types : [];
    const kinds = types ? [only === undefined ? "+type in (select value from json_each(?))" : "type = ?"] : [];
    const conditions = [...columns, ...kinds, `seq ${backwards ? ">" : "<"} ?`, "seq between ? and ?"].join(" and ");
    const statement = this.#database.sql(
      `select * from events where ${conditions} order by seq ${backwards ? "" : "desc"} limit ?`,
    );
    const wanted = types ? [only ?? JSON.stringify(types)] : [];
    const cursor = endingBefore ?? startingAfter;
    const from =
      cursor === undefined ? undefined : this.#database.sql("select seq from events where id = ?").get(cursor);
    let seq = from ? Number(from.seq) : backwards ? 0 : Number.MAX_SAFE_INTEGER;
    // What fits is on the first look as a rule; where little of it does, more is looked at.
    for (let most = query.limit + 1; ; most = pageSize) {
      const rows = statement.all(...Object.values(where), ...wanted, seq, ...within, most);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < most) return;
      seq = Number(last.seq);
    }
  }

  /** Between which numbers everything stands that was told within some times; undefined when there is nothing. */
  #within(created: PageQuery<E>["created"]): [number, number] | undefined {
    if (!created || Object.keys(created).length === 0) return [0, Number.MAX_SAFE_INTEGER];
    const { gt = -1, gte = 0, lt = Number.MAX_SAFE_INTEGER, lte = Number.MAX_SAFE_INTEGER } = created;
    const row = this.#database
      .sql("select min(seq) as first, max(seq) as last from events where created between ? and ?")
      .get(Math.max(gt + 1, gte), Math.min(lt - 1, lte));
    return row?.first == null ? undefined : [Number(row.first), Number(row.last)];
  }

  #read(row: Row): E {
    const event = JSON.parse(String(row.data)) as E;
    const collection = row.collection === null ? undefined : this.#collections.get(String(row.collection));
    if (!collection) return event;
    return { ...event, data: { ...event.data, object: collection.asOf(String(row.object_id), Number(row.seq)) } };
  }

  #remember(id: string, recent: Recent): void {
    recent.left?.collection.willBeSent(recent.left.object);
    this.#recent.set(id, recent);
    if (this.#recent.size <= usualRecent) return;
    const oldest = this.#recent.keys().next();
    if (!oldest.done) this.#recent.delete(oldest.value);
  }
}
