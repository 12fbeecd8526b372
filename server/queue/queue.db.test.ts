import { expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import type { Session } from "../trpc/context.ts";

const shop = await testCheckoutShop({}, [/stripe:evt_queue/]);
const { sql } = shop;
const session: Session = { ...(await shop.member("owner@kraftverk.test")), staffRole: "owner" };
const queue = shop.browser({ session }).caller.queue;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
  );
async function add(task: string, payload: object, change = ""): Promise<string> {
  const [row] = await sql`select (graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)).id as id`;
  if (change) await sql.unsafe(`update graphile_worker._private_jobs set ${change} where id = ${row?.id}`);
  return String(row?.id);
}
const dead = "attempts = 1, max_attempts = 1, last_error = 'it broke'";

test("staff see how deep the queue is, what failed and why, who lives, what runs by the clock; nobody else sees anything", async () => {
  await sql`delete from graphile_worker._private_jobs`;
  const gone = await add("orders.send-confirmation", { orderId: "ord_x", _requestId: "req" }, dead);
  await add("orders.send-confirmation", { orderId: "ord_y" }, "run_at = now() - interval '1 minute'");
  await add("task.of-a-newer-version", { id: "x" }, "locked_at = now(), locked_by = 'pool'");
  await sql`insert into processes (id, kind, clock_version, started_at, seen_at) values ('prc_x', 'worker', 0, now(), now())`;
  const overview = await queue.overview();
  expect(overview.tasks).toMatchObject([
    { task: "orders.send-confirmation", waiting: 1, dead: 1, running: 0 },
    { task: "task.of-a-newer-version", waiting: 0, running: 1 },
  ]);
  expect(overview.processes.map((one) => one.id)).toContain("prc_x");
  expect(await queue.jobs.list({ state: "dead" })).toMatchObject({
    items: [
      {
        id: gone,
        task: "orders.send-confirmation",
        payload: '{"orderId": "ord_x"}',
        lastError: "it broke",
        state: "dead",
      },
    ],
    nextCursor: null,
  });
  const first = await queue.jobs.list({ limit: 2 });
  const rest = await queue.jobs.list({ limit: 2, cursor: first.nextCursor ?? undefined });
  expect([...first.items, ...rest.items]).toHaveLength(3);

  expect(await codeOf(shop.browser().caller.queue.overview())).toBe("identity.sign_in_first");
  const anonymous = shop.runtime.ctx({ kind: "anonymous", tokens: [] }, "test");
  const seen = await anonymous.db.transaction((tx) => tx.execute("select * from app.queue_jobs(null, null, null, 10)"));
  expect(seen).toHaveLength(0);
  await anonymous.db.transaction((tx) => tx.execute(`select app.queue_remove(${gone}), app.queue_retry(${gone})`));
  expect((await queue.jobs.list({ state: "dead" })).items).toHaveLength(1);
});

test("a dead job is run again, with attempts, and its alert goes", async () => {
  await sql`delete from graphile_worker._private_jobs`;
  const id = await add("reconciliation.run", {}, dead);
  await sql`insert into alerts (id, kind, subject, detail, raised_at) values ('alr_q', 'jobs.stopped', 'reconciliation.run', 'x', now())`;
  await queue.jobs.retry({ id });
  expect(await sql`select resolved_at is not null as resolved from alerts where id = 'alr_q'`).toEqual([
    { resolved: true },
  ]);
  await shop.work();
  expect((await queue.jobs.list({ task: "reconciliation.run" })).items).toEqual([]);
  expect(await codeOf(queue.jobs.retry({ id }))).toBe("queue.not_free");
  expect(await sql`select action from audit_entries where action = 'queue.retry'`).toHaveLength(1);
});

test("a job is given up with a reason; a webhook's event is a dead letter then; one that runs is left alone", async () => {
  await sql`insert into webhook_events (id, provider, external_id, type, payload, occurred_at) values ('stripe:evt_queue', 'stripe', 'evt_queue', 'x', '{}', now())`;
  const id = await add("webhooks.process", { eventId: "stripe:evt_queue" }, "run_at = now() + interval '1 hour'");
  await queue.jobs.giveUp({ id, reason: "the sender is being mended" });
  expect(await sql`select status, last_error from webhook_events where id = 'stripe:evt_queue'`).toEqual([
    { status: "dead", last_error: "the sender is being mended" },
  ]);
  const running = await add("webhooks.process", { eventId: "x" }, "locked_at = now(), locked_by = 'pool'");
  expect(await codeOf(queue.jobs.giveUp({ id: running, reason: "stop it" }))).toBe("queue.not_free");
  await sql`delete from graphile_worker._private_jobs`;
});
