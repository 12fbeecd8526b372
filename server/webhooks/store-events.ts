import type { Connection } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { eventId, type IncomingEvent, rowJson, textSafePayload } from "./incoming-event.ts";
import { processWebhook } from "./jobs.ts";

export type StoreResult = "stored" | "duplicate";

/**
 * One statement is one transaction and one round trip: store what is new, enqueue one job for each (with one
 * notification for all of them, none when there is nothing new), and put what can never be processed, and a known id
 * that comes with another body, on the staff's list. `pending_webhooks` counts down between deliveries of one event, so
 * it is no difference; nor is one between a delivery and what the provider's list of events says. The way back from a payment page carries a buyer's bearer token: it is not kept. `woken` has to be selected from, or it
 * does not run. The jobs are written as the queue's own `add_jobs` would (a test compares them): it takes twice as long as all the rest.
 */
const STORE = `
with incoming as materialized (
  select id, provider, external_id, type, object_id, api_version, occurred_at, problem, request_id, source,
    case when jsonb_typeof(payload) = 'object'
      then payload #- '{data,object,success_url}' #- '{data,object,cancel_url}' else payload end as payload
  from jsonb_to_recordset($1::text::jsonb) as row(id text, provider text, external_id text, type text, object_id text,
    api_version text, occurred_at timestamptz, problem text, request_id text, source text, payload jsonb)
), stored as (
  insert into webhook_events (id, provider, external_id, type, object_id, api_version, source, payload, status, last_error, occurred_at)
  select id, provider, external_id, type, object_id, api_version, source, payload,
    case when problem is null then 'received' else 'dead' end, problem, occurred_at from incoming
  on conflict do nothing returning id, status
), task as (
  select id from graphile_worker._private_tasks where identifier = '${processWebhook.name}'
), first_task as (
  insert into graphile_worker._private_tasks (identifier) select '${processWebhook.name}' where not exists (select from task)
  on conflict (identifier) do update set identifier = excluded.identifier returning id
), queued as (
  insert into graphile_worker._private_jobs (task_id, max_attempts, payload)
  select (select id from task union all select id from first_task limit 1), ${processWebhook.attempts},
    json_build_object('eventId', stored.id, '_requestId', incoming.request_id)
  from stored join incoming using (id) where stored.status = 'received' returning id
), woken as materialized (
  select pg_notify('jobs:insert', json_build_object('r', random(), 'count', count(*))::text) from queued having count(*) > 0
), alerted as (
  insert into alerts (id, kind, subject, detail, raised_at)
  select 'alr_' || replace(gen_random_uuid()::text, '-', ''), kind, id, detail, app_now() from (
    select 'webhooks.unprocessable' as kind, stored.id, incoming.problem as detail
    from stored join incoming using (id) where stored.status = 'dead'
    union all
    select 'webhooks.body_differs', incoming.id, 'The event came again with another body. The first one was kept.'
    from incoming, lateral (select payload, source, emptied_at from webhook_events where id = incoming.id limit 1) known
    where known.emptied_at is null and known.source = 'delivered' and incoming.source = 'delivered'
      and known.payload - 'pending_webhooks' <> incoming.payload - 'pending_webhooks'
  ) found
  on conflict (kind, subject) where resolved_at is null do nothing
)
select stored.id, (select count(*) from woken) from stored`;

/** Data that PostgreSQL refuses (22), a broken rule (23), or more than it can hold (54): the fault of one event, not of the moment. */
const POISON = /^(22|23|54)/;
/** Two flights of two processes can still meet on an index page; the loser tries again. */
const RETRYABLE = new Set(["40001", "40P01"]);

/**
 * Stores a group of verified events, each exactly once, and enqueues the follow-up of the new ones in the same
 * transaction. An event that PostgreSQL refuses fails nobody but itself: the group is halved until it stands alone, and
 * then it is kept as text, dead, with the reason. Idempotent. Throws when the database cannot store at all.
 */
export async function storeEvents(service: Connection, events: readonly IncomingEvent[]): Promise<StoreResult[]> {
  // The same order everywhere, so that two processes that store the same events wait for each other instead of locking up.
  const ordered = events.toSorted((a, b) => (eventId(a) < eventId(b) ? -1 : 1));
  const stored = await store(service, ordered);
  return events.map((event) => (stored.has(eventId(event)) ? "stored" : "duplicate"));
}

async function store(service: Connection, events: readonly IncomingEvent[]): Promise<Set<string>> {
  try {
    return await write(
      service,
      events.map((event) => rowJson(event, event.problem === null ? event.raw : textSafePayload(event.raw))),
    );
  } catch (error) {
    const refusal = databaseError(error);
    if (!refusal || !POISON.test(refusal.code)) throw error;
    const [first] = events;
    if (first && events.length === 1) return keepAsText(service, first, refusal.code);
    const half = Math.ceil(events.length / 2);
    const left = await store(service, events.slice(0, half));
    return left.union(await store(service, events.slice(half)));
  }
}

function keepAsText(service: Connection, event: IncomingEvent, code: string): Promise<Set<string>> {
  const problem = event.problem ?? `PostgreSQL cannot hold the body as JSON (SQLSTATE ${code}).`;
  return write(service, [rowJson({ ...event, problem }, textSafePayload(event.raw))]);
}

async function write(service: Connection, rows: readonly string[]): Promise<Set<string>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const stored = await service.sql.unsafe<{ id: string }[]>(STORE, [`[${rows.join(",")}]`], { prepare: true });
      return new Set(stored.map((row) => row.id));
    } catch (error) {
      if (attempt >= 5 || !RETRYABLE.has(databaseError(error)?.code ?? "")) throw error;
    }
  }
}
