import { and, desc, eq, gte, isNotNull, isNull, like, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { alerts, webhookAttempts, webhookEvents, webhookEventTransitions } from "../../drizzle/schema/index.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
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
    .select({ ...summary, payload: webhookEvents.payload, result: webhookEvents.result })
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
  const { payload, result, ...event } = row;
  const names = await namesIn(
    tx,
    history.map((step) => step.actor),
  );
  const acts = legalEvents(webhookEventMachine, event.status);
  return {
    ...event,
    payload: maskPayload(payloadBody(payload) ?? "The body is not JSON."),
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

export type InboxStats = {
  readonly days: 7;
  readonly received: number;
  readonly waiting: number;
  readonly dead: number;
  /** Of those that are decided, how many were handled or rightly ignored; null while none is. */
  readonly successRate: number | null;
  /** Milliseconds from received to done, of the last seven days. */
  readonly lagP50: number | null;
  readonly lagP99: number | null;
  readonly oldestWaitingAt: Date | null;
  readonly lastReceivedAt: Date | null;
};

/** How the inbox has done over the last seven days (technical time). */
export async function inboxStats(tx: Tx): Promise<InboxStats> {
  const [row] = await tx.execute<
    Record<"received" | "waiting" | "dead" | "good" | "bad", string> &
      Record<"p50" | "p99" | "oldest" | "last", string | null>
  >(sql`
    select count(*) as received,
      count(*) filter (where status in ('received', 'retrying')) as waiting,
      count(*) filter (where status = 'dead') as dead,
      count(*) filter (where status in ('handled', 'ignored')) as good,
      count(*) filter (where status in ('dead', 'discarded')) as bad,
      percentile_cont(0.5) within group (order by extract(epoch from handled_at - received_at) * 1000) filter (where handled_at is not null and not replayed) as p50,
      percentile_cont(0.99) within group (order by extract(epoch from handled_at - received_at) * 1000) filter (where handled_at is not null and not replayed) as p99,
      min(received_at) filter (where status in ('received', 'retrying')) as oldest,
      max(received_at) as last
    from (
      select *, exists (select 1 from webhook_event_transitions t where t.subject_id = e.id and t.event = 'replayed') as replayed
      from webhook_events e where received_at > now() - interval '7 days' and source <> 'self_test'
    ) events`);
  const number = (value: string | undefined) => Number(value ?? 0);
  const decided = number(row?.good) + number(row?.bad);
  return {
    days: 7,
    received: number(row?.received),
    waiting: number(row?.waiting),
    dead: number(row?.dead),
    successRate: decided === 0 ? null : number(row?.good) / decided,
    lagP50: row?.p50 == null ? null : Math.round(Number(row.p50)),
    lagP99: row?.p99 == null ? null : Math.round(Number(row.p99)),
    oldestWaitingAt: row?.oldest ? new Date(row.oldest) : null,
    lastReceivedAt: row?.last ? new Date(row.last) : null,
  };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
