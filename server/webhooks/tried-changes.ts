import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";

/** A step in the life of something that was only tried: what it is, in which state it is now, and in which it would be. */
export type TriedChange = {
  /** The noun of its lifecycle: `order`, `stock_reservation`. */
  readonly what: string;
  readonly id: string;
  /** Null: there would be one more of it. */
  readonly from: string | null;
  readonly to: string;
};

const HISTORY = "_transitions";

/** How far each history has come; what this transaction writes is behind that. */
export type HistoryPlaces = ReadonlyMap<string, string>;

/** To be asked before anything is tried. */
export async function historyPlaces(tx: Tx): Promise<HistoryPlaces> {
  const names = await tx.execute<{ name: string }>(sql`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and right(relname, length(${HISTORY})) = ${HISTORY} order by 1`);
  const places = await tx.execute<{ name: string; place: string }>(
    sql.join(
      names.map(({ name }) => sql`select ${name} as name, coalesce(max(id), 0) as place from ${sql.identifier(name)}`),
      sql` union all `,
    ),
  );
  return new Map(places.map(({ name, place }) => [name, String(place)]));
}

/**
 * What this transaction has written into the histories since, in its order, each thing once: where it stood before the first
 * step and after the last. What others write meanwhile is not among it.
 */
export async function changesSince(tx: Tx, places: HistoryPlaces): Promise<TriedChange[]> {
  const rows = await tx.execute<{ name: string; id: string; from_state: string | null; to_state: string }>(sql`
    select name, subject_id as id, from_state, to_state from (${sql.join(
      [...places].map(
        ([name, place]) => sql`select ${name} as name, id as place, subject_id, from_state, to_state, at
          from ${sql.identifier(name)} where id > ${place}::bigint and xmin = pg_current_xact_id()::xid`,
      ),
      sql` union all `,
    )}) written order by at, name, place`);
  const changes = new Map<string, TriedChange>();
  for (const { name, id, from_state: from, to_state: to } of rows) {
    const what = name.slice(0, -HISTORY.length);
    const key = `${what} ${id}`;
    changes.set(key, { what, id, from: changes.has(key) ? (changes.get(key)?.from ?? null) : from, to });
  }
  return [...changes.values()];
}
