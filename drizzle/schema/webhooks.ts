import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type WebhookEventStatus, webhookEventMachine } from "../../server/webhooks/webhook-event-status.ts";
import { amount, currency, instant, oneOf, statusCheck, transitions } from "../columns.ts";

/** Every verified notification, stored once. The payload is a hint; the provider's current state is the truth. */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    /** `provider:external id`: one text key, so that histories and jobs can name an event. */
    id: text().primaryKey(),
    provider: text().notNull(),
    externalId: text().notNull(),
    type: text().notNull(),
    objectId: text(),
    apiVersion: text(),
    /** How it came: brought by the provider, found by asking it, or sent by ourselves to prove the way. */
    source: text().$type<"delivered" | "reconciled" | "self_test">().notNull().default("delivered"),
    payload: jsonb().$type<unknown>().notNull(),
    /** Lines of `name: value`, a few of the headers that it came with; null: it did not come as a request, came before they were kept, or is emptied. */
    headers: text(),
    status: text().$type<WebhookEventStatus>().notNull().default("received"),
    attempts: integer().notNull().default(0),
    lastError: text(),
    /** One sentence of what it did. */
    effect: text(),
    /** What it did in figures, where a program may want them: what was granted. */
    result: jsonb().$type<unknown>(),
    /** The provider's own instant (business time). */
    occurredAt: instant().notNull(),
    /** Technical time: lag is real. */
    receivedAt: instant().notNull().default(sql`now()`),
    handledAt: instant(),
    /** When the payload was emptied because its keeping time was over; the row itself stays, so that the event stays known. */
    emptiedAt: instant(),
    /** Drawn from `look_order` when it was stored: a look at its object that began later has seen what it tells of. */
    place: bigint({ mode: "number" }),
  },
  (table) => [
    oneOf("webhook_events_source", table.source, ["delivered", "reconciled", "self_test"]),
    index("webhook_events_kept")
      .on(table.receivedAt)
      .where(sql`emptied_at is null and status in ('handled', 'ignored', 'discarded')`),
    index("webhook_events_self").on(table.receivedAt).where(sql`source = 'self_test'`),
    statusCheck("webhook_events_status", table.status, webhookEventMachine),
    // Without the id, which orders events of one flush: PostgreSQL would also look up one event by it, by skipping through all.
    index("webhook_events_in_order").on(table.receivedAt),
    index("webhook_events_open")
      .on(table.status, table.receivedAt)
      .where(sql`status in ('received', 'retrying', 'dead')`),
    index("webhook_events_object").on(table.objectId),
  ],
);
export const webhookEventTransitions = transitions(webhookEventMachine);

export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    eventId: text()
      .notNull()
      .references(() => webhookEvents.id, { onDelete: "cascade" }),
    outcome: text().$type<"handled" | "ignored" | "failed" | "dead">().notNull(),
    error: text(),
    startedAt: instant().notNull(),
    milliseconds: integer().notNull(),
  },
  (table) => [
    index("webhook_attempts_event").on(table.eventId, table.id),
    index("webhook_attempts_started").on(table.startedAt),
    oneOf("webhook_attempts_outcome", table.outcome, ["handled", "ignored", "failed", "dead"]),
  ],
);

/** Something that does not add up and needs a person: a payment without an order, an amount that differs. */
export const alerts = pgTable(
  "alerts",
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    subject: text().notNull(),
    detail: text().notNull(),
    /** Money at stake in minor units, where there is any. */
    amount: amount(),
    currency: currency(),
    raisedAt: instant().notNull(),
    resolvedAt: instant(),
  },
  (table) => [
    uniqueIndex("alerts_open").on(table.kind, table.subject).where(sql`resolved_at is null`),
    index("alerts_raised").on(table.raisedAt),
    index("alerts_waiting").on(table.raisedAt).where(sql`resolved_at is null`),
  ],
);

/** Which stored events an act on many is about; what staff chose, as the list's filters say it. */
export type BatchSelection = {
  readonly ids?: readonly string[];
  readonly status?: WebhookEventStatus;
  readonly type?: string;
  /** Received at or after, before; ISO instants. */
  readonly from?: string;
  readonly until?: string;
};

/** One act of staff on many events: tried first, then done by a job in bounded steps. Where it stands is told by its instants. */
export const webhookBatches = pgTable(
  "webhook_batches",
  {
    id: text().primaryKey(),
    act: text().$type<"replay" | "discard">().notNull(),
    selection: jsonb().$type<BatchSelection>().notNull(),
    /** Sent by the page: pressed twice it is one batch. */
    idempotencyKey: text().notNull().unique(),
    createdBy: text().notNull(),
    reason: text(),
    total: integer().notNull(),
    /** More events matched than one batch may hold. */
    truncated: boolean().notNull(),
    createdAt: instant().notNull(),
    /** When the dry run had looked at every event; a batch that discards has none. */
    rehearsedAt: instant(),
    startedAt: instant(),
    finishedAt: instant(),
    /** Set when staff call it off before it is done. */
    stoppedAt: instant(),
  },
  (table) => [
    oneOf("webhook_batches_act", table.act, ["replay", "discard"]),
    index("webhook_batches_created").on(table.createdAt, table.id),
  ],
);

export const webhookBatchItems = pgTable(
  "webhook_batch_items",
  {
    batchId: text()
      .notNull()
      .references(() => webhookBatches.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    eventId: text()
      .notNull()
      .references(() => webhookEvents.id, { onDelete: "cascade" }),
    /** What the dry run said: the outcome and one sentence. */
    would: text().$type<"handled" | "ignored" | "fails">(),
    wouldEffect: text(),
    /** `skipped`: it was in no state for the act any more. */
    outcome: text().$type<"replayed" | "discarded" | "skipped">(),
    note: text(),
  },
  (table) => [
    primaryKey({ columns: [table.batchId, table.position] }),
    index("webhook_batch_items_event").on(table.eventId),
    oneOf("webhook_batch_items_would", table.would, ["handled", "ignored", "fails"]),
    oneOf("webhook_batch_items_outcome", table.outcome, ["replayed", "discarded", "skipped"]),
  ],
);
