import { expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { defineJob, enqueue } from "../kernel/job.ts";
import type { IncomingEvent } from "./incoming-event.ts";
import { processWebhook } from "./jobs.ts";
import { storeEvents } from "./store-events.ts";

const { urls } = await testDatabase();

const event = (externalId: string): IncomingEvent => ({
  provider: "stripe",
  externalId,
  type: "x.y",
  objectId: null,
  apiVersion: null,
  headers: null,
  wayBack: false,
  occurredAt: new Date(),
  raw: "{}",
  problem: null,
  requestId: "req-of-the-delivery",
  source: "delivered",
});

test("an event's job is the row that the queue's own function makes", async () => {
  const service = connect(urls.service, { name: "test" });
  const { sql } = service;
  // Before any worker has run the queue does not know the task; both paths have to make it known.
  await sql`delete from graphile_worker._private_tasks where identifier = ${processWebhook.name}`;
  await storeEvents(service, [event("evt_first"), event("evt_second")]);
  const payload = JSON.stringify({ eventId: "stripe:evt_first", _requestId: "req-of-the-delivery" });
  await sql`select graphile_worker.add_job(${processWebhook.name}, ${payload}::text::json, max_attempts => ${processWebhook.attempts})`;

  const rows = await sql<Record<string, unknown>[]>`
    select to_jsonb(jobs) - 'id' - 'run_at' - 'created_at' - 'updated_at' as row, run_at <= now() as due
    from graphile_worker._private_jobs jobs where payload->>'eventId' = 'stripe:evt_first' order by id`;
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual(rows[1]);
  await service.close();
});

test("the worker is woken once for a group, and not for what is known already", async () => {
  const service = connect(urls.service, { name: "test" });
  const woken: number[] = [];
  const listening = await service.sql.listen("jobs:insert", (payload) => {
    woken.push((JSON.parse(payload) as { count: number }).count);
  });
  const group = [event("evt_a"), event("evt_b"), event("evt_c")];
  await storeEvents(service, group);
  await storeEvents(service, group);
  await storeEvents(service, [event("evt_d")]);
  await expect.poll(() => woken).toEqual([3, 1]);
  await listening.unlisten();
  await service.close();
});

test("a job of the system's is the row that the queue's own function makes, whatever is there already", async () => {
  const service = connect(urls.service, { name: "test" });
  const { sql } = service;
  const actor = { kind: "system", name: "test" } as const;
  const db = databaseFor(service, { actor, now: () => new Date(), reactions: {} });
  const job = defineJob({ name: "test.kept", payload: z.object({ of: z.string() }), attempts: 3 });
  const runAt = new Date("2031-05-06T07:08:09.123Z");
  const order = (of: string, key?: string) =>
    db.transaction((tx) => enqueue(tx, job, { of }, { runAt, ...(key === undefined ? {} : { key }) }));
  const asTheQueue = (of: string, key: string | null) => sql`
    select graphile_worker.add_job(${job.name}, ${JSON.stringify({ of })}::text::json, max_attempts => 3, job_key => ${key}, run_at => ${runAt.toISOString()})`;
  const rows = (keys: string) => sql<Record<string, unknown>[]>`
    select to_jsonb(jobs) - 'id' - 'key' - 'created_at' - 'updated_at' as row, key is null as free from graphile_worker._private_jobs jobs
    where payload->>'of' like ${`${keys}%`} order by id`;
  // The first of its kind: the queue does not know the task. Then one that it knows, with a key and without.
  for (const [at, key] of [undefined, undefined, "once"].entries()) {
    await order(`same-${at}`, key && `${key}-ours`);
    await asTheQueue(`same-${at}`, key ? `${key}-theirs` : null);
    const [ours, theirs] = await rows(`same-${at}`);
    expect(ours).toEqual(theirs);
    expect(ours).toMatchObject({ free: key === undefined });
  }
  // One of that key waits: it is the one. One that runs is left alone, and another waits behind it.
  await order("first", "busy");
  await order("second", "busy");
  expect(await rows("first")).toEqual([]);
  await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'somebody' where key = 'busy'`;
  await order("third", "busy");
  expect(await rows("second")).toMatchObject([{ free: true, row: { locked_by: "somebody" } }]);
  expect(await rows("third")).toMatchObject([{ free: false, row: { locked_by: null, attempts: 0 } }]);
  await service.close();
});

test("each event keeps its own headers, whether its group shares them or not", async () => {
  const service = connect(urls.service, { name: "test" });
  const withHeaders = (id: string, headers: string | null) => ({ ...event(id), headers });
  await storeEvents(service, [withHeaders("evt_h1", "user-agent: a"), withHeaders("evt_h2", "user-agent: a")]);
  await storeEvents(service, [withHeaders("evt_h3", "user-agent: a"), withHeaders("evt_h4", 'user-agent: "b"')]);
  await storeEvents(service, [withHeaders("evt_h5", null), withHeaders("evt_h6", "user-agent: c")]);
  await storeEvents(service, [
    withHeaders("evt_h7", null),
    { ...withHeaders("evt_h8", "user-agent: d"), problem: "no" },
  ]);
  const rows =
    await service.sql`select headers from webhook_events where external_id like 'evt_h%' order by external_id`;
  expect(rows.map((row) => row.headers as unknown)).toEqual([
    ...[
      "user-agent: a",
      "user-agent: a",
      "user-agent: a",
      'user-agent: "b"',
      null,
      "user-agent: c",
      null,
      "user-agent: d",
    ],
  ]);
  await service.close();
});
