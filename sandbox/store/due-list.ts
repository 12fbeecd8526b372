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
  | "invoice.finalize"
  | "invoice.retry"
  | "payment.settle"
  | "refund.settle"
  | "dispute.decide";

export interface DueEntry {
  kind: DueKind;
  id: string;
  /** Unix seconds on the sandbox clock. */
  at: number;
}

/** Everything that will happen by itself, ordered by when. The cost of looking is that of the first entry. */
export class DueList {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  put(entry: DueEntry): void {
    this.#database
      .sql(`insert into due (kind, id, at, seq) values (?, ?, ?, ?)
            on conflict (kind, id) do update set at = excluded.at, seq = excluded.seq`)
      .run(entry.kind, entry.id, entry.at, this.#database.nextSequence());
  }

  drop(kind: DueKind, id: string): void {
    this.#database.sql("delete from due where kind = ? and id = ?").run(kind, id);
  }

  /** The first entries in order, at most `limit`. */
  upcoming(limit: number): DueEntry[] {
    const rows = this.#database.sql("select kind, id, at from due order by at, seq limit ?").all(limit);
    return rows.map((row) => ({ kind: String(row.kind) as DueKind, id: String(row.id), at: Number(row.at) }));
  }

  first(): DueEntry | undefined {
    return this.upcoming(1)[0];
  }
}
