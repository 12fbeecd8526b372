import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, check, customType, index, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Machine } from "../server/kernel/machine.ts";

/** A prefixed, time-sortable id made by the application (`server/kernel/id.ts`). */
export const id = () => text().primaryKey();

/** An instant; business or technical time, as the column's use says. */
export const instant = () => timestamp({ withTimezone: true, mode: "date" });

/** Minor units of a currency as bigint; the application only knows safe integers. */
export const amount = () => bigint({ mode: "number" });

/** Bytes as they are. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

export const currency = () => text().$type<"SEK" | "EUR" | "USD">();

/** `status in (…)` from the machine's own literal, so that code and database cannot disagree. */
export function statusCheck(name: string, column: AnyPgColumn, machine: Machine) {
  return check(name, sql`${column} in (${sql.raw(machine.states.map((state) => `'${state}'`).join(", "))})`);
}

/** `column in (…)` for a closed list of words. */
export function oneOf(name: string, column: AnyPgColumn, words: readonly string[]) {
  return check(name, sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(", "))})`);
}

/** The history of one lifecycle: what `transition()` appends to. */
export function transitions(machine: Machine) {
  return pgTable(
    machine.history,
    {
      id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
      subjectId: text().notNull(),
      event: text().notNull(),
      fromState: text(),
      toState: text().notNull(),
      actor: text().notNull(),
      reason: text(),
      cause: text(),
      at: instant().notNull(),
    },
    (table) => [index(`${machine.history}_subject`).on(table.subjectId, table.id)],
  );
}
