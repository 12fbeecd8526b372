import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { InvoiceDue, invoiceListInput } from "./input.ts";

type Input = Asked<typeof invoiceListInput>;

const SORTS = {
  created: { by: invoices.createdAt, id: invoices.id, type: "timestamptz" },
  total: { by: invoices.totalAmount, id: invoices.id, type: "bigint" },
} as const;

/** What a row of the list has, and the page of one invoice too. Amounts in minor units, tax included. */
export const invoiceFacts = {
  ...{ id: invoices.id, number: invoices.number, stripeInvoiceId: invoices.stripeInvoiceId, status: invoices.status },
  ...{ reason: invoices.reason, currency: invoices.currency, totalAmount: invoices.totalAmount },
  ...{ amountPaid: invoices.amountPaid, taxAmount: invoices.taxAmount, attemptCount: invoices.attemptCount },
  ...{ periodStartAt: invoices.periodStartAt, periodEndAt: invoices.periodEndAt, paidAt: invoices.paidAt },
  ...{ nextPaymentAttemptAt: invoices.nextPaymentAttemptAt, createdAt: invoices.createdAt },
  ...{ customerId: invoices.customerId, email: customers.email, subscriptionId: invoices.subscriptionId },
  ...{ productName: products.name, organizationId: subscriptions.organizationId, organization: organizations.name },
};

/** All invoices for staff, a page at a time, newest or dearest first: whom they ask, for what, and what is paid of them. */
export async function listInvoices(tx: Tx, input: Input) {
  const place = keyset(input, { ...SORTS[input.sort ?? "created"], direction: input.direction ?? "desc" });
  const matching = and(
    input.status && eq(invoices.status, input.status),
    input.due && isDue(input.due),
    input.q ? sql`${invoices.id} in (${invoicesFoundBy(input.q)})` : undefined,
    input.customer ? sql`${invoices.id} in (${invoicesOf(input.customer)})` : undefined,
    withinDays(invoices.createdAt, input),
  );
  const rows = await tx
    .select({ ...invoiceFacts, cursorAt: place.cursorAt })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .leftJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .leftJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${invoices} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** Money that is asked for and has not come: tried in vain, to be tried again, or left to be paid by hand. */
function isDue(due: InvoiceDue): SQL | undefined {
  const open = inArray(invoices.status, ["open", "uncollectible"]);
  const tried = sql`${invoices.attemptCount} > 0`;
  const again = sql`${invoices.nextPaymentAttemptAt} is not null`;
  if (due === "overdue") return and(open, tried);
  return due === "retried" ? and(open, again) : and(open, tried, sql`not (${again})`);
}

/** By number or an id of ours or Stripe's; each branch answered by an index. */
function invoicesFoundBy(q: string): SQL {
  const number = prefixRange(q.toUpperCase());
  return sql`
    select id from invoices where id = ${q} or stripe_invoice_id = ${q}
    union all select id from invoices where number ~>=~ ${number.from} and number ~<~ ${number.to}`;
}

/** Of whoever is meant: the beginning of an address, or the id of a customer, an organization or a membership. */
function invoicesOf(who: string): SQL {
  const { from, to } = prefixRange(who.toLowerCase());
  return sql`
    select id from invoices where customer_id = ${who} or subscription_id = ${who}
    union all select i.id from invoices i join subscriptions s on s.id = i.subscription_id where s.organization_id = ${who}
    union all select i.id from invoices i join customers c on c.id = i.customer_id
      where c.email_normalized ~>=~ ${from} and c.email_normalized ~<~ ${to}`;
}
