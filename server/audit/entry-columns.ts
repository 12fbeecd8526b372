import { sql } from "drizzle-orm";

/** An entry of the alias `e` as {@link EntryText} has it. */
export const ENTRY_COLUMNS = sql.raw(
  `e.id, e.actor, e.action, e.subject, e.reason, e.detail, e.fact_key, e.request_id,
   to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
);
