import { desc, eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { inFreeTime, invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import type { TimelinePlace } from "../kernel/happenings.ts";
import { organizationTimeline } from "./organization-timeline.ts";

const RECENT = 20;

/**
 * What an organization pays for, its newest bills and who they were for, and a page of everything that happened with it. The
 * newest twenty of each list: where there may be more, the lists of memberships and invoices have them.
 */
export async function readOrganizationMoney(
  tx: Tx,
  { organizationId, ...place }: { organizationId: string } & TimelinePlace,
) {
  const held = await tx
    .select({
      ...{ id: subscriptions.id, status: subscriptions.status, freeTime: inFreeTime, currency: subscriptions.currency },
      ...{ amount: subscriptions.amount, interval: subscriptions.interval, intervalCount: subscriptions.intervalCount },
      ...{ currentPeriodEndAt: subscriptions.currentPeriodEndAt, cancelAt: subscriptions.cancelAt },
      ...{ endedAt: subscriptions.endedAt, productName: products.name, version: planVersions.version },
    })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(planVersions, eq(planVersions.id, subscriptions.planVersionId))
    .where(eq(subscriptions.organizationId, organizationId))
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
    .limit(RECENT);
  const bills = await tx
    .select({
      ...{ id: invoices.id, number: invoices.number, status: invoices.status, currency: invoices.currency },
      ...{ totalAmount: invoices.totalAmount, amountPaid: invoices.amountPaid, createdAt: invoices.createdAt },
      ...{ subscriptionId: invoices.subscriptionId, customerId: customers.id, email: customers.email },
    })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .where(eq(subscriptions.organizationId, organizationId))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(RECENT);
  return { subscriptions: held, invoices: bills, timeline: await organizationTimeline(tx, organizationId, place) };
}
