import type { Database } from "./database.ts";

/** What can fall due at the provider. One entry per kind and object. */
export type DueKind =
  | "checkout.expire"
  | "subscription.period_end"
  | "subscription.trial_will_end"
  | "subscription.cancel"
  | "subscription.incomplete_expire"
  | "subscription.pending_update_expire"
  | "subscription.resume_collection"
  | "subscription.resume"
  | "invoice.finalize"
  | "invoice.retry"
  | "invoice.overdue"
  | "payment.settle"
  | "charge.expire"
  | "refund.settle"
  | "dispute.decide"
  | "subscription.upcoming"
  | "schedule.phase"
  | "schedule.pause"
  | "card.replace"
  | "credit_grant.expire"
  | "test_clock.advance"
  | "test_clock.delete";

interface Placed extends DueEntry {
  seq: number;
}

/** How many of the first entries are known at a time. */
const knownFirst = 32;

export interface DueEntry {
  kind: DueKind;
  id: string;
  /** Unix seconds on the sandbox clock. */
  at: number;
}

/**
 * Everything that will happen by itself, ordered by when. The cost of looking is that of the first entry. What happens
 * to the customers of a clock of their own is due on that clock, and waits until it is advanced.
 */
export class DueList {
  readonly #database: Database;
  #clock: string | undefined;
  /** The entries that come first, in order, so that looking for the next one does not ask the file; none when they are not known. */
  #first: Placed[] = [];

  constructor(database: Database) {
    this.#database = database;
    database.onRollback(() => {
      this.#first = [];
    });
  }

  /** Whatever `work` puts and drops is due on that clock; undefined for the sandbox's own. */
  on<T>(clock: string | undefined, work: () => T): T {
    const before = this.#clock;
    this.#clock = clock;
    try {
      return work();
    } finally {
      this.#clock = before;
    }
  }

  put({ kind, id, at }: DueEntry): void {
    const seq = this.#database.nextSequence();
    if (this.#clock === undefined) this.#place({ kind, id, at, seq });
    if (this.#clock === undefined)
      this.#database
        .sql(`insert into due (kind, id, at, seq) values (?, ?, ?, ?)
              on conflict (kind, id) do update set at = excluded.at, seq = excluded.seq`)
        .run(kind, id, at, seq);
    else
      this.#database
        .sql(`insert into clock_due (clock, kind, id, at, seq) values (?, ?, ?, ?, ?)
              on conflict (clock, kind, id) do update set at = excluded.at, seq = excluded.seq`)
        .run(this.#clock, kind, id, at, seq);
  }

  drop(kind: DueKind, id: string): void {
    if (this.#clock === undefined) this.#forget(kind, id);
    if (this.#clock === undefined) this.#database.sql("delete from due where kind = ? and id = ?").run(kind, id);
    else this.#database.sql("delete from clock_due where clock = ? and kind = ? and id = ?").run(this.#clock, kind, id);
  }

  /** The first entries in order, at most `limit`. */
  upcoming(limit: number): DueEntry[] {
    const rows = this.#database.sql("select kind, id, at from due order by at, seq limit ?").all(limit);
    return rows.map(entryOf);
  }

  first(): DueEntry | undefined {
    if (this.#first.length === 0)
      this.#first = this.#database
        .sql("select kind, id, at, seq from due order by at, seq limit ?")
        .all(knownFirst)
        .map((row) => ({ ...entryOf(row), seq: Number(row.seq) }));
    return this.#first[0];
  }

  #forget(kind: DueKind, id: string): void {
    const index = this.#first.findIndex((one) => one.id === id && one.kind === kind);
    if (index >= 0) this.#first.splice(index, 1);
  }

  /** Takes an entry up among the first when it comes before the last of them. */
  #place(entry: Placed): void {
    this.#forget(entry.kind, entry.id);
    const index = this.#first.findIndex((one) => one.at > entry.at || (one.at === entry.at && one.seq > entry.seq));
    if (index >= 0) this.#first.splice(index, 0, entry);
    if (this.#first.length > 2 * knownFirst) this.#first.length = knownFirst;
  }

  /** What comes first on a clock of its own. */
  firstOn(clock: string): DueEntry | undefined {
    const row = this.#database
      .sql("select kind, id, at from clock_due where clock = ? order by at, seq limit 1")
      .get(clock);
    return row && entryOf(row);
  }
}

function entryOf(row: Record<string, unknown>): DueEntry {
  return { kind: String(row.kind) as DueKind, id: String(row.id), at: Number(row.at) };
}
