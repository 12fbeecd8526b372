import type { z } from "zod";
import { creditSettings } from "../../drizzle/schema/credit-settings.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { checkoutErrors } from "./errors.ts";
import { listPacks } from "./find-pack.ts";
import type { creditSettingsInput } from "./input.ts";
import { watchCreditsJob } from "./jobs.ts";

/**
 * Keeps what a customer wants done when credits run low, all of it at once. A top-up that had stopped goes on. What is
 * topped up must reach over the threshold, and its price under both caps, or it could never come to rest. The card is asked
 * for only when it is charged. Sending it again changes nothing. Enqueues the watch. Throws `checkout.top_up_too_little`,
 * `checkout.top_up_cap`, `checkout.not_for_sale`, `checkout.sign_in_for_credits`.
 */
export async function saveCreditSettings(ctx: Ctx, wish: z.output<typeof creditSettingsInput>): Promise<void> {
  const customerId = customerOf(ctx.actor);
  if (!customerId) throw checkoutErrors.signInForCredits();
  const { topUp, lowBelow = null, lowPercent = null } = wish;
  await ctx.db.transaction(async (tx) => {
    if (topUp) {
      const pack = (await listPacks(tx, topUp.currency)).find(({ product }) => product.id === topUp.productId);
      if (!pack) throw checkoutErrors.notForSale({ productId: topUp.productId });
      if ((pack.product.creditsPerUnit ?? 0) * topUp.quantity < topUp.below)
        throw checkoutErrors.topUpTooLittle({ field: "below" });
      if (pack.price.amount * topUp.quantity > topUp.dailyCap) throw checkoutErrors.topUpCap({ field: "dailyCap" });
    }
    const row = {
      ...{ topUp: topUp !== undefined, lowBelow, lowPercent, updatedAt: tx.scope.now },
      ...{ topUpBelow: topUp?.below ?? null, productId: topUp?.productId ?? null, quantity: topUp?.quantity ?? null },
      ...{
        currency: topUp?.currency ?? null,
        dailyCap: topUp?.dailyCap ?? null,
        monthlyCap: topUp?.monthlyCap ?? null,
      },
      ...{ stoppedAt: null, stoppedReason: null, nextTryAt: null },
    };
    await tx
      .insert(creditSettings)
      .values({ customerId, ...row })
      .onConflictDoUpdate({ target: creditSettings.customerId, set: row });
    await enqueue(tx, watchCreditsJob, { customerId }, { key: `checkout.watch-credits:${customerId}` });
  });
}
