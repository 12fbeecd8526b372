import { asc, eq, lte, min } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { sendTrialEndingJob, sweepTrialsJob } from "./jobs.ts";

const BATCH = 200;

/**
 * Has everybody told whose trial ends in a few days, whether or not the provider says so. Each is due once: the job is
 * enqueued in the transaction that takes the date away. Bounded batches, business time. Returns how many.
 */
export async function sweepTrials(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const due = await tx
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(lte(subscriptions.trialNoticeAt, tx.scope.now))
      .orderBy(asc(subscriptions.trialNoticeAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    for (const { id } of due) {
      await tx.update(subscriptions).set({ trialNoticeAt: null }).where(eq(subscriptions.id, id));
      await enqueue(tx, sendTrialEndingJob, { subscriptionId: id });
    }
    return due.length;
  });
}

/** When the next trial is due to be told of, and the job that does it. */
export const trialSweep: Sweep = {
  name: "billing-trials",
  job: sweepTrialsJob,
  async nextDue(tx) {
    const [row] = await tx.select({ at: min(subscriptions.trialNoticeAt) }).from(subscriptions);
    return row?.at ?? null;
  },
};
