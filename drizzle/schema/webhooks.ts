import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type WebhookEventStatus, webhookEventMachine } from "../../server/webhooks/webhook-event-status.ts";
import { instant, oneOf, statusCheck, transitions } from "../columns.ts";

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
    payload: jsonb().$type<unknown>().notNull(),
    status: text().$type<WebhookEventStatus>().notNull().default("received"),
    attempts: integer().notNull().default(0),
    lastError: text(),
    /** One sentence of what it did. */
    effect: text(),
    /** The provider's own instant (business time). */
    occurredAt: instant().notNull(),
    /** Technical time: lag is real. */
    receivedAt: instant().notNull().default(sql`now()`),
    handledAt: instant(),
  },
  (table) => [
    uniqueIndex("webhook_events_external").on(table.provider, table.externalId),
    statusCheck("webhook_events_status", table.status, webhookEventMachine),
    index("webhook_events_received").on(table.receivedAt, table.id),
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
    raisedAt: instant().notNull(),
    resolvedAt: instant(),
  },
  (table) => [
    uniqueIndex("alerts_open").on(table.kind, table.subject).where(sql`resolved_at is null`),
    index("alerts_raised").on(table.raisedAt),
  ],
);
