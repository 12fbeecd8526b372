import { and, eq, inArray, isNull, or, type Placeholder, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { keyset } from "../kernel/page.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { allowedChanges, readChangeFacts, unitsOf } from "../subscriptions/index.ts";
import { unpaidInvoice } from "./life-queries.ts";

/**
 * Everything of the caller's that is overdue: own memberships, and plans of companies whose money they look after. What is
 * owed and why, what was tried and when it is tried next, until when all is as before, and what can be done now. A page at a
 * time, the longest overdue first.
 */
export async function listOverdue(tx: Tx, asked: { cursor?: string | undefined; limit: number }) {
  const customerId = customerOf(tx.scope.actor) ?? "";
  const place = placeOf(asked);
  const rows =
    asked.cursor === undefined
      ? await longest(tx, { customerId, limit: place.limit })
      : await overdueOf(tx, customerId, place).limit(place.limit);
  const page = place.page(rows);
  const overdue = [];
  for (const { subscription, productName, organization } of page.items) {
    const unpaid = await unpaidInvoice(tx, subscription.id);
    if (!unpaid) continue;
    const { facts } = await readChangeFacts(tx, subscription.id);
    overdue.push({
      ...{ id: subscription.id, organizationId: subscription.organizationId, productName, organization, unpaid },
      /** How many of a person's membership are owed for. */
      units: unitsOf(subscription),
      ...{ mayRetry: allowedChanges(facts).retry, inFlight: facts.inFlight, graceEndsAt: subscription.graceEndsAt },
      /** Nothing was ever charged: its trial ended without a card. */
      noCard: subscription.stripeCardId === null && unpaid.attempts.length === 0,
      locked: subscription.graceEndsAt !== null && subscription.graceEndsAt <= tx.scope.now,
    });
  }
  return { ...page, items: overdue };
}

/** What the list begins with; every page of the account asks for it. */
const longest = writtenOnce(["customerId", "limit"], (tx, { customerId, limit }) =>
  overdueOf(tx, customerId, placeOf({ limit: 1 })).limit(limit),
);

const placeOf = (asked: { cursor?: string | undefined; limit: number }) =>
  keyset(asked, {
    by: sql`coalesce(${subscriptions.overdueSince}, ${subscriptions.createdAt})`,
    id: subscriptions.id,
    type: "timestamptz",
    direction: "asc",
  });

function overdueOf(tx: Pick<Tx, "select">, customerId: string | Placeholder, place: ReturnType<typeof placeOf>) {
  return tx
    .select({
      ...{ id: subscriptions.id, cursorAt: place.cursorAt },
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
          and(isNull(subscriptions.organizationId), eq(subscriptions.customerId, customerId)),
          sql`${subscriptions.organizationId} in (select app.my_organizations(array['owner', 'admin', 'billing']))`,
        ),
      ),
    )
    .orderBy(...place.orderBy);
}
