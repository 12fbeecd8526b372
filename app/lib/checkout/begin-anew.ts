import type { AppLoadContext } from "@remix-run/node";

/** Together three seconds: a job asks Stripe to close the page, which takes some tenths of one. */
const LOOKS = 20;
const BETWEEN_MS = 150;

/**
 * The buyer begins anew: has the payment page closed, and waits until it is, so that the page that follows no longer offers
 * to go on paying. When that takes too long (no worker, Stripe away) the page is still open and is shown as that.
 */
export async function beginAnew({ caller }: Pick<AppLoadContext, "caller">, ref: string): Promise<void> {
  await caller.checkout.abandon({ ref });
  for (let looks = 0; looks < LOOKS; looks++) {
    if ((await caller.checkout.status({ ref })).url === null) return;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
}
