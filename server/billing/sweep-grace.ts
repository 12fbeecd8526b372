import { asc, eq, lte, min } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { emit } from "../kernel/event.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { sweepGraceJob } from "./jobs.ts";

const BATCH = 200;

/**
 * Ends what a membership gives on the day that its grace is over, once, whatever the provider still tries: emits
 * `subscription.grace_ended`. A payment takes it back. Bounded batches, business time. Returns how many.
 */
export async function sweepGrace(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const over = await tx
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(lte(subscriptions.graceDueAt, tx.scope.now))
      .orderBy(asc(subscriptions.graceDueAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    for (const { id } of over) {
      await tx.update(subscriptions).set({ graceDueAt: null }).where(eq(subscriptions.id, id));
      await emit(tx, { name: "subscription.grace_ended", id });
    }
    return over.length;
  });
}

/** When the next grace is over, and the job that ends it. */
export const graceSweep: Sweep = {
  name: "billing-grace",
  job: sweepGraceJob,
  async nextDue(tx) {
    const [row] = await tx.select({ at: min(subscriptions.graceDueAt) }).from(subscriptions);
    return row?.at ?? null;
  },
};
