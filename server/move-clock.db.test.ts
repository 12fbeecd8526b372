import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../scripts/test/database.ts";
import { followClock } from "./clock-follower.ts";
import { loadConfig } from "./kernel/config.ts";
import { defineJob } from "./kernel/job.ts";
import type { Sweep } from "./kernel/sweep.ts";
import { clockMover } from "./move-clock.ts";
import { createRuntime } from "./wire.ts";

const { urls } = await testDatabase();
const config = loadConfig({
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_test_clock",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
  LOG_LEVEL: "fatal",
});
const runtime = createRuntime(config, { process: "web" });
const { sql } = runtime.service;
const follower = await followClock(runtime, { kind: "web", movable: true });
afterAll(async () => {
  await follower.close();
  await runtime.close();
});

let due: Date | null = null;
// A name that the product knows, so that the job counts as the product's.
const sweep: Sweep = {
  name: "test",
  job: defineJob({ name: "checkout.sweep", payload: z.object({}) }),
  nextDue: async () => due,
};
const move = clockMover(runtime, [sweep]);
const DAY = 86_400_000;
const waiting = async () =>
  Number((await sql`select count(*) as n from graphile_worker._private_jobs where key = 'sweep:test'`)[0]?.n);
const workOff = () => sql`delete from graphile_worker._private_jobs`;

test("a move runs what it makes due, once for each due instant, and says what comes next", async () => {
  const target = new Date(Date.now() + 30 * DAY);
  due = new Date(target.getTime() + DAY);
  expect(await move(target, { reset: false })).toMatchObject({
    idle: true,
    nextDueAt: due.toISOString(),
    waitingFor: [],
  });
  expect(await waiting()).toBe(0);

  expect(await move(due, { reset: false })).toMatchObject({ idle: false, nextDueAt: null });
  expect(await waiting()).toBe(1);
  await workOff();
  // Still due, because what it is about does not get done: asking again does not enqueue again.
  for (let i = 0; i < 5; i++) expect(await move(due, { reset: false })).toMatchObject({ idle: true });
  expect(await waiting()).toBe(0);

  due = new Date(due.getTime() - 1_000);
  expect(await move(target, { reset: false })).toMatchObject({ idle: false });
  expect(await waiting()).toBe(1);
  await workOff();
});

test("whoever moves the clock is answered when what it made due is done", async () => {
  const patient = clockMover(runtime, [sweep], 300_000);
  const next = new Date(runtime.clock.now().getTime() + 9 * DAY);
  due = new Date(runtime.clock.now().getTime() + DAY);
  const answer = patient(due, { reset: false });
  await expect.poll(waiting, { timeout: 300_000 }).toBe(1);
  due = next;
  await workOff();
  expect(await answer).toMatchObject({ idle: true, nextDueAt: next.toISOString() });
});

test("time never goes back by itself, and code and SQL agree about it", async () => {
  due = null;
  await move(new Date(), { reset: false });
  const [row] = await sql<{ at: string }[]>`select app_now() as at`;
  expect(Math.abs(Date.parse(row!.at) - runtime.clock.now().getTime())).toBeLessThan(60_000);
  expect(runtime.clock.now().getTime()).toBeGreaterThan(Date.now() + 29 * DAY);
  await move(new Date(), { reset: true });
  expect(Math.abs(runtime.clock.now().getTime() - Date.now())).toBeLessThan(60_000);
});

test("a job that waits, runs, or comes back in a moment keeps the product from being idle", async () => {
  const states: [string, boolean][] = [
    ["update graphile_worker._private_jobs set run_at = now()", false],
    ["update graphile_worker._private_jobs set locked_by = 'pool-x', locked_at = now()", false],
    [
      "update graphile_worker._private_jobs set locked_by = null, locked_at = null, run_at = now() + interval '2 seconds'",
      false,
    ],
    ["update graphile_worker._private_jobs set run_at = now() + interval '1 hour'", true],
    ["update graphile_worker._private_jobs set run_at = now(), attempts = max_attempts", true],
  ];
  await sql`select app.enqueue('[{"identifier":"checkout.sweep","payload":{}}]'::json)`;
  for (const [change, idle] of states) {
    await sql.unsafe(change);
    expect(await move(new Date(), { reset: false }), change).toMatchObject({ idle });
  }
  await workOff();
  await sql`insert into webhook_events (id, provider, external_id, type, payload, occurred_at) values ('stripe:e', 'stripe', 'e', 'x', '{}', now())`;
  expect(await move(new Date(), { reset: false })).toMatchObject({ idle: false });
  await sql`delete from webhook_events`;
});

test("a process that has not taken the move up is named, and nothing is swept before it has", async () => {
  await sql`insert into processes (id, kind, clock_version, started_at, seen_at) values ('prc_deaf', 'worker', 0, now(), now()), ('prc_gone', 'worker', 0, now(), now() - interval '20 seconds')`;
  due = new Date();
  const answer = await move(new Date(Date.now() + DAY), { reset: false });
  expect(answer).toMatchObject({ idle: false, waitingFor: ["prc_deaf"] });
  expect(await waiting()).toBe(0);
});

test("a shop that charges real cards does not start on a moved clock", async () => {
  await expect(followClock(runtime, { kind: "web", movable: false })).rejects.toThrow(
    /clock of this database was moved/,
  );
});
