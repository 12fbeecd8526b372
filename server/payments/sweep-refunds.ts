import { asc, eq, lte, min } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { sendRefundJob, sweepRefundsJob } from "./jobs.ts";

const BATCH = 100;
const LOOK_WITHIN_MS = 60 * 60_000;

/** Looks after refunds whose end nobody has told us of: the same job sends or asks. Bounded, business time. Returns how many. */
export async function sweepRefunds(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const due = await tx
      .select({ id: refunds.id })
      .from(refunds)
      .where(lte(refunds.nextCheckAt, tx.scope.now))
      .orderBy(asc(refunds.nextCheckAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    const later = new Date(tx.scope.now.getTime() + LOOK_WITHIN_MS);
    for (const { id } of due) {
      await tx.update(refunds).set({ nextCheckAt: later }).where(eq(refunds.id, id));
      await enqueue(tx, sendRefundJob, { refundId: id }, { key: `${sendRefundJob.name}:${id}` });
    }
    return due.length;
  });
}

/** When the next refund is due for a look, and the job that finds it. */
export const sweep: Sweep = {
  name: "refunds",
  job: sweepRefundsJob,
  async nextDue(tx) {
    const [row] = await tx.select({ at: min(refunds.nextCheckAt) }).from(refunds);
    return row?.at ?? null;
  },
};
