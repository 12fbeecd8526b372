import { eq } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { type Membership, subscriptionErrors } from "../subscriptions/index.ts";

/**
 * Whose memberships somebody acts on: their own, or as staff anybody's. An order's link shows a membership and lets nobody
 * change it.
 */
export type Reach = "own" | "any";

/** A membership that the actor may change. Throws `subscriptions.not_found` for every other. */
export async function reachMembership(tx: Tx, id: string, reach: Reach): Promise<Membership> {
  const [membership] = await tx.select().from(subscriptions).where(eq(subscriptions.id, id));
  const own = membership !== undefined && membership.customerId === customerOf(tx.scope.actor);
  if (!membership || !(own || (reach === "any" && tx.scope.actor.kind === "staff")))
    throw subscriptionErrors.notFound();
  return membership;
}
