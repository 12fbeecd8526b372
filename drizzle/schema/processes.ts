import { sql } from "drizzle-orm";
import { bigint, check, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";

/** Business time as an offset to real time. One row; only the sandbox profile ever moves it. */
export const appClock = pgTable(
  "app_clock",
  {
    id: smallint().primaryKey().default(1),
    offsetMs: bigint({ mode: "number" }).notNull().default(0),
    /** Counts every move: a process says which one it has taken up. */
    version: bigint({ mode: "number" }).notNull().default(0),
  },
  () => [check("app_clock_one_row", sql`id = 1`)],
);

/** The processes on this database, by heartbeat. Technical time. */
export const processes = pgTable("processes", {
  id: text().primaryKey(),
  kind: text().$type<"web" | "worker">().notNull(),
  clockVersion: bigint({ mode: "number" }).notNull(),
  startedAt: instant().notNull(),
  seenAt: instant().notNull(),
});
