import { eq, sql } from "drizzle-orm";
import { webhookEvents } from "../../drizzle/schema/index.ts";
import type { Tx } from "../kernel/db.ts";
import { ofFew } from "../kernel/statement.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { webhookErrors } from "./errors.ts";
import type { EventHint } from "./event-handler.ts";
import { payloadBody } from "./incoming-event.ts";
import type { WebhookEventStatus } from "./webhook-event-status.ts";

export type StoredEvent = EventHint & { readonly status: WebhookEventStatus; readonly receivedAt: Date };

/** An event of the inbox as its handler will see it. Throws `webhooks.not_found`. */
export async function findEvent(tx: Tx, id: string): Promise<StoredEvent> {
  const event = (await findEvents(tx, [id])).get(id);
  if (!event) throw webhookErrors.notFound({ id });
  return event;
}

/** Several at once; one that there is not is not among them. */
export async function findEvents(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredEvent>> {
  const [first = ""] = ids;
  const rows = await (ids.length === 1 ? one(tx, { id: first }) : several(tx, { ids: JSON.stringify(ids) }));
  return new Map(
    rows.map(({ payload, place: drawn, ...row }) => {
      const body = payloadBody(payload);
      return [row.id, { ...row, place: drawn ?? undefined, object: objectOf(body), before: beforeOf(body) }];
    }),
  );
}

type Json = Readonly<Record<string, unknown>>;

/** `data.object` of a body; empty when there is none. */
export function objectOf(body: unknown): Json {
  const data = isObject(body) ? body.data : null;
  const object = isObject(data) ? data.object : null;
  return isObject(object) ? object : {};
}

/** `data.previous_attributes` of a body, where it has any. */
function beforeOf(body: unknown): Json | undefined {
  const data = isObject(body) ? body.data : null;
  const before = isObject(data) ? data.previous_attributes : null;
  return isObject(before) ? before : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const { id, type, objectId, occurredAt, status, receivedAt, place, payload } = webhookEvents;
const read = { id, type, objectId, occurredAt, status, receivedAt, place, payload };
const one = writtenOnce(["id"], (tx, values) => tx.select(read).from(webhookEvents).where(eq(id, values.id)));
const several = writtenOnce(["ids"], (tx, { ids }) =>
  tx
    .select(read)
    .from(webhookEvents)
    .where(sql`${id} ${ofFew(ids)}`),
);
