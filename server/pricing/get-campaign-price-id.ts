import type { Ctx } from "../kernel/ctx.ts";
import type { ResolvedPrice } from "./resolve-price.ts";

/**
 * The Stripe price of the campaign that applies, or null: then the default price is charged. Checkout asks once per
 * start, outside its transaction (which may run twice), and this says in the log which campaign price is used.
 */
export function getCampaignPriceId(ctx: Pick<Ctx, "log">, price: ResolvedPrice): string | null {
  const { winner } = price.decision;
  if (winner === null) return null;
  ctx.log.info(`🎯 Using campaign price ${winner.stripePriceId} for product ${price.product.id}`);
  return winner.stripePriceId;
}
