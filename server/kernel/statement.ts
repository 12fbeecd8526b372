import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Tx } from "./db.ts";

/**
 * Sends a statement that stands there as text, with `$1`, `$2` … for its values, without the query builder: for what nearly
 * every transaction does. On its way when this returns. Values go to the database as they are: an instant as its ISO text.
 */
export function statement<Row extends object>(
  tx: Tx,
  text: string,
  values: readonly (string | number | boolean | null)[],
): Promise<Row[]> {
  const query = tx._.session.prepareQuery({ sql: text, params: [...values] }, undefined, undefined, false);
  return query.execute() as Promise<Row[]>;
}

/**
 * `= any (…)` of a list that a statement takes as one JSON value, `json`. It is planned for a handful: of a set that is
 * unpacked where it is compared the database expects a hundred, and would read a whole table rather than look each up.
 */
export const ofFew = (json: SQLWrapper | string) => sql`= any (array(select json_array_elements_text(${json}::json)))`;

/** The same as rows of JSON, one for each of the list: `from ${few(list)} as one, json_to_record(one) as row(…)`. */
export const few = (list: readonly object[]): SQL =>
  sql`unnest(array(select json_array_elements(${JSON.stringify(list)}::json)))`;
