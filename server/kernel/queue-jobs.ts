import { sql } from "drizzle-orm";
import type { Tx } from "./db.ts";
import { statement } from "./statement.ts";

/** A job as the queue takes it. */
export type JobSpec = {
  readonly identifier: string;
  readonly payload: object;
  readonly max_attempts: number;
  readonly job_key?: string;
  readonly run_at?: string;
};

/**
 * Writes jobs as the queue's own `add_jobs` would, at a third of its price, where nothing stands in the way: the task is known
 * and no job of that key is there. The others are left to `add_jobs` itself. For the role that owns the queue.
 */
const WRITE_JOBS = `
with asked as materialized (
  select spec.*, tasks.id as task from json_populate_recordset(null::graphile_worker.job_spec, $1::json) as spec
  left join graphile_worker._private_tasks as tasks on tasks.identifier = spec.identifier
), made as (
  insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts, key)
  select task, payload, coalesce(run_at, now()), max_attempts, job_key from asked where task is not null
  on conflict (key) do nothing returning key
), woken as materialized (
  select pg_notify('jobs:insert', json_build_object('r', random(), 'count', count(*))::text) from made having count(*) > 0
), others as materialized (
  select array_agg((identifier, payload, queue_name, run_at, max_attempts, job_key, priority, flags)::graphile_worker.job_spec) as specs
  from asked where task is null or (job_key is not null and job_key not in (select key from made where key is not null))
)
select (select count(*) from woken), case when specs is null then 0 else (select count(*) from graphile_worker.add_jobs(specs)) end
from others`;

/**
 * What gives the queue all that a transaction has ordered so far, in one call: every call costs the queue a pass through its
 * tables and a notification. Each transaction ends with it; null where there is nothing.
 */
export function orderOf(tx: Tx) {
  const ordered = tx.scope.jobs.splice(0);
  // Of one key the last order counts, as it would if each were given alone; the queue refuses two of them in one call.
  const specs = ordered.filter(
    ({ job_key: key }, at) => key === undefined || ordered.findLastIndex((other) => other.job_key === key) === at,
  );
  if (specs.length === 0) return null;
  const json = JSON.stringify(specs);
  // Everybody else has no way to the queue's tables but a function.
  if (tx.scope.actor.kind !== "system") return tx.execute(sql`select app.enqueue(${json}::json)`);
  return { execute: () => statement(tx, WRITE_JOBS, [json]) };
}

/** Gives the queue what was ordered so far, for whoever wants to see the jobs before the transaction ends. */
export async function queueJobs(tx: Tx): Promise<void> {
  await orderOf(tx)?.execute();
}
