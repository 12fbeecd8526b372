import { and, inArray, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Also } from "./converge-subscription.ts";
import { convergeSubscriptionJob } from "./jobs.ts";

/**
 * Something of a customer at the provider is another, perhaps the card that is charged: what is overdue of theirs is looked
 * at, and what began without a card, whose trial goes on or ends by that. What is paid hears of a new card with its next
 * bill, and is looked at where another sum is kept for their bills than we know (`balance`, in minor units, as it was told).
 * Idempotent. Worker only.
 */
export async function followCustomer(
  ctx: Ctx,
  { stripeCustomerId, balance }: { stripeCustomerId: string; balance?: number | undefined },
  also: Also,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const theirs = await tx
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(
        and(
          or(
            inArray(subscriptions.status, ["past_due", "unpaid"]),
            and(inArray(subscriptions.status, ["trialing", "paused"]), isNotNull(subscriptions.trialWithoutCard)),
            balance === undefined
              ? undefined
              : and(isNull(subscriptions.endedAt), ne(subscriptions.balanceAmount, balance)),
          ),
          sql`exists (select 1 from provider_customers c where c.external_id = ${stripeCustomerId}
            and (c.customer_id = ${subscriptions.customerId} or c.organization_id = ${subscriptions.organizationId}))`,
        ),
      )
      .limit(100);
    for (const { id } of theirs)
      await enqueue(
        tx,
        convergeSubscriptionJob,
        { subscriptionId: id },
        { key: `${convergeSubscriptionJob.name}:${id}` },
      );
    await also(
      tx,
      theirs.length === 0
        ? "Nothing of theirs waits for a card, and what is kept for their bills is known."
        : `${theirs.length} memberships that may wait for a card, or of which another sum is kept, are looked at.`,
    );
  });
}
