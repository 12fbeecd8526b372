import pg from "pg";
import type { Runtime } from "../server/wire.ts";
import { stopJob } from "./stop-job.ts";

/** Marks our advisory locks among others'. */
const LOCK_SPACE = 7411;
const SWEEP_MS = 5_000;
const PROBE_MS = 5_000;

export type Guard = { release(): Promise<void> };

/** A connection for the lock of a guard, not open yet. */
export function guardClient(connectionString: string): pg.Client {
  return new pg.Client({
    connectionString,
    application_name: "kraftverk-worker-guard",
    keepAlive: true,
    query_timeout: PROBE_MS,
  });
}

/**
 * Holds a session lock on this worker's pool for as long as the process lives: who can take it knows that the worker is
 * dead. When the connection is lost others may believe so too and take our jobs, so `onLost` must end the process. A
 * connection that is lent to it, which is open, stays open when the lock is given back.
 */
export async function guardPool(
  connection: string | pg.Client,
  poolId: string,
  onLost: (error: Error) => void,
): Promise<Guard> {
  const lent = typeof connection !== "string";
  const client = lent ? connection : guardClient(connection);
  let released = false;
  const lost = (error: Error) => {
    if (released) return;
    released = true;
    clearInterval(probe);
    onLost(error);
  };
  const ended = () => lost(new Error("The guard's connection ended."));
  client.on("error", lost);
  client.on("end", ended);
  // A server that vanished without a word is only noticed by asking it.
  const probe = setInterval(() => client.query("select 1").catch(lost), PROBE_MS);
  probe.unref();
  if (!lent) await client.connect();
  await client.query("select pg_advisory_lock($1, hashtext($2))", [LOCK_SPACE, poolId]);
  return {
    async release() {
      released = true;
      clearInterval(probe);
      if (!lent) return client.end();
      await client.query("select pg_advisory_unlock($1, hashtext($2))", [LOCK_SPACE, poolId]);
      client.off("error", lost);
      client.off("end", ended);
    },
  };
}

/** Every few seconds takes the jobs of workers that are dead and lets them run again. */
export function recoverEvery(runtime: Runtime, poolId: string): { stop(): void } {
  const look = () =>
    recoverJobs(runtime, poolId).catch((error: unknown) =>
      runtime.log.warn({ err: error }, "dead workers could not be looked for"),
    );
  const timer = setInterval(() => void look(), SWEEP_MS);
  void look();
  return { stop: () => clearInterval(timer) };
}

/**
 * Finds workers that hold jobs but not their guard's lock, and unlocks their jobs; the library alone would wait four
 * hours. A job that was running at more than one such death waits a little longer each time, so that one which kills
 * its worker does not do so in a row; when its attempts are used up staff are told. One whose key a later job has taken
 * meanwhile is removed instead: the queue has used up its attempts by that, not by deaths, and the later one does its work.
 * Safe to run in every worker at once.
 */
export async function recoverJobs(runtime: Runtime, poolId: string): Promise<void> {
  const { sql } = runtime.service;
  const found = await sql<{ pool: string; dead: boolean }[]>`
    with holders as materialized (
      select distinct locked_by as pool from graphile_worker._private_jobs
      where locked_by <> ${poolId} and locked_at < now() - interval '5 seconds'
    )
    select pool, pg_try_advisory_xact_lock(${LOCK_SPACE}, hashtext(pool)) as dead from holders`;
  const dead = found.filter((holder) => holder.dead).map((holder) => holder.pool);
  if (dead.length === 0) return;
  const recovered = await sql<{ identifier: string; payload: Record<string, unknown>; stopped: boolean }[]>`
    with replaced as (
      -- Nothing but that touches a job that is held. What the clock orders again every minute is told of as if it had failed:
      -- should it be what kills the workers, no later one would ever come to its last attempt.
      delete from graphile_worker._private_jobs where locked_by = any(${dead}) and key is null
        and attempts >= max_attempts and updated_at > greatest(locked_at, created_at) and payload->'_cron' is null
      returning id
    ), freed as (
      update graphile_worker._private_jobs set locked_at = null, locked_by = null,
        run_at = case when attempts > 1 then now() + exp(least(attempts, 6)) * interval '1 second' else run_at end,
        last_error = case when attempts >= max_attempts then 'The worker died while it ran.' else last_error end
      where locked_by = any(${dead}) and id not in (select id from replaced)
      returning task_id, payload, attempts >= max_attempts as stopped
    ), queues as (
      update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_by = any(${dead})
    ), woken as materialized (
      select pg_notify('jobs:insert', json_build_object('r', random(), 'count', count(*))::text) from freed
    )
    select tasks.identifier, freed.payload, freed.stopped
    from freed join graphile_worker._private_tasks tasks on tasks.id = freed.task_id, woken`;
  runtime.log.warn({ workers: dead.length, jobs: recovered.length }, "took the jobs of dead workers");
  for (const { identifier, payload, stopped } of recovered) {
    if (!stopped) continue;
    const { _requestId, ...ids } = payload;
    await stopJob(runtime, identifier, ids, "every worker that ran it died.");
  }
}
