import { eq } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { subscriptionErrors } from "../subscriptions/index.ts";
import { type BillingPorts, convergeSubscription } from "./converge-subscription.ts";

/** Converges a membership by our own id: what the sweep's job does. Idempotent. Throws `subscriptions.not_found`. */
export async function lookAtSubscription(
  ctx: Ctx<BillingPorts>,
  { subscriptionId }: { subscriptionId: string },
): Promise<void> {
  const [row] = await ctx.db.transaction(
    (tx) =>
      tx
        .select({ external: subscriptions.stripeSubscriptionId })
        .from(subscriptions)
        .where(eq(subscriptions.id, subscriptionId)),
    { readOnly: true },
  );
  if (!row) throw subscriptionErrors.notFound();
  await convergeSubscription(ctx, { stripeSubscriptionId: row.external });
}
