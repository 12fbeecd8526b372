import { DomainError } from "./errors.ts";

/** Where a page ends: the sort instant exactly as the database holds it (microseconds and all), and the id that breaks ties. */
export type Cursor = { readonly at: string; readonly id: string };

/** Reads a cursor that a page of ours handed out; null for the first page. Throws `page.bad_cursor` for anything else. */
export function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined || text === "") return null;
  const [at, id, ...rest] = Buffer.from(text, "base64url").toString("utf8").split("|");
  if (!at || !id || rest.length > 0 || !/^\d{4}-\d\d-\d\d[ T][\d:.+\-Z]+$/.test(at)) {
    throw new DomainError("page.bad_cursor", "invalid", "This list has changed. Start from its beginning.");
  }
  return { at, id };
}

export type Page<Row> = { readonly items: Row[]; readonly nextCursor: string | null };

/** Makes a page of `limit` rows from `limit + 1`, newest first; `cursorAt` is the sort instant as text and stays inside. */
export function pageOf<Row extends { readonly id: string; readonly cursorAt: string }>(
  rows: readonly Row[],
  limit: number,
): Page<Omit<Row, "cursorAt">> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ cursorAt: _, ...row }) => row),
    nextCursor: rows.length > limit && last ? Buffer.from(`${last.cursorAt}|${last.id}`).toString("base64url") : null,
  };
}
