import { eq } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { closePageJob, convergeCheckoutJob } from "./jobs.ts";
import { findByRef } from "./return-view.ts";

/**
 * The buyer came back from the payment page: lets a job ask Stripe now instead of waiting for its webhook. Idempotent:
 * while a look is under way another press asks for no more; should the job be lost, the sweep makes the look. Throws
 * `checkout.not_found`.
 */
export async function confirmReturn(ctx: Ctx, { ref }: { ref: string }): Promise<void> {
  await ctx.db.transaction(
    async (tx) => {
      const { id, status, nextCheckAt } = await findByRef(tx, ref);
      if (status !== "open" && status !== "created" && status !== "unknown") return;
      if (nextCheckAt === null || nextCheckAt <= tx.scope.now) return;
      await tx.update(checkouts).set({ nextCheckAt: tx.scope.now }).where(eq(checkouts.id, id));
      await enqueue(tx, convergeCheckoutJob, { checkoutId: id }, { key: `checkout.converge:${id}` });
    },
    { as: holding(ctx.actor, ref) },
  );
}

/** The buyer begins anew: lets a job close the payment page, so that nobody pays on it any more. Idempotent. Throws `checkout.not_found`. */
export async function abandonCheckout(ctx: Ctx, { ref }: { ref: string }): Promise<void> {
  await ctx.db.transaction(
    async (tx) => {
      const { id, status } = await findByRef(tx, ref);
      if (status === "open") await enqueue(tx, closePageJob, { checkoutId: id }, { key: `checkout.close-page:${id}` });
    },
    { as: holding(ctx.actor, ref) },
  );
}
