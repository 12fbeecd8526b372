import { eq, sql } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { type Membership, subscriptionErrors } from "../subscriptions/index.ts";

/**
 * Whose memberships somebody acts on: their own and those of the companies whose money they look after, or as staff
 * anybody's. An order's link shows a membership and lets nobody change it.
 */
export type Reach = "own" | "any";

/** A membership that the actor may change. Throws `subscriptions.not_found` for every other. */
export async function reachMembership(tx: Tx, id: string, reach: Reach): Promise<Membership> {
  const [membership] = await tx.select().from(subscriptions).where(eq(subscriptions.id, id));
  const mine = membership !== undefined && (await isOwn(tx, membership));
  if (!membership || !(mine || (reach === "any" && tx.scope.actor.kind === "staff")))
    throw subscriptionErrors.notFound();
  return membership;
}

/** A company's is its present payers' own, whoever bought it; anything else its buyer's. */
async function isOwn(tx: Tx, { organizationId, customerId }: Membership): Promise<boolean> {
  if (organizationId === null) return customerId === customerOf(tx.scope.actor);
  const [role] = await tx.execute<{ pays: boolean }>(
    sql`select coalesce(app.organization_role(${organizationId}) in ('owner', 'admin', 'billing'), false) as pays`,
  );
  return role?.pays === true;
}
