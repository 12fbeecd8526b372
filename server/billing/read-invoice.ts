import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import { invoices, invoiceTransitions, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { readHappenings, type TimelinePlace } from "../kernel/happenings.ts";
import { causeOf } from "../payments/index.ts";
import { billingErrors } from "./errors.ts";
import { invoiceFacts } from "./invoice-list.ts";

const MOST = 100;

/**
 * One invoice for staff: whom it asks and for what, line by line, every payment of it with every try, what happened with
 * it and the mails of it, and the provider's page of it (where it is paid, and stands as a PDF). The first invoice of a membership has the
 * lines of the order that it paid; any other asks for its period in one. What was tried is its newest hundred, and all of
 * it stands in the history, a page at a time. Throws `billing.no_invoice`.
 */
export async function readInvoice(tx: Tx, { id, ...place }: { id: string } & TimelinePlace) {
  const [invoice] = await tx
    .select({
      ...invoiceFacts,
      ...{ pageUrl: invoices.payUrl, orderId: subscriptions.orderId, orderNumber: orders.number },
      ...{ productId: products.id, taxRateBps: products.taxRateBps },
    })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .leftJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .leftJoin(orders, eq(orders.id, subscriptions.orderId))
    .leftJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .where(eq(invoices.id, id));
  if (!invoice) throw billingErrors.noInvoice({ id });
  const paid = await paymentsOf(tx, id);
  const history = await timelineOf(tx, { id, place });
  return { ...invoice, lines: await linesOf(tx, invoice), ...paid, history };
}

type InvoiceHappening = "invoice" | "payment" | "attempt" | "refund" | "mail";

async function paymentsOf(tx: Tx, invoiceId: string) {
  const rows = await tx
    .select({
      ...{ id: payments.id, externalId: payments.externalId, status: payments.status, amount: payments.amount },
      ...{ currency: payments.currency, refundedAmount: payments.refundedAmount, createdAt: payments.createdAt },
    })
    .from(payments)
    .where(eq(payments.invoiceId, invoiceId))
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(MOST);
  const ids = rows.map((row) => row.id);
  const tries =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(paymentAttempts)
          .where(inArray(paymentAttempts.paymentId, ids))
          .orderBy(desc(paymentAttempts.at), desc(paymentAttempts.id))
          .limit(MOST);
  return {
    payments: rows
      .map((row) => ({ ...row, attempts: tries.filter((one) => one.paymentId === row.id).toReversed() }))
      .toReversed(),
    onlyNewestTries: rows.length === MOST || tries.length === MOST ? MOST : null,
  };
}

type Asked = { readonly orderId: string | null; readonly reason: string; readonly totalAmount: number };

/** What it was made out for, where the rows say: the lines of the order that it paid. */
async function linesOf(tx: Tx, { orderId, reason, totalAmount }: Asked) {
  if (orderId === null || reason !== "subscription_create") return [];
  const lines = await tx
    .select({
      ...{ id: orderLines.id, name: orderLines.name, quantity: orderLines.quantity },
      ...{ totalAmount: orderLines.totalAmount, taxAmount: orderLines.taxAmount, taxRateBps: orderLines.taxRateBps },
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.id))
    .limit(MOST);
  return lines.reduce((sum, line) => sum + line.totalAmount, 0) === totalAmount ? lines : [];
}

/** The newest first: its states, its payments and every try, what went back, and the mails that told of it. */
async function timelineOf(tx: Tx, { id, place }: { id: string; place: TimelinePlace }) {
  const around = sql`with paid as (select id from ${payments} where invoice_id = ${id})`;
  const of = sql`any (select id from paid)`;
  const steps = sql`
    select at, 'invoice'::text as what, subject_id, event, to_state as state, actor, coalesce(reason, cause) as cause, id as step
      from ${invoiceTransitions} where subject_id = ${id}
    union all select at, 'payment', subject_id, event, to_state, actor, coalesce(reason, cause), id from payment_transitions where subject_id = ${of}
    union all select a.at, 'attempt', a.id, a.outcome, null, null, a.decline_code, 0 from payment_attempts a where a.payment_id = ${of}
    union all select t.at, 'refund', t.subject_id, t.event, t.to_state, t.actor, coalesce(t.reason, t.cause), t.id
      from refund_transitions t join refunds r on r.id = t.subject_id where r.payment_id = ${of}
    union all select created_at, 'mail', id, template, status, null, cause, 0 from emails
      where dedupe_key = ${`renewal-receipt:${id}`}`;
  return readHappenings<InvoiceHappening>(tx, { around, steps }, place, causeOf);
}
