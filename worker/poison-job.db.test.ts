import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { compileCache, SHORT_WAYS } from "../scripts/test/compile-cache.ts";
import { testDatabase } from "../scripts/test/database.ts";
import { loadConfig } from "../server/kernel/config.ts";
import { defineJob } from "../server/kernel/job.ts";
import { createRuntime } from "../server/wire.ts";
import { type RunningWorker, startWorker } from "./run.ts";
import { taskOf } from "./run-job.ts";

const { urls } = await testDatabase();
const settings = {
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_test_worker",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
  LOG_LEVEL: "fatal",
};
const runtime = createRuntime(loadConfig(settings), { process: "worker", serviceConnections: 10 });
const { sql } = runtime.service;
const workers: RunningWorker[] = [];
const children = new Set<ChildProcess>();
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  for (const child of children) child.kill("SIGKILL");
  await sql`delete from graphile_worker._private_jobs`;
});
afterAll(() => runtime.close());

const add = (identifier: string, count: number, attempts: number) =>
  sql`select app.enqueue(${JSON.stringify(
    Array.from({ length: count }, (_, n) => ({
      identifier,
      payload: { id: `${identifier}-${n}` },
      max_attempts: attempts,
    })),
  )}::json)`;
const jobsOf = (identifier: string) => sql`
  select j.attempts, j.max_attempts, j.locked_at, j.last_error from graphile_worker._private_jobs j
  join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${identifier} order by j.id`;
const alertsOf = (identifier: string) =>
  sql`select subject, detail from alerts where kind = 'jobs.stopped' and subject like ${`${identifier}%`} order by subject`;

async function until(what: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 500_000;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await pause(100);
  }
}

describe("R8: a poison job", () => {
  test("that always fails is tried as often as it may, then waits for a person, who is told; the others are done", async () => {
    const runs: number[] = [];
    const payload = z.object({ id: z.string() });
    const failing = taskOf(runtime, defineJob({ name: "test.failing", payload }), async (_ctx, _payload, run) => {
      runs.push(run.attempt);
      throw new Error("it never works");
    });
    const plain = taskOf(runtime, defineJob({ name: "test.plain", payload }), async () => {});
    await add("test.failing", 1, 3);
    await add("test.plain", 100, 3);
    workers.push(await startWorker(runtime, () => {}, { "test.failing": failing, "test.plain": plain }));
    await until(async () => (await jobsOf("test.plain")).length === 0);
    while ((await alertsOf("test.failing")).length === 0) {
      // Its next try is due later and later; the test does not wait for that.
      await sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null and attempts < max_attempts`;
      await pause(100);
    }
    expect(runs).toEqual([1, 2, 3]);
    await until(async () => (await jobsOf("test.failing"))[0]?.locked_at === null);
    expect(await jobsOf("test.failing")).toMatchObject([
      { attempts: 3, max_attempts: 3, last_error: "it never works" },
    ]);
    expect(await alertsOf("test.failing")).toMatchObject([{ detail: expect.stringContaining("it never works") }]);
  });

  test("that takes all memory kills its worker no more often than it may be tried, then waits for a person; the others are done", {
    timeout: 600_000,
  }, async () => {
    await add("test.greedy", 1, 2);
    await add("test.plain", 100, 6);
    let deaths = 0;
    while ((await alertsOf("test.greedy")).length === 0) {
      expect(deaths, "a worker died of it again").toBeLessThanOrEqual(2);
      const child = greedyWorker();
      const died = once(child, "exit").then(() => {
        deaths += 1;
      });
      // Either it dies of the job again, or it finds that its attempts are used up and tells.
      await Promise.race([died, until(async () => (await alertsOf("test.greedy")).length > 0)]);
    }
    expect(deaths).toBe(2);
    expect(await jobsOf("test.greedy")).toMatchObject([{ attempts: 2, max_attempts: 2, locked_at: null }]);
    expect(await alertsOf("test.greedy")).toMatchObject([
      { detail: expect.stringContaining("every worker that ran it died") },
    ]);
    await until(async () => (await jobsOf("test.plain")).length === 0);
  });
});

/** A worker process that supervises itself as little as a container does: somebody starts it again when it dies. */
function greedyWorker(): ChildProcess {
  const program = join(import.meta.dirname, "..", "scripts", "test", "greedy-worker.ts");
  // Twice what the worker itself needs: how much it may take makes no difference, only that it ends.
  const child = spawn(process.execPath, ["--max-old-space-size=128", ...SHORT_WAYS, program], {
    cwd: join(import.meta.dirname, ".."),
    env: { NODE_ENV: "production", PATH: process.env.PATH, ...compileCache(), ...settings },
    stdio: "ignore",
  });
  children.add(child);
  return child;
}
