import { type Placeholder, sql } from "drizzle-orm";
import type { PgPreparedQuery, PreparedQueryConfig } from "drizzle-orm/pg-core";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { dialect, type Tx } from "./db.ts";

type Session = PostgresJsSession<postgres.Sql, never, never>;
/** Which joined tables may be missing from a row: the builder notes it on what it has prepared. */
type Prepared = ReturnType<Session["prepareQuery"]> & { joinsNotNullableMap?: Record<string, boolean> };
type Selection<Row> = { prepare(name: string): { execute(): Promise<Row[]> } };
type Values<Name extends string> = { readonly [name in Name]: Placeholder<name> };
type Written = {
  readonly given: Parameters<Session["prepareQuery"]>;
  readonly joins: Prepared["joinsNotNullableMap"];
};

/** Nothing is sent by it: it notes what a query was written as. */
class WritingSession extends PostgresJsSession<postgres.Sql, Record<string, never>, Record<string, never>> {
  given: Parameters<Session["prepareQuery"]> | null = null;

  override prepareQuery<Config extends PreparedQueryConfig = PreparedQueryConfig>(
    ...given: Parameters<Session["prepareQuery"]>
  ): PgPreparedQuery<Config> {
    this.given = given;
    return super.prepareQuery(...given) as PgPreparedQuery<Config>;
  }
}

/**
 * A selection whose text is put together once per process instead of at each call, which takes the query builder longer than
 * sending it: for what every page of a member or every request asks. `write` is called once, with places for the named values
 * that change from call to call; it must not look at the moment or at who asks.
 * Values go to the database as they are: an instant as its ISO text.
 */
export function writtenOnce<const Name extends string, Row>(
  names: readonly Name[],
  write: (tx: Pick<Tx, "select">, values: Values<Name>) => Selection<Row>,
): (tx: Tx, values: Readonly<Record<Name, string | number>>) => Promise<Row[]> {
  let written: Written | null = null;
  const compose = (): Written => {
    const session = new WritingSession(undefined as never, dialect, undefined);
    const places = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Values<Name>;
    const query = write(new PostgresJsTransaction(dialect, session as never, undefined), places).prepare(
      "prepared",
    ) as unknown as Prepared;
    if (!session.given)
      throw new Error("The query builder prepares its queries in another way than this was written for.");
    return { given: session.given, joins: query.joinsNotNullableMap };
  };
  return async (tx, values) => {
    written ??= compose();
    const query = tx._.session.prepareQuery(...written.given) as unknown as Prepared;
    if (written.joins) query.joinsNotNullableMap = written.joins;
    return (await query.execute(values)) as Row[];
  };
}
