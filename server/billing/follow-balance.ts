import { and, eq, isNull, ne } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { convergeSubscriptionJob } from "./jobs.ts";

/**
 * What is kept at the provider for somebody's bills is another sum: their other memberships, of which we know it as it was, are
 * looked at. Idempotent. Worker only.
 */
export async function followBalance(ctx: Ctx, { subscriptionId }: { subscriptionId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [of] = await tx
      .select({ payer: subscriptions.stripeCustomerId, kept: subscriptions.balanceAmount })
      .from(subscriptions)
      .where(eq(subscriptions.id, subscriptionId));
    if (!of?.payer) return;
    const others = await tx
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(
        and(
          eq(subscriptions.stripeCustomerId, of.payer),
          ne(subscriptions.balanceAmount, of.kept),
          isNull(subscriptions.endedAt),
        ),
      )
      .limit(100);
    for (const { id } of others)
      await enqueue(
        tx,
        convergeSubscriptionJob,
        { subscriptionId: id },
        { key: `${convergeSubscriptionJob.name}:${id}` },
      );
  });
}
