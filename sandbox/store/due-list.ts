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

/** Where an entry stands now, for the file; nowhere when it was dropped. */
interface Unwritten {
  clock: string | undefined;
  kind: DueKind;
  id: string;
  placed: { at: number; seq: number } | undefined;
}

const [putting, dropping, puttingOn, droppingFrom] = [
  `insert into due (kind, id, at, seq) values (?, ?, ?, ?)
   on conflict (kind, id) do update set at = excluded.at, seq = excluded.seq`,
  "delete from due where kind = ? and id = ?",
  `insert into clock_due (clock, kind, id, at, seq) values (?, ?, ?, ?, ?)
   on conflict (clock, kind, id) do update set at = excluded.at, seq = excluded.seq`,
  "delete from clock_due where clock = ? and kind = ? and id = ?",
] as const;

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
  /** What was put and dropped since the file was last written: of each only where it stands in the end. */
  readonly #unwritten = new Map<string, Unwritten>();

  constructor(database: Database) {
    this.#database = database;
    database.onFlush(() => this.#write());
    database.onRollback(() => {
      this.#first = [];
      this.#unwritten.clear();
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
    this.#note({ clock: this.#clock, kind, id, placed: { at, seq } });
  }

  drop(kind: DueKind, id: string): void {
    if (this.#clock === undefined) this.#forget(kind, id);
    this.#note({ clock: this.#clock, kind, id, placed: undefined });
  }

  #note(one: Unwritten): void {
    this.#unwritten.set(`${one.clock ?? ""} ${one.kind} ${one.id}`, one);
    if (!this.#database.inUnit) this.#write();
  }

  #write(): void {
    if (this.#unwritten.size === 0) return;
    for (const { clock, kind, id, placed } of this.#unwritten.values()) {
      if (clock === undefined) {
        if (placed) this.#database.sql(putting).run(kind, id, placed.at, placed.seq);
        else this.#database.sql(dropping).run(kind, id);
      } else if (placed) this.#database.sql(puttingOn).run(clock, kind, id, placed.at, placed.seq);
      else this.#database.sql(droppingFrom).run(clock, kind, id);
    }
    this.#unwritten.clear();
  }

  /** The first entries in order, at most `limit`. */
  upcoming(limit: number): DueEntry[] {
    this.#write();
    const rows = this.#database.sql("select kind, id, at from due order by at, seq limit ?").all(limit);
    return rows.map(entryOf);
  }

  first(): DueEntry | undefined {
    if (this.#first.length === 0) {
      this.#write();
      this.#first = this.#database
        .sql("select kind, id, at, seq from due order by at, seq limit ?")
        .all(knownFirst)
        .map((row) => ({ ...entryOf(row), seq: Number(row.seq) }));
    }
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
    this.#write();
    const row = this.#database
      .sql("select kind, id, at from clock_due where clock = ? order by at, seq limit 1")
      .get(clock);
    return row && entryOf(row);
  }
}

function entryOf(row: Record<string, unknown>): DueEntry {
  return { kind: String(row.kind) as DueKind, id: String(row.id), at: Number(row.at) };
}
