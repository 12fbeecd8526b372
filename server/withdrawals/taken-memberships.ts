import { and, eq, inArray } from "drizzle-orm";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import type { Withdrawal } from "./find-withdrawal.ts";
import { isInTime, lastWithdrawalDay } from "./withdrawal-period.ts";

/** The memberships that a withdrawal takes back in time: they end with it, whatever is paid back, and whatever they have become since. None that came too late. */
export async function takenMemberships(
  tx: Tx,
  withdrawal: Pick<Withdrawal, "orderId" | "receivedAt">,
  lineIds: readonly string[],
) {
  if (lineIds.length === 0) return [];
  const found = await tx
    .selectDistinct({
      id: subscriptions.id,
      externalId: subscriptions.stripeSubscriptionId,
      payerExternalId: subscriptions.stripeCustomerId,
      orderedAt: orders.placedAt,
    })
    .from(subscriptions)
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .innerJoin(orderLines, eq(orderLines.orderId, subscriptions.orderId))
    .where(and(eq(subscriptions.orderId, withdrawal.orderId), inArray(orderLines.id, [...lineIds])));
  return found.filter(({ orderedAt }) => isInTime(withdrawal.receivedAt, lastWithdrawalDay(orderedAt)));
}
