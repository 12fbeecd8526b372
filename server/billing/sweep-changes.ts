import { asc, eq, lte, min } from "drizzle-orm";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { carryOutChangeJob, sweepChangesJob } from "./jobs.ts";

const BATCH = 100;
const LOOK_WITHIN_MS = 60 * 60_000;

/** Looks after changes of whose end nobody has told us: the same job sends or asks. Bounded, business time. Returns how many. */
export async function sweepChanges(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const due = await tx
      .select({ id: subscriptionChanges.id })
      .from(subscriptionChanges)
      .where(lte(subscriptionChanges.nextCheckAt, tx.scope.now))
      .orderBy(asc(subscriptionChanges.nextCheckAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    const later = new Date(tx.scope.now.getTime() + LOOK_WITHIN_MS);
    for (const { id } of due) {
      await tx.update(subscriptionChanges).set({ nextCheckAt: later }).where(eq(subscriptionChanges.id, id));
      await enqueue(tx, carryOutChangeJob, { changeId: id }, { key: `${carryOutChangeJob.name}:${id}` });
    }
    return due.length;
  });
}

/** When the next change is due for a look, and the job that finds it. */
export const changeSweep: Sweep = {
  name: "billing-changes",
  job: sweepChangesJob,
  async nextDue(tx) {
    const [row] = await tx.select({ at: min(subscriptionChanges.nextCheckAt) }).from(subscriptionChanges);
    return row?.at ?? null;
  },
};
