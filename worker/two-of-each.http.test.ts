import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../scripts/test/database.ts";
import {
  controlToken,
  ensureBuild,
  type ProductProcess,
  productEnv,
  startProduct,
  webhookSecret,
} from "../scripts/test/product.ts";
import { sized } from "../scripts/test/size.ts";
import { reconcileJob } from "../server/reconciliation/jobs.ts";

const { urls } = await testDatabase();
/** What is promised, on a machine that does nothing else; on a busy one, long before the queue by itself would (four hours). */
const RECOVERED_WITHIN_MS = sized(240_000, 30_000);
const STOPPED_WITHIN_MS = sized(120_000, 10_000);
const service = postgres(urls.service, { max: 6, onnotice: () => {} });
const owner = postgres(urls.owner, { max: 2, onnotice: () => {} });
const env = productEnv(urls);
const running = { web: new Set<ProductProcess>(), worker: new Set<ProductProcess>() };
type Kind = keyof typeof running;
/** So many of a kind, the ones that survived what came before first: to start one takes longer than most of what is proven with it. */
async function have<Count extends 1 | 2>(kind: Kind, count: Count) {
  const missing = Math.max(0, count - running[kind].size);
  const started = await Promise.all(Array.from({ length: missing }, () => startProduct(kind, env)));
  for (const product of started) running[kind].add(product);
  return [...running[kind]].slice(0, count) as unknown as Count extends 1
    ? [ProductProcess]
    : [ProductProcess, ProductProcess];
}
/** Ends one; its exit code. */
async function end(kind: Kind, product: ProductProcess, signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
  running[kind].delete(product);
  return product.end(signal);
}
const endAll = (kind: Kind) => Promise.all([...running[kind]].map((product) => end(kind, product, "SIGKILL")));

beforeAll(ensureBuild);
afterAll(async () => {
  await Promise.all([endAll("web"), endAll("worker")]);
  await Promise.all([service.end({ timeout: 1 }), owner.end({ timeout: 1 })]);
});

let count = 0;
function makeEvent(type = "galaxy.collapsed"): { id: string; payload: string } {
  const id = `evt_${++count}`;
  const data = { object: { id: `obj_${count}`, object: "galaxy" } };
  return {
    id,
    payload: JSON.stringify({
      id,
      object: "event",
      type,
      api_version: "2026-10-28.endive",
      created: Math.floor(Date.now() / 1000),
      livemode: false,
      data,
    }),
  };
}
/** One delivery as the provider makes it; null when nobody answered. */
async function deliver(url: string, payload: string): Promise<number | null> {
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
  try {
    const response = await fetch(`${url}/api/webhooks/stripe`, {
      method: "POST",
      body: payload,
      headers: { "stripe-signature": header },
    });
    await response.text();
    return response.status;
  } catch {
    return null;
  }
}
/** Delivers like the provider: to one door after the other until one says yes. */
async function deliverSurely(doors: readonly string[], payload: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await deliver(doors[attempt % doors.length]!, payload)) === 200) return;
    await pause(20);
  }
  throw new Error("nobody took the event");
}
function complaints(): string {
  const lines = [...running.web, ...running.worker].flatMap((product) =>
    product.log.filter((line) => line.level !== "info"),
  );
  return lines.length === 0 ? "nothing was complained of" : JSON.stringify(lines.slice(-5));
}
/** Fails with what the log lines of the processes complain of, when it does not happen in time. */
async function until(what: () => Promise<boolean>, ms = 240_000): Promise<number> {
  const began = Date.now();
  while (!(await what())) {
    if (Date.now() - began > ms) throw new Error(`it did not happen in time: ${complaints()}`);
    await pause(50);
  }
  return Date.now() - began;
}
const openEvents = async () =>
  Number((await service`select count(*) as n from webhook_events where status not in ('ignored', 'handled')`)[0]?.n);
const lockedJobs = async () =>
  Number((await service`select count(*) as n from graphile_worker._private_jobs where locked_at is not null`)[0]?.n);
const storedWith = async (id: string) => {
  const [row] = await service`
    select (select count(*)::int from webhook_events where external_id = ${id}) as events,
      (select count(*)::int from graphile_worker._private_jobs where payload->>'eventId' = ${`stripe:${id}`}) as jobs`;
  return row as { events: number; jobs: number };
};

/** What a process says of itself; web and worker alike. */
async function expectHealth({ url }: ProductProcess): Promise<void> {
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, { headers });
    return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
  };
  expect(await ask("/healthz")).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  const ready = await ask("/readyz?from=balancer");
  expect(JSON.parse(ready.text)).toEqual({ ready: true, checks: { database: "ok", migrations: "ok", queue: "ok" } });
  expect(ready).toMatchObject({ status: 200, type: expect.stringContaining("application/json") });
  const metrics = await ask("/metrics");
  expect(metrics).toMatchObject({ status: 200, type: expect.stringContaining("text/plain") });
  expect(metrics.text).toContain("# HELP process_cpu");
  for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-proto", "cf-connecting-ip"])
    expect(await ask("/metrics", { [name]: "192.0.2.1" }), name).toMatchObject({ status: 401 });
  expect(await ask("/nothing-here")).toMatchObject({ status: 404 });
}

describe("R1, R7, R12: two webs and two workers on one database", () => {
  test("R1, R7: one of each is killed in the middle: every event that was taken has its effect once, within 30 seconds", {
    timeout: 600_000,
  }, async () => {
    const [[web, otherWeb], [worker]] = await Promise.all([have("web", 2), have("worker", 2)]);
    await Promise.all([web, worker].map(expectHealth));
    const events = Array.from({ length: 400 }, () => makeEvent());
    // Jobs cannot finish until the lock is gone, so that the killed worker dies with its hands full.
    const jam = await owner.reserve();
    await jam`begin`;
    await jam`lock table webhook_attempts in access exclusive mode`;
    const doors = [web.url, otherWeb.url];
    const sending = Promise.all(
      events.map((event, index) =>
        pause(index).then(() => deliverSurely(index % 2 ? doors : doors.toReversed(), event.payload)),
      ),
    );
    await until(async () => (await lockedJobs()) >= 48);
    await Promise.all([end("worker", worker, "SIGKILL"), end("web", web, "SIGKILL")]);
    const died = Date.now();
    await jam`commit`;
    jam.release();
    await sending;
    await until(async () => (await openEvents()) === 0);
    expect(Date.now() - died).toBeLessThan(RECOVERED_WITHIN_MS);
    // The queue is told of jobs that are done a moment later, of many at once.
    await until(async () => (await lockedJobs()) === 0);
    const [found] = await service`
      select count(*)::int as events, (select count(*)::int from webhook_attempts) as effects,
        (select count(distinct event_id)::int from webhook_attempts) as distinct_effects,
        (select count(*)::int from graphile_worker._private_jobs) as jobs from webhook_events`;
    expect(found).toEqual({ events: 400, effects: 400, distinct_effects: 400, jobs: 0 });
  });

  test("R12: a worker that is told to stop under load finishes or releases what it has, and no job fails", {
    timeout: 600_000,
  }, async () => {
    const [[web], [worker]] = await Promise.all([have("web", 1), have("worker", 2)]);
    await service`select app.enqueue(${JSON.stringify([{ identifier: "future.job", payload: {} }])}::text::json)`;
    const sending = Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        pause(index * 2).then(() => deliverSurely([web.url], makeEvent().payload)),
      ),
    );
    await pause(200);
    const began = Date.now();
    expect(await end("worker", worker, "SIGTERM")).toBe(0);
    expect(Date.now() - began).toBeLessThan(STOPPED_WITHIN_MS);
    await sending;
    await until(async () => (await openEvents()) === 0);
    // Here is no provider to compare the shop with, so that job waits for its next try.
    const left = () => service`
      select j.attempts, j.last_error, j.locked_at from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier <> ${reconcileJob.name}`;
    // The minute may have turned meanwhile: what the schedule set off then runs to its end on the other worker.
    await until(async () => (await left()).length === 1);
    expect(await left()).toEqual([{ attempts: 0, last_error: null, locked_at: null }]);
    await service`delete from graphile_worker._private_jobs`;
  });
});

describe("R2: web is killed", () => {
  // Nobody may take the jobs that are counted here.
  beforeAll(() => endAll("worker"));
  const killStatements = () =>
    service`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kraftverk-web-intake'
      and datname = current_database() and wait_event_type = 'Lock'`;
  const waiting = async () =>
    (
      await service`select 1 from pg_stat_activity where application_name = 'kraftverk-web-intake' and wait_event_type = 'Lock'`
    ).length > 0;

  test.each([
    ["before the event is written", owner, "lock table webhook_events in access exclusive mode"],
    [
      "after it is written and before the commit",
      service,
      "lock table graphile_worker._private_jobs in access exclusive mode",
    ],
  ])(
    "%s: nothing is half there, and the next delivery has one effect",
    { timeout: 600_000 },
    async (_when, as, lock) => {
      const [other, web] = await have("web", 2);
      const { id, payload } = makeEvent();
      const jam = await as.reserve();
      await jam`begin`;
      await jam.unsafe(lock);
      const answer = deliver(web.url, payload);
      await until(waiting);
      await end("web", web, "SIGKILL");
      await killStatements();
      await jam`rollback`;
      jam.release();
      expect(await answer).toBeNull();
      expect(await storedWith(id)).toEqual({ events: 0, jobs: 0 });
      expect(await deliver(other.url, payload)).toBe(200);
      expect(await storedWith(id)).toEqual({ events: 1, jobs: 1 });
    },
  );

  test("after the commit and before the answer: the next delivery is a duplicate without a second job", {
    timeout: 600_000,
  }, async () => {
    const [other, web] = await have("web", 2);
    // Its statement is prepared on every connection now, so that a later one arrives whole.
    await Promise.all(Array.from({ length: 150 }, () => deliver(web.url, makeEvent().payload)));
    const { id, payload } = makeEvent();
    const jam = await owner.reserve();
    await jam`begin`;
    await jam`lock table webhook_events in access exclusive mode`;
    const answer = deliver(web.url, payload);
    await until(waiting);
    web.signal("SIGSTOP");
    await jam`rollback`;
    jam.release();
    await until(async () => (await storedWith(id)).events === 1);
    await end("web", web, "SIGKILL");
    expect(await answer).toBeNull();
    expect(await deliver(other.url, payload)).toBe(200);
    expect(await storedWith(id)).toEqual({ events: 1, jobs: 1 });
  });
});

describe("the business clock", () => {
  const ask = async (web: ProductProcess, body: object, token = controlToken) => {
    const response = await fetch(`${web.url}/_sandbox/clock`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
    return {
      status: response.status,
      body: (await response.json().catch(() => null)) as { idle: boolean; waitingFor: string[]; now: string } | null,
    };
  };

  test("moves every process at once, never back unless reset, and only for who holds the token", {
    timeout: 600_000,
  }, async () => {
    await service`delete from graphile_worker._private_jobs`;
    await service`update webhook_events set status = 'ignored' where status = 'received'`;
    const [[web, otherWeb]] = await Promise.all([have("web", 2), have("worker", 1)]);
    // Those that were killed are on the list until they have not been seen for a while; the others are on it again at their next beat.
    await service`delete from processes`;
    await until(async () => (await service`select 1 from processes`).length === 3);
    const future = new Date(Date.now() + 40 * 86_400_000).toISOString();
    expect((await ask(web, { now: future }, "guess")).status).toBe(404);
    expect((await ask(web, { now: "tomorrow" })).status).toBe(400);
    const moved = await ask(web, { now: future });
    expect(moved.body).toMatchObject({ waitingFor: [] });
    expect(Math.abs(Date.parse(moved.body!.now) - Date.parse(future))).toBeLessThan(60_000);
    // What the move made due is done meanwhile; it is asked until it is, as the sandbox does.
    await until(async () => (await ask(web, { now: future })).body?.idle === true);
    const versions = await service`select distinct clock_version from processes`;
    expect(versions).toHaveLength(1);
    // The other web judges signatures by the new time: one of today is too old, one of then is right.
    const { payload } = makeEvent();
    expect(await deliver(otherWeb.url, payload)).toBe(400);
    const header = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: webhookSecret,
      timestamp: Math.floor(Date.parse(future) / 1000),
    });
    expect(
      (
        await fetch(`${otherWeb.url}/api/webhooks/stripe`, {
          method: "POST",
          body: payload,
          headers: { "stripe-signature": header },
        })
      ).status,
    ).toBe(200);
    const back = await ask(web, { now: new Date().toISOString() });
    expect(Date.parse(back.body!.now)).toBeGreaterThanOrEqual(Date.parse(future) - 1_000);
    const reset = await ask(web, { now: new Date().toISOString(), reset: true });
    expect(Math.abs(Date.parse(reset.body!.now) - Date.now())).toBeLessThan(60_000);
  });
});
