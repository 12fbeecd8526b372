import { sql } from "drizzle-orm";
import type { Tx } from "./db.ts";

/** Ids of people and organizations by the names that staff know them by. */
export type Names = Readonly<Record<string, string>>;

const PERSON = /\b(?:usr|cus|org)_\w+/g;

/**
 * Whom the ids in `texts` mean (`staff:usr_…`, `cus_…: member → admin`): a person's name, else their address; an
 * organization's name. One look for a whole page; ids of people who are gone are left out. For staff, who may see whom it is.
 */
export async function namesIn(tx: Tx, texts: readonly (string | null)[]): Promise<Names> {
  const ids = [...new Set(texts.flatMap((text) => text?.match(PERSON) ?? []))];
  if (ids.length === 0) return {};
  const known = sql`any(${sql.param(`{${ids.join(",")}}`)}::text[])`;
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select id, coalesce(nullif(name, ''), email) as name from users where id = ${known}
    union all select c.id, coalesce(nullif(u.name, ''), c.email) from customers c left join users u on u.id = c.user_id where c.id = ${known}
    union all select id, name from organizations where id = ${known} and name is not null`);
  return Object.fromEntries(rows.map((row) => [row.id, row.name]));
}

/** The same text with names in the place of ids. */
export function withNames(text: string, names: Names): string {
  return text.replace(PERSON, (id) => names[id] ?? id);
}

/** Who an actor of a history is by name, and what is said of it with names: what a timeline shows. */
export function named<Row extends { readonly actor: string | null; readonly cause: string | null }>(
  row: Row,
  names: Names,
): Row & { readonly who: string | null } {
  const id = row.actor?.split(":")[1];
  return { ...row, who: (id && names[id]) || null, cause: row.cause === null ? null : withNames(row.cause, names) };
}

/** Rows with who did each by name (`who`): null where nobody of that id is known, as for the shop's own jobs. For staff. */
export async function withWho<Row extends object>(
  tx: Tx,
  rows: readonly Row[],
  actorOf: (row: Row) => string,
): Promise<(Row & { readonly who: string | null })[]> {
  const names = await namesIn(tx, rows.map(actorOf));
  return rows.map((row) => ({ ...row, who: names[actorOf(row).split(":")[1] ?? ""] ?? null }));
}
