import { expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect } from "../kernel/db.ts";
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
