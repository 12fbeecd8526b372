import type { Connection } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { eventId, type IncomingEvent, rowJson, textSafePayload } from "./incoming-event.ts";
import { processWebhook } from "./jobs.ts";

export type StoreResult = "stored" | "duplicate";

const ROWS = `incoming as materialized (
  select id, provider, external_id, type, object_id, api_version, occurred_at, problem, request_id, source, coalesce(headers, $2) as headers,
    case when way_back then payload #- '{data,object,success_url}' #- '{data,object,cancel_url}' else payload end as payload
  from jsonb_to_recordset($1::text::jsonb) as row(id text, provider text, external_id text, type text, object_id text,
    api_version text, occurred_at timestamptz, problem text, request_id text, source text, way_back boolean, headers text, payload jsonb)
)`;
const EVENTS = `insert into webhook_events
  (id, provider, external_id, type, object_id, api_version, source, headers, payload, status, last_error, occurred_at, place)`;
const JOBS = "insert into graphile_worker._private_jobs (task_id, max_attempts, payload)";
const WOKEN = `woken as materialized (
  select pg_notify('jobs:insert', json_build_object('r', random(), 'count', count(*))::text) from queued having count(*) > 0
)`;

/** What was stored. `woken` has to be selected from, or it does not run. */
const ANSWER = "select id, (select count(*) from woken) from stored";

/**
 * Which known ids came with another body. `pending_webhooks` counts down between deliveries of one event, so it is no
 * difference; nor is one between a delivery and what the provider's list of events says.
 */
const DIFFERING = `
with ${ROWS}
select incoming.id from incoming, lateral (
  select payload, source, emptied_at from webhook_events where webhook_events.id = incoming.id limit 1) known
where known.emptied_at is null and known.source = 'delivered' and incoming.source = 'delivered'
  and known.payload - 'pending_webhooks' <> incoming.payload - 'pending_webhooks'`;

/**
 * One statement is one transaction and one round trip: store what is new and enqueue one job for each, with one
 * notification for all of them, none when there is nothing new. The way back from a payment page carries a buyer's bearer
 * token: it is not kept. The jobs are written as the queue's own `add_jobs` would (a test compares them): it takes twice as
 * long as all the rest. A queue that does not know the task yet refuses the statement: see {@link STORE_ANY}.
 */
const STORE = `
with ${ROWS}, stored as (
  ${EVENTS} select id, provider, external_id, type, object_id, api_version, source, headers, payload, 'received', null, occurred_at, nextval('look_order')
  from incoming on conflict do nothing returning id
), queued as (
  ${JOBS} select (select id from graphile_worker._private_tasks where identifier = '${processWebhook.name}'),
    ${processWebhook.attempts}, json_build_object('eventId', stored.id, '_requestId', incoming.request_id)
  from stored join incoming using (id) returning id
), ${WOKEN}
${ANSWER}`;

/** As {@link STORE}, for what is rare and costs every flush as much again: events that can never be processed, which are
 * put on the staff's list, and a queue that does not know the task. */
const STORE_ANY = `
with ${ROWS}, stored as (
  ${EVENTS} select id, provider, external_id, type, object_id, api_version, source, headers, payload,
    case when problem is null then 'received' else 'dead' end, problem, occurred_at, nextval('look_order')
  from incoming on conflict do nothing returning id, status
), task as (
  select id from graphile_worker._private_tasks where identifier = '${processWebhook.name}'
), first_task as (
  insert into graphile_worker._private_tasks (identifier) select '${processWebhook.name}' where not exists (select from task)
  on conflict (identifier) do update set identifier = excluded.identifier returning id
), queued as (
  ${JOBS} select (select id from task union all select id from first_task limit 1), ${processWebhook.attempts},
    json_build_object('eventId', stored.id, '_requestId', incoming.request_id)
  from stored join incoming using (id) where stored.status = 'received' returning id
), ${WOKEN}, alerted as (
  insert into alerts (id, kind, subject, detail, raised_at)
  select 'alr_' || replace(gen_random_uuid()::text, '-', ''), 'webhooks.unprocessable', stored.id, incoming.problem, app_now()
  from stored join incoming using (id) where stored.status = 'dead'
  on conflict (kind, subject) where resolved_at is null do nothing
)
${ANSWER}`;

const ALERT = `
insert into alerts (id, kind, subject, detail, raised_at)
select 'alr_' || replace(gen_random_uuid()::text, '-', ''), 'webhooks.body_differs', id,
  'The event came again with another body. The first one was kept.', app_now() from unnest($1::text[]) as id
on conflict (kind, subject) where resolved_at is null do nothing`;

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
  const usual = events.every((event) => event.problem === null);
  const stored = await store(service, ordered, usual ? STORE : STORE_ANY);
  return events.map((event) => (stored.has(eventId(event)) ? "stored" : "duplicate"));
}

/** Halves what PostgreSQL refuses until the one that it refuses stands alone. */
async function store(service: Connection, events: readonly IncomingEvent[], statement: string): Promise<Set<string>> {
  try {
    return await write(service, events, statement);
  } catch (error) {
    const refusal = databaseError(error);
    if (!refusal || !POISON.test(refusal.code)) throw error;
    if (statement === STORE) return store(service, events, STORE_ANY);
    const [first] = events;
    if (first && events.length === 1) return keepAsText(service, first, refusal.code);
    const half = Math.ceil(events.length / 2);
    const left = await store(service, events.slice(0, half), statement);
    return left.union(await store(service, events.slice(half), statement));
  }
}

type Row = { readonly id: string; readonly json: string };

function rowOf(event: IncomingEvent, shared: string | null): Row {
  const payload = event.problem === null ? event.raw : textSafePayload(event.raw);
  return { id: eventId(event), json: rowJson(event, payload, shared === null ? event.headers : null) };
}

/** The headers of all of them, where they are the same: told once, they cost the statement nothing to read. */
function sharedHeaders(events: readonly IncomingEvent[]): string | null {
  const first = events[0]?.headers ?? null;
  return events.every(({ headers }) => headers === first) ? first : null;
}

function keepAsText(service: Connection, event: IncomingEvent, code: string): Promise<Set<string>> {
  const problem = event.problem ?? `PostgreSQL cannot hold the body as JSON (SQLSTATE ${code}).`;
  return write(service, [{ ...event, problem }], STORE_ANY);
}

async function write(service: Connection, events: readonly IncomingEvent[], statement: string): Promise<Set<string>> {
  const shared = sharedHeaders(events);
  const rows = events.map((event) => rowOf(event, shared));
  const { sql } = service;
  const ask = (text: string, of: readonly Row[]) =>
    retried(() =>
      sql.unsafe<{ id: string }[]>(text, [`[${of.map(({ json }) => json).join(",")}]`, shared], { prepare: true }),
    );
  const stored = new Set((await ask(statement, rows)).map(({ id }) => id));
  const known = rows.filter(({ id }) => !stored.has(id));
  if (known.length === 0) return stored;
  const differing = (await ask(DIFFERING, known)).map(({ id }) => id);
  if (differing.length > 0) await retried(() => sql.unsafe(ALERT, [differing]));
  return stored;
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 5 || !RETRYABLE.has(databaseError(error)?.code ?? "")) throw error;
    }
  }
}
