import type { Tx } from "./db.ts";

/**
 * Sends a statement that stands there as text, with `$1`, `$2` … for its values, without the query builder: for what nearly
 * every transaction does. On its way when this returns. Values go to the database as they are: an instant as its ISO text.
 */
export function statement<Row extends object>(
  tx: Tx,
  text: string,
  values: readonly (string | number | null)[],
): Promise<Row[]> {
  const query = tx._.session.prepareQuery({ sql: text, params: [...values] }, undefined, undefined, false);
  return query.execute() as Promise<Row[]>;
}
