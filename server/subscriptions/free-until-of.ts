import { and, desc, eq, gt } from "drizzle-orm";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import type { Membership } from "./record-subscription.ts";

/** Until when a membership that was paid for is free, because it was given time; null: it is not. A trial before any payment is none. */
export async function freeUntilOf(tx: Tx, { id, status }: Pick<Membership, "id" | "status">): Promise<Date | null> {
  if (status !== "trialing") return null;
  const { freeUntilAt } = subscriptionChanges;
  const [given] = await tx
    .select({ until: freeUntilAt })
    .from(subscriptionChanges)
    .where(
      and(
        eq(subscriptionChanges.subscriptionId, id),
        eq(subscriptionChanges.kind, "free"),
        eq(subscriptionChanges.status, "applied"),
        gt(freeUntilAt, tx.scope.now),
      ),
    )
    .orderBy(desc(freeUntilAt))
    .limit(1);
  if (!given?.until) return null;
  const [paid] = await tx
    .select({ id: invoices.id })
    .from(invoices)
    .where(and(eq(invoices.subscriptionId, id), gt(invoices.amountPaid, 0)))
    .limit(1);
  return paid ? given.until : null;
}
