import type { Ctx } from "../kernel/ctx.ts";
import { type PriceSource, recheckStripePrice } from "../pricing/index.ts";
import { findCheckout } from "./find-checkout.ts";

/**
 * Stripe refused to open a payment page: perhaps a campaign's price was archived a moment ago. Looks at the campaign
 * prices among its lines, so that the next press is shown, and charged, what holds. Idempotent. Throws
 * `checkout.not_found`, and ProviderError when Stripe cannot say.
 */
export async function recheckPrices(
  ctx: Ctx<{ prices: PriceSource }>,
  { checkoutId }: { checkoutId: string },
): Promise<void> {
  const { lines } = await ctx.db.transaction((tx) => findCheckout(tx, checkoutId));
  for (const stripePriceId of new Set(lines.map((line) => line.stripePriceId))) {
    await recheckStripePrice(ctx, { stripePriceId });
  }
}
