import type { Ctx } from "../kernel/ctx.ts";
import { convergeCheckout } from "./converge-checkout.ts";
import type { TopUpPorts } from "./converge-top-up.ts";
import { findCheckout } from "./find-checkout.ts";

/**
 * Closes a payment page that must not be paid on any more (its prices or its cart have changed), then brings the purchase
 * to what Stripe holds: if somebody paid a moment earlier, the purchase is completed. Idempotent. Worker only. Throws
 * `checkout.not_found`, and ProviderError when Stripe does not answer.
 */
export async function closePage(ctx: Ctx<TopUpPorts>, { checkoutId }: { checkoutId: string }): Promise<void> {
  const checkout = await ctx.db.transaction((tx) => findCheckout(tx, checkoutId));
  if (checkout.status !== "open" || !checkout.stripeSessionId) return;
  await ctx.providers.checkout.expireSession(checkout.stripeSessionId);
  await convergeCheckout(ctx, { checkoutId });
}
