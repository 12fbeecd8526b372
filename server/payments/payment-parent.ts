import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";

/** What a payment of ours pays: an invoice where there is one, else the purchase itself. */
export type PaymentParent = { readonly stripeInvoiceId: string | null; readonly checkoutId: string | null };

/** Null when we have no such payment (yet). */
export async function findPaymentParent(tx: Tx, externalId: string): Promise<PaymentParent | null> {
  const [row] = await tx
    .select({ stripeInvoiceId: invoices.stripeInvoiceId, checkoutId: orders.checkoutId })
    .from(payments)
    .leftJoin(invoices, eq(invoices.id, payments.invoiceId))
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(payments.externalId, externalId));
  return row ?? null;
}
