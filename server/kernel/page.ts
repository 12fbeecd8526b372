import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { DomainError } from "./errors.ts";

/**
 * A place in a list: what the row before (or after) it is sorted by, exactly as the database holds it (microseconds and
 * all), and the id that breaks ties. `backwards`: the page before this place is wanted, not the one after it.
 */
export type Cursor = { readonly at: string; readonly id: string; readonly backwards: boolean };

/** What a list may be sorted by, as PostgreSQL's type of it. */
export type SortType = "timestamptz" | "bigint" | "text";

const SHAPES: Record<SortType, RegExp> = {
  timestamptz: /^\d{4}-\d\d-\d\d[ T][\d:.+\-Z]+$/,
  bigint: /^-?\d{1,18}$/,
  text: /^[^\0]{0,400}$/,
};

/** Reads a cursor that a page of ours handed out; null for the first page. Throws `page.bad_cursor` for anything else. */
export function readCursor(text: string | undefined, type: SortType = "timestamptz"): Cursor | null {
  if (text === undefined || text === "") return null;
  const [direction, id, ...at] = Buffer.from(text, "base64url").toString("utf8").split("|");
  const value = at.join("|");
  const known = (direction === "after" || direction === "before") && id && at.length > 0 && SHAPES[type].test(value);
  if (!known) throw new DomainError("page.bad_cursor", "invalid", "This list has changed. Start from its beginning.");
  return { at: value, id, backwards: direction === "before" };
}

function writeCursor(row: { id: string; cursorAt: string }, direction: "after" | "before"): string {
  return Buffer.from(`${direction}|${row.id}|${row.cursorAt}`).toString("base64url");
}

export type Page<Row> = {
  readonly items: Row[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** Null on the first page, and where a list goes one way only. */
  readonly previousCursor: string | null;
};

/**
 * Makes a page of `limit` rows from `limit + 1`, in the order they were asked for; `cursorAt` is what they are sorted by
 * as text and stays inside. Rows that were read backwards from a place are turned round.
 */
export function pageOf<Row extends { readonly id: string; readonly cursorAt: string }>(
  rows: readonly Row[],
  limit: number,
  from: Cursor | null = null,
): Page<Omit<Row, "cursorAt">> {
  const backwards = from?.backwards ?? false;
  const shown = backwards ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const more = rows.length > limit;
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    items: shown.map(({ cursorAt: _, ...row }) => row),
    nextCursor: last && (backwards || more) ? writeCursor(last, "after") : null,
    previousCursor: first && (backwards ? more : from !== null) ? writeCursor(first, "before") : null,
  };
}

/** How a list is sorted: by one column of a known type, then by id. There must be an index on the two. */
export type SortOrder = {
  readonly by: SQLWrapper;
  readonly id: SQLWrapper;
  readonly type: SortType;
  readonly direction: "asc" | "desc";
};

/**
 * The pieces of a query that reads one page, forwards or backwards from a cursor: the condition that begins where the
 * cursor points, the order, one row more than is shown, and `page` that makes the answer. Costs the same on every page.
 */
export function keyset(input: { readonly cursor?: string | undefined; readonly limit: number }, order: SortOrder) {
  const from = readCursor(input.cursor, order.type);
  const down = (order.direction === "desc") !== (from?.backwards ?? false);
  const way = sql.raw(down ? "desc" : "asc");
  const place = from && sql`(${from.at}::${sql.raw(order.type)}, ${from.id})`;
  return {
    condition: place ? sql`(${order.by}, ${order.id}) ${sql.raw(down ? "<" : ">")} ${place}` : undefined,
    orderBy: [sql`${order.by} ${way}`, sql`${order.id} ${way}`] satisfies SQL[],
    cursorAt: sql<string>`${order.by}::text`,
    limit: input.limit + 1,
    page: <Row extends { readonly id: string; readonly cursorAt: string }>(rows: readonly Row[]) =>
      pageOf(rows, input.limit, from),
  };
}

/** How many rows a list has in all, counted up to a bound: beyond it only "more than" is worth knowing. */
export type Total = { readonly count: number; readonly more: boolean };

export const COUNTED_AT_MOST = 10_000;

/** Reads the answer of a count that was stopped at {@link COUNTED_AT_MOST} + 1 rows. */
export function totalOf(counted: number): Total {
  return { count: Math.min(counted, COUNTED_AT_MOST), more: counted > COUNTED_AT_MOST };
}

/** `[from, to)` for `text` that begins with `start`, letter case as stored: what an index can be asked for. */
export function prefixRange(start: string): { readonly from: string; readonly to: string } {
  return { from: start, to: `${start}\u{10FFFF}` };
}
