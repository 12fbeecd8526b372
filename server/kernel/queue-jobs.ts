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
 * Gives the queue what a transaction has ordered so far, in one call: every call costs the queue a pass through its tables
 * and a notification. Each transaction ends with it; only whoever wants to see the jobs before that calls it.
 */
export async function queueJobs(tx: Tx): Promise<void> {
  const ordered = tx.scope.jobs.splice(0);
  // Of one key the last order counts, as it would if each were given alone; the queue refuses two of them in one call.
  const specs = ordered.filter(
    ({ job_key: key }, at) => key === undefined || ordered.findLastIndex((other) => other.job_key === key) === at,
  );
  if (specs.length > 0) await tx.execute(sql`select app.enqueue(${JSON.stringify(specs)}::json)`);
}
