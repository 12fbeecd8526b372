import { eq } from "drizzle-orm";
import { webhookEvents } from "../../drizzle/schema/index.ts";
import type { Tx } from "../kernel/db.ts";
import { webhookErrors } from "./errors.ts";
import type { EventHint } from "./event-handler.ts";
import { payloadBody } from "./incoming-event.ts";
import type { WebhookEventStatus } from "./webhook-event-status.ts";

export type StoredEvent = EventHint & { readonly status: WebhookEventStatus; readonly receivedAt: Date };

/** An event of the inbox as its handler will see it. Throws `webhooks.not_found`. */
export async function findEvent(tx: Tx, id: string): Promise<StoredEvent> {
  const [row] = await tx.select().from(webhookEvents).where(eq(webhookEvents.id, id));
  if (!row) throw webhookErrors.notFound({ id });
  const { type, objectId, occurredAt, status, receivedAt } = row;
  const place = row.place ?? undefined;
  return { id, type, objectId, occurredAt, status, receivedAt, place, object: objectOf(payloadBody(row.payload)) };
}

type Json = Readonly<Record<string, unknown>>;

/** `data.object` of a body; empty when there is none. */
export function objectOf(body: unknown): Json {
  const data = isObject(body) ? body.data : null;
  const object = isObject(data) ? data.object : null;
  return isObject(object) ? object : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
