import { and, desc, eq, gte, isNotNull, isNull, like, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { alerts, webhookAttempts, webhookEvents, webhookEventTransitions } from "../../drizzle/schema/index.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { shownHeaders } from "../kernel/kept-headers.ts";
import { legalEvents } from "../kernel/machine.ts";
import { named, namesIn } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import { webhookErrors } from "./errors.ts";
import { payloadBody } from "./incoming-event.ts";
import type { alertListInput, eventListInput } from "./input.ts";
import { maskPayload } from "./mask-payload.ts";
import { webhookEventMachine } from "./webhook-event-status.ts";

const summary = {
  id: webhookEvents.id,
  provider: webhookEvents.provider,
  externalId: webhookEvents.externalId,
  type: webhookEvents.type,
  objectId: webhookEvents.objectId,
  apiVersion: webhookEvents.apiVersion,
  source: webhookEvents.source,
  status: webhookEvents.status,
  attempts: webhookEvents.attempts,
  lastError: webhookEvents.lastError,
  effect: webhookEvents.effect,
  occurredAt: webhookEvents.occurredAt,
  receivedAt: webhookEvents.receivedAt,
  handledAt: webhookEvents.handledAt,
};

/** The inbox, newest first. `q` finds by the object an event is about, or by the beginning of the event's own id. */
export async function listEvents(tx: Tx, input: Asked<typeof eventListInput>) {
  const { receivedAt, id } = webhookEvents;
  const place = keyset(input, { by: receivedAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const conditions: (SQL | undefined)[] = [
    input.own ? undefined : ne(webhookEvents.source, "self_test"),
    input.from ? gte(webhookEvents.receivedAt, new Date(input.from)) : undefined,
    input.until ? lt(webhookEvents.receivedAt, new Date(input.until)) : undefined,
    input.status && eq(webhookEvents.status, input.status),
    input.type && eq(webhookEvents.type, input.type),
    input.q &&
      or(
        eq(webhookEvents.objectId, input.q),
        like(webhookEvents.externalId, `${escapeLike(input.q)}%`),
        eq(webhookEvents.id, input.q),
      ),
  ].map((condition) => condition || undefined);
  const matching = and(...conditions);
  const rows = await tx
    .select({ ...summary, cursorAt: place.cursorAt })
    .from(webhookEvents)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${webhookEvents} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** One event with what was tried, what happened to it and what is open about it; its body masked, as text. */
export async function getEvent(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      ...summary,
      payload: webhookEvents.payload,
      headers: webhookEvents.headers,
      emptiedAt: webhookEvents.emptiedAt,
      result: webhookEvents.result,
    })
    .from(webhookEvents)
    .where(eq(webhookEvents.id, id));
  if (!row) throw webhookErrors.notFound({ id });
  const [attempts, history, open] = await Promise.all([
    tx
      .select()
      .from(webhookAttempts)
      .where(eq(webhookAttempts.eventId, id))
      .orderBy(desc(webhookAttempts.id))
      .limit(100),
    tx
      .select()
      .from(webhookEventTransitions)
      .where(eq(webhookEventTransitions.subjectId, id))
      .orderBy(desc(webhookEventTransitions.id))
      .limit(100),
    tx
      .select()
      .from(alerts)
      .where(and(eq(alerts.subject, id), isNull(alerts.resolvedAt))),
  ]);
  const { payload, headers, result, ...event } = row;
  const names = await namesIn(
    tx,
    history.map((step) => step.actor),
  );
  const acts = legalEvents(webhookEventMachine, event.status);
  return {
    ...event,
    payload: maskPayload(payloadBody(payload) ?? "The body is not JSON."),
    headers: shownHeaders(headers),
    /** What it came to, as text: `{"status":"success","userId":…,"credits":…,"newTotal":…}`. */
    result: result === null ? null : JSON.stringify(result),
    tries: attempts,
    history: history.map((step) => named({ ...step, cause: step.reason }, names)),
    alerts: open,
    canReplay: acts.includes("replayed"),
    canDiscard: acts.includes("discarded"),
  };
}

/** A part of the kind or of what an alert is about, which may be several ids: they are few, and read newest first. */
function holds(q: string) {
  const part = q.toLowerCase();
  return sql`(strpos(lower(${alerts.kind}), ${part}) > 0 or strpos(lower(${alerts.subject}), ${part}) > 0)`;
}

/** Alerts, newest first: all, or those that are open or resolved. `q` is a part of a kind, or of what one is about. */
export async function listAlerts(tx: Tx, input: Asked<typeof alertListInput>) {
  const { raisedAt, id } = alerts;
  const place = keyset(input, { by: raisedAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.state && (input.state === "open" ? isNull(alerts.resolvedAt) : isNotNull(alerts.resolvedAt)),
    input.q ? holds(input.q) : undefined,
  );
  const rows = await tx
    .select({
      id: alerts.id,
      kind: alerts.kind,
      subject: alerts.subject,
      detail: alerts.detail,
      amount: alerts.amount,
      currency: alerts.currency,
      raisedAt: alerts.raisedAt,
      resolvedAt: alerts.resolvedAt,
      cursorAt: place.cursorAt,
    })
    .from(alerts)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${alerts} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
