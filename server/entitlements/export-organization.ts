import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { telemetry } from "../../drizzle/schema/entitlements.ts";
import { organizationMembers, organizations } from "../../drizzle/schema/organizations.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { entitlementErrors } from "./errors.ts";
import { explainEntitlements } from "./explain-entitlements.ts";
import { planHeldBy } from "./queries.ts";

/** More of one thing than this is no organization's. */
const MOST = 10_000;

/**
 * What there is of an organization, for whoever is in it to take along: who is in it, its plan and what that holds, every change
 * of plan; and for those who look after its money its subscriptions and bills. Amounts in minor units, tax included. Only looks.
 * Throws `entitlements.organization_not_found`.
 */
export async function exportOrganization(tx: Tx, organizationId: string) {
  const { id, kind, name, createdAt } = organizations;
  const [organization] = await tx
    .select({ id, kind, name, createdAt })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (!organization) throw entitlementErrors.noOrganization({ organizationId });
  const explained = await explainEntitlements(tx, organizationId, { forStaff: false });
  return {
    exportedAt: tx.scope.now,
    organization,
    members: await tx
      .select({
        userId: organizationMembers.userId,
        role: organizationMembers.role,
        joinedAt: organizationMembers.joinedAt,
      })
      .from(organizationMembers)
      .where(and(eq(organizationMembers.organizationId, organizationId), isNull(organizationMembers.leftAt)))
      .orderBy(asc(organizationMembers.joinedAt), asc(organizationMembers.id))
      .limit(MOST),
    plan: await planHeldBy(tx, organizationId),
    entitlements: Object.fromEntries(explained.map(({ key, value }) => [key, value])),
    changesOfPlan: await tx
      .select({ from: telemetry.fromPlan, to: telemetry.toPlan, at: telemetry.at })
      .from(telemetry)
      .where(eq(telemetry.organizationId, organizationId))
      .orderBy(asc(telemetry.at), asc(telemetry.id))
      .limit(MOST),
    ...(await moneyOf(tx, organizationId)),
  };
}

/** Empty for members who do not see the organization's money (row-level security). */
async function moneyOf(tx: Tx, organizationId: string) {
  const { id, status, currency, amount, interval, startedAt, endedAt } = subscriptions;
  return {
    subscriptions: await tx
      .select({ id, status, currency, amount, interval, startedAt, endedAt })
      .from(subscriptions)
      .where(eq(subscriptions.organizationId, organizationId))
      .orderBy(desc(subscriptions.createdAt))
      .limit(MOST),
    invoices: await tx
      .select({
        number: invoices.number,
        status: invoices.status,
        currency: invoices.currency,
        totalAmount: invoices.totalAmount,
        taxAmount: invoices.taxAmount,
        paidAt: invoices.paidAt,
      })
      .from(invoices)
      .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
      .where(eq(subscriptions.organizationId, organizationId))
      .orderBy(desc(invoices.createdAt))
      .limit(MOST),
  };
}
