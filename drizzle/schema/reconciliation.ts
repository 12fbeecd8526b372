import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, oneOf } from "../columns.ts";

/** How far a list of the provider's has been read, newest first, from now back to the cursor. Business time. */
export const reconciliationStreams = pgTable("reconciliation_streams", {
  /** `events`, `payments`, `payouts`, or `objects` for the round of open objects, which has no cursor. */
  name: text().primaryKey(),
  /** Everything before this was read. */
  cursorAt: instant().notNull(),
  /** A reading that was too long for one run: where it began, and how far down it has come. */
  walkFrom: instant(),
  walkDownTo: instant(),
  /** Claimed for the time until the next run. */
  ranAt: instant(),
  doneAt: instant(),
  /** Of the last run. */
  seen: integer().notNull().default(0),
  found: integer().notNull().default(0),
  lastError: text(),
});

/** When an object of the provider's that may still change was last compared, and whether the provider still knows it. */
export const reconciledObjects = pgTable(
  "reconciled_objects",
  {
    /** `subscription:sub_…` and so on. */
    id: text().primaryKey(),
    lookedAt: instant().notNull(),
    /** The tombstone: the provider answered that there is no such thing. */
    goneAt: instant(),
  },
  (table) => [index("reconciled_objects_looked").on(table.lookedAt)],
);

/**
 * Something that we held otherwise than the provider, or than what follows from that (an organization's plan), and what put it
 * right. Business time.
 */
export const drifts = pgTable(
  "drifts",
  {
    id: text().primaryKey(),
    kind: text().$type<"subscription" | "invoice" | "payment" | "checkout" | "organization" | "payout">().notNull(),
    /** The provider's id of the object, and ours. */
    object: text().notNull(),
    subject: text(),
    /** `existence` when one of the two does not know it at all. */
    field: text().notNull(),
    ours: text(),
    theirs: text(),
    /** The use case that brought ours to theirs; null while nothing has. */
    healedBy: text(),
    foundAt: instant().notNull(),
    healedAt: instant(),
  },
  (table) => [
    oneOf("drifts_kind", table.kind, ["subscription", "invoice", "payment", "checkout", "organization", "payout"]),
    uniqueIndex("drifts_open").on(table.object, table.field).where(sql`healed_at is null`),
    index("drifts_found").on(table.foundAt, table.id),
  ],
);

/** Where something that has no instant stood when it was last pruned. Technical time. */
export const retentionMarks = pgTable("retention_marks", {
  name: text().primaryKey(),
  place: bigint({ mode: "number" }).notNull(),
  at: instant().notNull(),
});
