import { eq, sql } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import type { Links } from "../kernel/links.ts";
import { type Way, wayOf as wayOfMail } from "../messaging/index.ts";

/** Who pays for a membership now: of a company its present payer, else whoever bought it. For joins with both tables. */
export const payerId = sql`case when ${subscriptions.organizationId} is null then ${subscriptions.customerId}
  else coalesce(${organizations.billingCustomerId}, ${subscriptions.customerId}) end`;

/** Whom a mail about a membership goes to, in which language, and where it leads; null: there is no such membership. */
export async function findPayer(tx: Tx, subscriptionId: string) {
  const [row] = await tx
    .select({ customer: customers, boughtBy: subscriptions.customerId, order: orders })
    .from(subscriptions)
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .innerJoin(customers, eq(customers.id, payerId))
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .where(eq(subscriptions.id, subscriptionId));
  if (!row) return null;
  const { customer, boughtBy, order } = row;
  // Whoever bought it is written to in the language of the purchase; whoever took it over in their own.
  return { customer, locale: boughtBy === customer.id ? order.locale : customer.locale, checkoutId: order.checkoutId };
}

type Payer = NonNullable<Awaited<ReturnType<typeof findPayer>>>;

/** Where a payer sees the membership: in the account, or by the order's link where they have none. */
export function wayOf(
  { customer, checkoutId }: Pick<Payer, "customer" | "checkoutId">,
  links: Links,
  organizationId: string | null,
): Way {
  const page = organizationId === null ? "/account/membership" : `/account/plan?organization=${organizationId}`;
  return wayOfMail(links, { userId: customer.userId, checkoutId }, page);
}
