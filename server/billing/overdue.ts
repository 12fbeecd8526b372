import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { keyset } from "../kernel/page.ts";
import { allowedChanges, readChangeFacts } from "../subscriptions/index.ts";
import { unpaidInvoice } from "./life-queries.ts";

/**
 * Everything of the caller's that is overdue: own memberships, and plans of companies whose money they look after. What is
 * owed and why, what was tried and when it is tried next, until when all is as before, and what can be done now. A page at a
 * time, the longest overdue first.
 */
export async function listOverdue(tx: Tx, asked: { cursor?: string | undefined; limit: number }) {
  const { id, overdueSince, createdAt } = subscriptions;
  const since = sql`coalesce(${overdueSince}, ${createdAt})`;
  const place = keyset(asked, { by: since, id, type: "timestamptz", direction: "asc" });
  const rows = await tx
    .select({
      ...{ id, cursorAt: place.cursorAt },
      ...{ subscription: subscriptions, productName: products.name, organization: organizations.name },
    })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .where(
      and(
        place.condition,
        inArray(subscriptions.status, ["past_due", "unpaid"]),
        or(
          and(isNull(subscriptions.organizationId), eq(subscriptions.customerId, customerOf(tx.scope.actor) ?? "")),
          sql`${subscriptions.organizationId} in (select app.my_organizations(array['owner', 'admin', 'billing']))`,
        ),
      ),
    )
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows);
  const overdue = [];
  for (const { subscription, productName, organization } of page.items) {
    const unpaid = await unpaidInvoice(tx, subscription.id);
    if (!unpaid) continue;
    const { facts } = await readChangeFacts(tx, subscription.id);
    overdue.push({
      ...{ id: subscription.id, organizationId: subscription.organizationId, productName, organization, unpaid },
      ...{ mayRetry: allowedChanges(facts).retry, inFlight: facts.inFlight, graceEndsAt: subscription.graceEndsAt },
      locked: subscription.graceEndsAt !== null && subscription.graceEndsAt <= tx.scope.now,
    });
  }
  return { ...page, items: overdue };
}
