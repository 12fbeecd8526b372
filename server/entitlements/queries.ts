import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { entitlements, telemetry } from "../../drizzle/schema/entitlements.ts";
import { organizationMembers, organizations } from "../../drizzle/schema/organizations.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { explainEntitlements } from "./explain-entitlements.ts";

/** The version that an organization's plan is of; null while the shop has no plans. */
export async function planHeldBy(tx: Tx, organizationId: string) {
  const [row] = await tx
    .select({ code: planVersions.planCode, name: planVersions.name, version: planVersions.version })
    .from(entitlements)
    .innerJoin(planVersions, eq(planVersions.id, entitlements.planVersionId))
    .where(
      and(
        eq(entitlements.organizationId, organizationId),
        eq(entitlements.source, "plan"),
        isNull(entitlements.replacedAt),
      ),
    )
    .limit(1);
  return row ?? null;
}

/** The organizations that somebody is in, with the plan of each. At most a hundred. */
export async function listOwnPlans(tx: Tx, userId: string) {
  const rows = await tx
    .select({
      id: organizations.id,
      kind: organizations.kind,
      name: organizations.name,
      role: organizationMembers.role,
    })
    .from(organizationMembers)
    .innerJoin(organizations, eq(organizations.id, organizationMembers.organizationId))
    .where(
      and(eq(organizationMembers.userId, userId), isNull(organizationMembers.leftAt), isNull(organizations.closedAt)),
    )
    .orderBy(sql`${organizations.kind} = 'company'`, organizations.name, organizations.id)
    .limit(100);
  return rows;
}

/** The subscription that an organization pays for, the newest first of those that run; for whoever looks after its money. */
export async function planSubscription(tx: Tx, organizationId: string) {
  const [row] = await tx
    .select({
      id: subscriptions.id,
      status: subscriptions.status,
      currency: subscriptions.currency,
      amount: subscriptions.amount,
      interval: subscriptions.interval,
      currentPeriodEndAt: subscriptions.currentPeriodEndAt,
      cancelAt: subscriptions.cancelAt,
      endedAt: subscriptions.endedAt,
      planCode: planVersions.planCode,
      version: planVersions.version,
    })
    .from(subscriptions)
    .innerJoin(planVersions, eq(planVersions.id, subscriptions.planVersionId))
    .where(
      and(
        eq(subscriptions.organizationId, organizationId),
        inArray(subscriptions.status, ["trialing", "active", "past_due", "unpaid", "paused"]),
      ),
    )
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
    .limit(1);
  return row ?? null;
}

/** Everything that staff see of what an organization may do: each feature with its reason, exceptions to come, every change of plan. */
export async function entitlementsForStaff(tx: Tx, organizationId: string) {
  const [organization] = await tx
    .select({
      id: organizations.id,
      kind: organizations.kind,
      name: organizations.name,
      closedAt: organizations.closedAt,
    })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (!organization) return null;
  const overrides = await tx
    .select()
    .from(entitlements)
    .where(and(eq(entitlements.organizationId, organizationId), eq(entitlements.source, "override")))
    .orderBy(desc(entitlements.createdAt), desc(entitlements.id))
    .limit(100);
  const changes = await tx
    .select()
    .from(telemetry)
    .where(eq(telemetry.organizationId, organizationId))
    .orderBy(desc(telemetry.at), desc(telemetry.id))
    .limit(100);
  return {
    organization,
    plan: await planHeldBy(tx, organizationId),
    subscription: await planSubscription(tx, organizationId),
    features: await explainEntitlements(tx, organizationId, { forStaff: true }),
    overrides,
    changes,
  };
}
