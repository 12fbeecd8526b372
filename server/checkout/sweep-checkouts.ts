import { asc, eq, lte, min } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { convergeCheckoutJob, sweepCheckoutsJob } from "./jobs.ts";

const BATCH = 200;
/** Until the look has been made the purchase is due again after this long: a job that is lost is only late. */
const LOOK_WITHIN_MS = 5 * 60_000;

/**
 * Lets a job look at each purchase whose look is due: a call whose outcome is unknown, a page that may have been paid on
 * without our hearing of it, a page that has expired, a payment that takes
 * days. Bounded batches, business time. Returns how many.
 */
export async function sweepCheckouts(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const due = await tx
      .select({ id: checkouts.id })
      .from(checkouts)
      .where(lte(checkouts.nextCheckAt, tx.scope.now))
      .orderBy(asc(checkouts.nextCheckAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    const later = new Date(tx.scope.now.getTime() + LOOK_WITHIN_MS);
    for (const { id } of due) {
      await tx.update(checkouts).set({ nextCheckAt: later }).where(eq(checkouts.id, id));
      await enqueue(tx, convergeCheckoutJob, { checkoutId: id }, { key: `checkout.converge:${id}` });
    }
    return due.length;
  });
}

/** When the next purchase is due for a look, and the job that finds it. */
export const sweep: Sweep = {
  name: "checkout",
  job: sweepCheckoutsJob,
  async nextDue(tx) {
    const [row] = await tx.select({ at: min(checkouts.nextCheckAt) }).from(checkouts);
    return row?.at ?? null;
  },
};
