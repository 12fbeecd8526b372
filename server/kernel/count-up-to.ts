import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "./db.ts";
import { COUNTED_AT_MOST, type Total, totalOf } from "./page.ts";

/** Counts the rows of `from … where …`, and stops when it no longer matters how many there are. */
export async function countUpTo(tx: Tx, from: SQL): Promise<Total> {
  const [row] = await tx.execute<{ counted: number }>(
    sql`select count(*)::int as counted from (select 1 ${from} limit ${COUNTED_AT_MOST + 1}) matching`,
  );
  return totalOf(row?.counted ?? 0);
}
