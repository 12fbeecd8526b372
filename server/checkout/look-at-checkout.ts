import type { Ctx } from "../kernel/ctx.ts";
import { convergeCheckout } from "./converge-checkout.ts";
import type { TopUpPorts } from "./converge-top-up.ts";
import { findCheckout } from "./find-checkout.ts";

/**
 * Converges a purchase because its buyer is back, or because nobody told us anything: one that is completed and waits for
 * nothing more was told of meanwhile, and is left alone. Idempotent. Throws as {@link convergeCheckout} does.
 */
export async function lookAtCheckout(ctx: Ctx<TopUpPorts>, { checkoutId }: { checkoutId: string }): Promise<void> {
  const isOver = async () => {
    const { status, nextCheckAt } = await ctx.db.transaction((tx) => findCheckout(tx, checkoutId), { readOnly: true });
    return status === "completed" && nextCheckAt === null;
  };
  if (!(await isOver())) await convergeCheckout(ctx, { checkoutId, unless: isOver });
}
