import { and, eq, gt, ne, notInArray, or } from "drizzle-orm";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { hasHadTrial, type Membership } from "../subscriptions/index.ts";
import type { RunningTrial } from "./trial-end.ts";

/**
 * The trial with which a membership began, while it runs; null: it is none, or free time of one that is paid for, which no
 * change of plan recounts.
 */
export async function runningTrial(tx: Tx, membership: Membership): Promise<RunningTrial | null> {
  const { id, status, hadTrial, startedAt, trialEndAt } = membership;
  if (status !== "trialing" || !hadTrial || startedAt === null || trialEndAt === null) return null;
  if (await wasCharged(tx, id)) return null;
  const { kind, status: state, trialRule, subscriptionId } = subscriptionChanges;
  const before = await tx
    .select({ kind })
    .from(subscriptionChanges)
    .where(
      and(
        eq(subscriptionId, id),
        notInArray(state, ["failed", "undone", "superseded"]),
        or(eq(kind, "free"), eq(trialRule, "restart")),
      ),
    );
  const { customerId, organizationId, trialCardHash: card } = membership;
  return {
    ...{ startedAt, endsAt: trialEndAt },
    given: before.some((one) => one.kind === "free"),
    restarted:
      before.some((one) => one.kind === "plan") || (await hasHadTrial(tx, { customerId, organizationId, card }, id)),
  };
}

/** Whether a period of it was paid for: what came with its beginning (a joining fee) is none. */
async function wasCharged(tx: Tx, subscriptionId: string): Promise<boolean> {
  const [bill] = await tx
    .select({ id: invoices.id })
    .from(invoices)
    .where(
      and(
        eq(invoices.subscriptionId, subscriptionId),
        ne(invoices.reason, "subscription_create"),
        gt(invoices.amountPaid, 0),
      ),
    )
    .limit(1);
  return bill !== undefined;
}
