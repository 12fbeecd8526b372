import { asc, eq, lte, min } from "drizzle-orm";
import { creditSettings } from "../../drizzle/schema/credit-settings.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { sweepTopUpsJob, topUpCreditsJob } from "./jobs.ts";

const BATCH = 200;

/**
 * Has top-ups decided anew that a cap stood in the way of, when there is room under it again. Each is due once: the job is
 * enqueued in the transaction that takes the date away. Bounded batches, business time. Returns how many.
 */
export async function sweepTopUps(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const due = await tx
      .select({ customerId: creditSettings.customerId })
      .from(creditSettings)
      .where(lte(creditSettings.nextTryAt, tx.scope.now))
      .orderBy(asc(creditSettings.nextTryAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    for (const { customerId } of due) {
      await tx.update(creditSettings).set({ nextTryAt: null }).where(eq(creditSettings.customerId, customerId));
      await enqueue(tx, topUpCreditsJob, { customerId });
    }
    return due.length;
  });
}

/** When the next top-up may be tried again, and the job that does it. */
export const topUpSweep: Sweep = {
  name: "checkout-top-ups",
  job: sweepTopUpsJob,
  async nextDue(tx) {
    const [row] = await tx.select({ at: min(creditSettings.nextTryAt) }).from(creditSettings);
    return row?.at ?? null;
  },
};
