import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../scripts/test/database.ts";
import { sized } from "../scripts/test/size.ts";
import { jobs } from "../server/jobs.ts";
import { loadConfig } from "../server/kernel/config.ts";
import { DomainError } from "../server/kernel/errors.ts";
import { type AnyJob, defineJob } from "../server/kernel/job.ts";
import { currentRequestId } from "../server/kernel/log.ts";
import { createRuntime } from "../server/wire.ts";
import { guardPool, recoverJobs } from "./recovery.ts";
import { CONCURRENCY, type RunningWorker, startWorker } from "./run.ts";
import { taskOf } from "./run-job.ts";

const { urls } = await testDatabase();
const config = loadConfig({
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_test_worker",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
  LOG_LEVEL: "fatal",
});
const runtime = createRuntime(config, { process: "worker", serviceConnections: 10 });
const { sql } = runtime.service;
const running: RunningWorker[] = [];
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop();
  await sql`delete from graphile_worker._private_jobs`;
});
afterAll(() => runtime.close());

const seen: { id: string; requestId: string | undefined; attempt: number }[] = [];
const trial = defineJob({ name: "test.trial", payload: z.object({ id: z.string(), how: z.string() }) });
const task = taskOf(
  runtime,
  trial,
  async (_ctx, { id, how }, run) => {
    seen.push({ id, requestId: currentRequestId(), attempt: run.attempt });
    if (how === "refuse") throw new DomainError("test.refused", "invalid", "No.");
    if (how === "race") throw new DomainError("order.conflict", "conflict", "Look again.");
    if (how === "break") throw new Error("something broke for anna@example.se");
    if (how === "hang") await new Promise(() => {});
    if (how === "long") await pause(60_000, undefined, { signal: run.signal }).catch(() => {});
  },
  1_500,
);
const start = async () => running.push(await startWorker(runtime, () => {}, { "test.trial": task }));
const add = (payload: object, attempts = 12) =>
  sql`select app.enqueue(${JSON.stringify([{ identifier: "test.trial", payload, max_attempts: attempts }])}::json)`;
const job = async (id: string) =>
  (
    await sql`select attempts, max_attempts, locked_at, last_error, run_at > now() as later from graphile_worker._private_jobs where payload->>'id' = ${id}`
  )[0];
const alertsOf = (id: string) => sql`select kind, detail from alerts where subject = ${`test.trial ${id}`}`;

async function until(what: () => Promise<boolean> | boolean, ms = 120_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await pause(20);
  }
}
const tried = (id: string) => seen.filter((one) => one.id === id).length;

describe("R8, R12: a job", () => {
  test("that is done is gone, and ran under the id of the request that caused it", async () => {
    await add({ id: "done", how: "", _requestId: "request-42" });
    await start();
    await until(async () => tried("done") === 1 && !(await job("done")));
    expect(seen.find((one) => one.id === "done")).toMatchObject({ requestId: "request-42", attempt: 1 });
  });

  test.each([
    ["refused", { id: "refused", how: "refuse" }],
    ["misshapen", { id: "misshapen" }],
  ])("that is %s stops at once and is on the staff's list", async (id, payload) => {
    await add(payload);
    await start();
    await until(async () => (await alertsOf(id)).length === 1);
    await until(async () => (await job(id))?.locked_at === null);
    expect(await job(id)).toMatchObject({ attempts: 1, max_attempts: 1 });
  });

  test.each(["race", "break"])("that fails by a %s is tried again later, without an alert", async (how) => {
    await add({ id: how, how });
    await start();
    await until(async () => typeof (await job(how))?.last_error === "string");
    expect(await job(how)).toMatchObject({ attempts: 1, max_attempts: 12, locked_at: null, later: true });
    expect(await alertsOf(how)).toHaveLength(0);
  });

  test("whose last attempt fails is on the staff's list, without personal data", async () => {
    await add({ id: "last", how: "break" }, 1);
    await start();
    await until(async () => (await alertsOf("last")).length === 1);
    expect((await alertsOf("last"))[0]?.detail).toMatch(/something broke/);
    expect((await alertsOf("last"))[0]?.detail).not.toContain("anna");
  });

  test("that hangs is given up, and the others do not wait for it", async () => {
    for (let i = 0; i < 8; i++) await add({ id: `hang-${i}`, how: "hang" });
    // These hang until the others are done, however slow the machine is.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const holding = taskOf(
      runtime,
      defineJob({ name: "test.holding", payload: z.object({ id: z.string() }) }),
      () => held,
    );
    const jobs = Array.from({ length: 8 }, (_, i) => ({ identifier: "test.holding", payload: { id: `held-${i}` } }));
    await sql`select app.enqueue(${JSON.stringify(jobs)}::json)`;
    for (let i = 0; i < 40; i++) await add({ id: `beside-${i}`, how: "" });
    running.push(await startWorker(runtime, () => {}, { "test.trial": task, "test.holding": holding }));
    await until(() => seen.filter((one) => one.id.startsWith("beside-")).length === 40);
    letGo();
    await until(async () => (await job("hang-7"))?.last_error === "The job took longer than 1.5 seconds.");
    expect((await job("hang-7"))?.attempts).toBe(1);
    // One alert for all of them; the tests before this one, in which jobs failed in other ways, raised none.
    const told = await sql`select subject, detail from alerts where kind = 'jobs.timed_out'`;
    expect(told).toEqual([{ subject: "test.trial", detail: expect.stringContaining("longer than 1.5 seconds") }]);
  });

  test("R12: of a name that this version does not know waits untouched for one that does", async () => {
    await sql`select app.enqueue(${JSON.stringify([{ identifier: "future.job", payload: { id: "future" } }])}::json)`;
    await add({ id: "known", how: "" });
    await start();
    await until(async () => tried("known") === 1 && !(await job("known")));
    await pause(100);
    expect(await job("future")).toMatchObject({ attempts: 0, locked_at: null, last_error: null });
  });
});

test("R12: stopping finishes or releases everything within its time, and an interrupted job keeps its attempts", async () => {
  const slow = taskOf(runtime, trial, async (_ctx, { id }) => {
    seen.push({ id, requestId: undefined, attempt: 0 });
    await pause(60_000);
  });
  const jobs = 2.5 * CONCURRENCY;
  for (let i = 0; i < jobs; i++) await add({ id: `stop-${i}`, how: "" });
  const worker = await startWorker(runtime, () => {}, { "test.trial": slow });
  await until(() => seen.filter((one) => one.id.startsWith("stop-")).length === CONCURRENCY);
  const began = Date.now();
  await worker.stop();
  // None of them would have ended by itself before a minute had passed.
  expect(Date.now() - began).toBeLessThan(sized(50_000, 10_000));
  const [left] =
    await sql`select count(*)::int as jobs, count(locked_at)::int as locked, max(attempts) as attempts from graphile_worker._private_jobs`;
  expect(left).toEqual({ jobs, locked: 0, attempts: 0 });
});

test("R12: an old and a new worker share the queue: jobs that only the new one knows are done by it, none fails", async () => {
  const future = defineJob({ name: "test.future", payload: z.object({ id: z.string() }) });
  const done: string[] = [];
  const taskOfNew = taskOf(runtime, future, async (_ctx, { id }) => {
    done.push(id);
  });
  const older = await startWorker(runtime, () => {}, { "test.trial": task });
  running.push(older, await startWorker(runtime, () => {}, { "test.trial": task, "test.future": taskOfNew }));
  const both = Array.from({ length: 120 }, (_, n) => [
    { identifier: "test.future", payload: { id: `new-${n}` } },
    { identifier: "test.trial", payload: { id: `old-${n}`, how: "" } },
  ]).flat();
  await sql`select app.enqueue(${JSON.stringify(both)}::json)`;
  // The old one goes while there is work, as in every upgrade.
  await running.shift()?.stop();
  await until(async () => (await sql`select 1 from graphile_worker._private_jobs`).length === 0);
  expect(done.toSorted()).toEqual(Array.from({ length: 120 }, (_, n) => `new-${n}`).toSorted());
  expect(seen.filter((one) => one.id.startsWith("old-") && one.attempt > 1)).toEqual([]);
});

test("an event whose workers all died is dead, and staff are told", async () => {
  await sql`insert into webhook_events (id, provider, external_id, type, payload, occurred_at) values ('stripe:evt_died', 'stripe', 'evt_died', 'x.y', '{}', now())`;
  await sql`select app.enqueue(${JSON.stringify([{ identifier: "webhooks.process", payload: { eventId: "stripe:evt_died" }, max_attempts: 2 }])}::json)`;
  await sql`update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now() - interval '6 seconds', attempts = 2`;
  await recoverJobs(runtime, "pool-alive");
  expect(await sql`select status, last_error from webhook_events where id = 'stripe:evt_died'`).toEqual([
    { status: "dead", last_error: "every worker that ran it died." },
  ]);
  expect(await sql`select kind from alerts where subject = 'stripe:evt_died'`).toEqual([{ kind: "webhooks.stopped" }]);
});

test("R7: the jobs of a dead worker run again, those of a living one do not; a job that was there at a second death waits", async () => {
  const guard = await guardPool(urls.service, "pool-living", () => {});
  for (const [id, pool, attempts] of [
    ["first", "pool-dead", 1],
    ["second", "pool-dead", 3],
    ["held", "pool-living", 1],
  ] as const) {
    await add({ id, how: "" });
    await sql`update graphile_worker._private_jobs set locked_by = ${pool}, locked_at = now() - interval '6 seconds', attempts = ${attempts} where payload->>'id' = ${id}`;
  }
  await Promise.all([recoverJobs(runtime, "pool-a"), recoverJobs(runtime, "pool-b")]);
  expect(await job("first")).toMatchObject({ locked_at: null, later: false });
  expect(await job("second")).toMatchObject({ locked_at: null, later: true });
  expect((await job("held"))?.locked_at).not.toBeNull();
  await guard.release();
  await recoverJobs(runtime, "pool-a");
  expect(await job("held")).toMatchObject({ locked_at: null });
});

test("of a dead worker that a later job of its key has replaced is not given up: the later one does its work, and nobody is told", async () => {
  const order = (key: string, payload: object, attempts: number) =>
    sql`select app.enqueue(${JSON.stringify([{ identifier: "test.trial", payload, max_attempts: attempts, job_key: key }])}::json)`;
  const held = sql`update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now() - interval '6 seconds',
    attempts = 1 where key in ('again', 'clock', 'worn')`;
  await order("again", { id: "again", how: "" }, 12);
  await order("clock", { id: "clock", how: "", _cron: { ts: "2026-01-01" } }, 3);
  await order("worn", { id: "worn", how: "" }, 1);
  await held;
  await order("again", { id: "again", how: "" }, 12);
  await order("clock", { id: "clock", how: "", _cron: { ts: "2026-01-02" } }, 3);
  await Promise.all([recoverJobs(runtime, "pool-a"), recoverJobs(runtime, "pool-b")]);
  const left =
    await sql`select payload->>'id' as id, attempts, locked_at from graphile_worker._private_jobs order by 1, 2`;
  expect(left).toEqual([
    { id: "again", attempts: 0, locked_at: null },
    { id: "clock", attempts: 0, locked_at: null },
    { id: "clock", attempts: 3, locked_at: null },
    { id: "worn", attempts: 1, locked_at: null },
  ]);
  expect(await alertsOf("again")).toHaveLength(0);
  // What kills every worker is told of, though the clock orders it anew each minute.
  expect(await alertsOf("clock")).toHaveLength(1);
  expect(await alertsOf("worn")).toHaveLength(1);
});

test("every job outlives the death of a worker: none has its only attempt in that worker's hands", () => {
  const once = Object.values<AnyJob>(jobs).filter(({ attempts }) => attempts < 2);
  expect(once.map(({ name }) => name)).toEqual([]);
});

test("a guard whose connection is cut says so", async () => {
  const { promise: lost, resolve } = Promise.withResolvers<Error>();
  await guardPool(urls.service, "pool-cut", resolve);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kraftverk-worker-guard'
    and datname = current_database()`;
  expect(await lost).toBeInstanceOf(Error);
});
