import { eq, sum } from "drizzle-orm";
import { orderLines } from "../../drizzle/schema/orders.ts";
import type { payments } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import type { TaxByRate } from "./tax-share.ts";

/**
 * The tax inside what was paid, by rate: the order's lines, or for a renewal the invoice's tax at the rate of the order
 * that began the membership. Empty for a payment that belongs to neither: nothing is known of its tax.
 */
export async function taxesOf(tx: Tx, payment: typeof payments.$inferSelect): Promise<TaxByRate> {
  if (payment.orderId) return ofOrder(tx, payment.orderId);
  if (!payment.invoiceId) return new Map();
  const [invoice] = await ofInvoice(tx, { invoiceId: payment.invoiceId });
  return new Map(invoice ? [[invoice.rate, invoice.tax]] : []);
}

const ofInvoice = writtenOnce(["invoiceId"], (tx, { invoiceId }) =>
  tx
    .select({ tax: invoices.taxAmount, rate: orderLines.taxRateBps })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .innerJoin(orderLines, eq(orderLines.orderId, subscriptions.orderId))
    .where(eq(invoices.id, invoiceId))
    .limit(1),
);

async function ofOrder(tx: Tx, orderId: string): Promise<TaxByRate> {
  const { taxRateBps, taxAmount } = orderLines;
  const rows = await tx
    .select({ rate: taxRateBps, tax: sum(taxAmount).mapWith(Number) })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .groupBy(taxRateBps)
    .orderBy(taxRateBps);
  return new Map(rows.map(({ rate, tax }) => [rate, tax]));
}
