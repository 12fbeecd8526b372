import { and, eq, type SQL, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { campaigns, priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import type { membershipListInput } from "./input.ts";
import { membershipFacts } from "./queries.ts";

/** All memberships for staff, a page at a time, newest first unless asked otherwise. */
export async function listMemberships(tx: Tx, input: Asked<typeof membershipListInput>) {
  const { createdAt, id } = subscriptions;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.status && eq(subscriptions.status, input.status),
    input.q ? sql`${subscriptions.id} in (${membershipsFoundBy(input.q)})` : undefined,
  );
  const rows = await tx
    .select({
      ...membershipFacts,
      stripeSubscriptionId: subscriptions.stripeSubscriptionId,
      customerId: subscriptions.customerId,
      email: customers.email,
      cursorAt: place.cursorAt,
    })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .innerJoin(customers, eq(customers.id, subscriptions.customerId))
    .leftJoin(priceReceipts, eq(priceReceipts.id, subscriptions.priceReceiptId))
    .leftJoin(campaigns, eq(campaigns.id, priceReceipts.campaignId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${subscriptions} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** The ids that the beginning of an address, or a pasted id (also of whoever pays, or of an organization), stand for; ranges, as in the list of orders. */
function membershipsFoundBy(q: string): SQL {
  const { from, to } = prefixRange(q.toLowerCase());
  return sql`
    select id from subscriptions where id = ${q} or stripe_subscription_id = ${q}
    union all select id from subscriptions where customer_id = ${q}
    union all select id from subscriptions where organization_id = ${q}
    union all select s.id from subscriptions s join customers c on c.id = s.customer_id
      where c.email_normalized ~>=~ ${from} and c.email_normalized ~<~ ${to}`;
}
