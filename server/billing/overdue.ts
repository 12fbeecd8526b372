import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { allowedChanges, readChangeFacts } from "../subscriptions/index.ts";
import { unpaidInvoice } from "./life-queries.ts";

/** More than anybody pays for at once. */
const MOST = 20;

/**
 * Everything of the caller's that is overdue: own memberships, and plans of companies whose money they look after. What is
 * owed and why, what was tried and when it is tried next, until when all is as before, and what can be done now.
 */
export async function listOverdue(tx: Tx) {
  const rows = await overdueOf(tx, { customerId: customerOf(tx.scope.actor) ?? "" });
  const overdue = [];
  for (const { subscription, productName, organization } of rows) {
    const unpaid = await unpaidInvoice(tx, subscription.id);
    if (!unpaid) continue;
    const { facts } = await readChangeFacts(tx, subscription.id);
    overdue.push({
      ...{ id: subscription.id, organizationId: subscription.organizationId, productName, organization, unpaid },
      ...{ mayRetry: allowedChanges(facts).retry, inFlight: facts.inFlight, graceEndsAt: subscription.graceEndsAt },
      locked: subscription.graceEndsAt !== null && subscription.graceEndsAt <= tx.scope.now,
    });
  }
  return overdue;
}

const overdueOf = writtenOnce(["customerId"], (tx, { customerId }) =>
  tx
    .select({ subscription: subscriptions, productName: products.name, organization: organizations.name })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .where(
      and(
        inArray(subscriptions.status, ["past_due", "unpaid"]),
        or(
          and(isNull(subscriptions.organizationId), eq(subscriptions.customerId, customerId)),
          sql`${subscriptions.organizationId} in (select app.my_organizations(array['owner', 'admin', 'billing']))`,
        ),
      ),
    )
    .orderBy(asc(subscriptions.overdueSince), asc(subscriptions.id))
    .limit(MOST),
);
