import { asc, inArray, lte, min } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { send } from "../kernel/send.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { convergeSubscriptionJob, sweepSubscriptionsJob } from "./jobs.ts";

const BATCH = 200;
/** Until the look has been made the membership is due again after this long: a job that is lost is only late. */
const LOOK_WITHIN_MS = 60 * 60_000;

/**
 * Lets a job look at each membership that we should have heard of by now: a renewal or an end whose webhooks were lost.
 * Bounded batches, business time. Returns how many.
 */
export async function sweepSubscriptions(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const due = await tx
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(lte(subscriptions.nextCheckAt, tx.scope.now))
      .orderBy(asc(subscriptions.nextCheckAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    if (due.length === 0) return 0;
    const ids = due.map(({ id }) => id);
    const later = new Date(tx.scope.now.getTime() + LOOK_WITHIN_MS);
    send(tx, tx.update(subscriptions).set({ nextCheckAt: later }).where(inArray(subscriptions.id, ids)));
    for (const id of ids)
      await enqueue(
        tx,
        convergeSubscriptionJob,
        { subscriptionId: id },
        { key: `${convergeSubscriptionJob.name}:${id}` },
      );
    return due.length;
  });
}

/** When the next membership is due for a look, and the job that finds it. */
export const sweep: Sweep = {
  name: "billing",
  job: sweepSubscriptionsJob,
  // One in trouble is asked about every day, and what becomes of it the provider tells: a moved clock would stop at each
  // of those days, for every such membership at an hour of its own.
  async nextDue(tx, onTheWay = false) {
    const [row] = await tx
      .select({ at: min(subscriptions.nextCheckAt) })
      .from(subscriptions)
      .where(onTheWay ? inArray(subscriptions.status, ["active", "trialing"]) : undefined);
    return row?.at ?? null;
  },
};
