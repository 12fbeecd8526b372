import { sql } from "drizzle-orm";
import type { Tx } from "./db.ts";

/** A job as the queue takes it. */
export type JobSpec = {
  readonly identifier: string;
  readonly payload: object;
  readonly max_attempts: number;
  readonly job_key?: string;
  readonly run_at?: string;
};

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
  return specs.length === 0 ? null : tx.execute(sql`select app.enqueue(${JSON.stringify(specs)}::json)`);
}

/** Gives the queue what was ordered so far, for whoever wants to see the jobs before the transaction ends. */
export async function queueJobs(tx: Tx): Promise<void> {
  await orderOf(tx);
}
