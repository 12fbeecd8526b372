import { and, asc, eq, lte, min, notExists, sql } from "drizzle-orm";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { addChange } from "../subscriptions/index.ts";
import { sweepResumesJob } from "./jobs.ts";

const BATCH = 100;

const { subscriptionId, status, kind, createdAt } = subscriptionChanges;
/** Nobody is working on it, and it was not tried in vain since: that is for a person then. */
const untried = notExists(
  sql`(select 1 from ${subscriptionChanges} where ${subscriptionId} = ${subscriptions.id}
    and (${status} in ('requested', 'sent', 'unknown', 'awaiting_payment')
      or (${kind} = 'resume' and ${createdAt} >= ${subscriptions.resumeAt})))`,
);

/** A pause whose last day has come. */
const due = (now: Date) => and(eq(subscriptions.status, "paused"), lte(subscriptions.resumeAt, now), untried);

/**
 * Lets every membership go on whose pause is over: the wish is written as if somebody had pressed, once per pause and day
 * of its end. Bounded batches, business time. Returns how many.
 */
export async function sweepResumes(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const over = await tx
      .select({ id: subscriptions.id, resumeAt: subscriptions.resumeAt })
      .from(subscriptions)
      .where(due(tx.scope.now))
      .orderBy(asc(subscriptions.resumeAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    for (const { id, resumeAt } of over) {
      const idempotencyKey = `${id}:resume:${resumeAt?.toISOString()}`;
      await addChange(tx, { subscriptionId: id, kind: "resume", timing: "now", idempotencyKey });
    }
    return over.length;
  });
}

/** When the next pause is over, and the job that ends it. */
export const resumeSweep: Sweep = {
  name: "billing-resumes",
  job: sweepResumesJob,
  async nextDue(tx) {
    const [row] = await tx
      .select({ at: min(subscriptions.resumeAt) })
      .from(subscriptions)
      .where(and(eq(subscriptions.status, "paused"), untried));
    return row?.at ?? null;
  },
};
