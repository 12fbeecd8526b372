import { and, eq, inArray, notInArray } from "drizzle-orm";
import { orderLines } from "../../drizzle/schema/orders.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { emit } from "../kernel/event.ts";
import type { SubscriptionGateway } from "../subscriptions/index.ts";
import { findWithdrawal } from "./find-withdrawal.ts";

/**
 * Ends the memberships that a withdrawal takes back, at the provider, at once: nothing more is charged. Then each is
 * looked at (`withdrawal.membership_ended`). Idempotent; a timeout is simply tried again, for ending twice ends once. Worker
 * only. Throws ProviderError, `withdrawals.not_found`.
 */
export async function endMemberships(
  ctx: Ctx<{ subscriptions: SubscriptionGateway }>,
  { withdrawalId }: { withdrawalId: string },
): Promise<void> {
  const alive = await ctx.db.transaction(async (tx) => {
    const { withdrawal, lineIds } = await findWithdrawal(tx, withdrawalId);
    if (withdrawal.status === "refused") return [];
    return tx
      .selectDistinct({ id: subscriptions.id, externalId: subscriptions.stripeSubscriptionId })
      .from(subscriptions)
      .innerJoin(
        orderLines,
        and(eq(orderLines.orderId, subscriptions.orderId), eq(orderLines.productId, subscriptions.productId)),
      )
      .where(
        and(
          eq(subscriptions.orderId, withdrawal.orderId),
          inArray(orderLines.id, lineIds),
          notInArray(subscriptions.status, ["canceled", "incomplete_expired"]),
        ),
      );
  });
  for (const { id, externalId } of alive) {
    await ctx.providers.subscriptions.endNow(externalId);
    await ctx.db.transaction((tx) => emit(tx, { name: "withdrawal.membership_ended", id }));
  }
}
