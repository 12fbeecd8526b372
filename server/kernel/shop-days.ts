import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** The shop's days begin at midnight here, wherever server and reader are. */
const SHOP_TIME_ZONE = "Europe/Stockholm";
const zone = sql.raw(`'${SHOP_TIME_ZONE}'`);

/** When a day (`2026-11-20`) begins. */
export function startOf(day: string): SQL {
  return sql`(${day}::date::timestamp at time zone ${zone})`;
}

/** An instant between two days (`2026-11-20`), both included; undefined when neither is given. */
export function withinDays(instant: SQLWrapper, days: { from?: string | undefined; to?: string | undefined }) {
  const conditions = [
    days.from === undefined ? undefined : sql`${instant} >= ${startOf(days.from)}`,
    days.to === undefined ? undefined : sql`${instant} < ((${days.to}::date + 1)::timestamp at time zone ${zone})`,
  ].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? undefined : sql.join(conditions, sql` and `);
}

/** The day that an instant is in, as `2026-11-20`. */
export function dayOf(instant: SQLWrapper): SQL {
  return sql`to_char(${instant} at time zone ${zone}, 'YYYY-MM-DD')`;
}

/** The month that an instant is in, as `2026-11`. */
export function monthOf(instant: SQLWrapper): SQL {
  return sql`to_char(${instant} at time zone ${zone}, 'YYYY-MM')`;
}

/** The month that it is now, as `2026-11`. */
export function currentMonth(now: Date): string {
  return now.toLocaleDateString("sv-SE", { timeZone: SHOP_TIME_ZONE, year: "numeric", month: "2-digit" });
}
