import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "../columns.ts";

/** Another installation that hears of our campaigns. Its secrets are kept encrypted: they have to sign. */
export const announcementEndpoints = pgTable(
  "announcement_endpoints",
  {
    id: id(),
    name: text().notNull(),
    url: text().notNull(),
    /** Encrypted. Signs every delivery. */
    secret: text().notNull(),
    /** Encrypted. The one before, which signs too until `previousSecretUntil`. */
    previousSecret: text(),
    previousSecretUntil: instant(),
    /** Encrypted. What the other installation lets in (`Authorization: Bearer`). */
    accessKey: text(),
    /** Null while it hears of our campaigns. */
    disabledAt: instant(),
    disabledBy: text().$type<"staff" | "failures">(),
    consecutiveFailures: integer().notNull().default(0),
    createdAt: instant().notNull(),
  },
  (table) => [index("announcement_endpoints_created").on(table.createdAt, table.id)],
);

export const DELIVERY_STATES = ["pending", "delivered", "given_up"] as const;

/** One announcement to one endpoint. Its id is the message id that the other side applies once. */
export const announcementDeliveries = pgTable(
  "announcement_deliveries",
  {
    id: id(),
    endpointId: text()
      .notNull()
      .references(() => announcementEndpoints.id, { onDelete: "restrict" }),
    campaignId: text().notNull(),
    action: text().notNull(),
    version: bigint({ mode: "number" }).notNull(),
    /** What the message is about within its version: the campaign, or one price. */
    part: text().notNull(),
    body: text().notNull(),
    state: text().$type<(typeof DELIVERY_STATES)[number]>().notNull(),
    /** Since it was made, or last sent anew by hand. */
    attempts: integer().notNull().default(0),
    /** Technical time; null: not waiting. */
    nextAttemptAt: instant(),
    createdAt: instant().notNull(),
    deliveredAt: instant(),
  },
  (table) => [
    uniqueIndex("announcement_deliveries_once").on(table.endpointId, table.campaignId, table.version, table.part),
    index("announcement_deliveries_list").on(table.endpointId, table.createdAt, table.id),
    oneOf("announcement_deliveries_state", table.state, DELIVERY_STATES),
  ],
);

/** Every try of a delivery, as it went. Append-only. */
export const announcementAttempts = pgTable(
  "announcement_attempts",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    deliveryId: text()
      .notNull()
      .references(() => announcementDeliveries.id, { onDelete: "restrict" }),
    ok: boolean().notNull(),
    /** The answer's HTTP status; null: there was none. */
    status: smallint(),
    /** Why it failed: a code of ours, never the other side's words. */
    problem: text(),
    milliseconds: integer().notNull(),
    /** Technical time. */
    at: instant().notNull(),
  },
  (table) => [
    index("announcement_attempts_delivery").on(table.deliveryId, table.id),
    check("announcement_attempts_problem", sql`ok = (problem is null)`),
  ],
);
