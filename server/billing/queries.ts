import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import { products } from "../../drizzle/schema/catalog.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { pageOf, readCursor } from "../kernel/page.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import type { myInvoicesInput } from "./input.ts";

/** A customer's own invoices, newest first: what for, which days, how it was paid. Amounts in minor units, tax included. */
export async function listMyInvoices(tx: Tx, customerId: string, input: z.output<typeof myInvoicesInput>) {
  const after = readCursor(input.cursor);
  const { year } = input;
  if (after === null && year === undefined) {
    return pageOf(await newest(tx, { customerId, limit: input.limit + 1 }), input.limit);
  }
  const rows = await invoicesWith(tx)
    .where(
      and(
        eq(invoices.customerId, customerId),
        year === undefined ? undefined : gte(invoices.createdAt, new Date(Date.UTC(year, 0, 1))),
        year === undefined ? undefined : lt(invoices.createdAt, new Date(Date.UTC(year + 1, 0, 1))),
        after ? sql`(${invoices.createdAt}, ${invoices.id}) < (${after.at}::timestamptz, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(input.limit + 1);
  return pageOf(rows, input.limit);
}

/** What the list opens with. */
const newest = writtenOnce(["customerId", "limit"], (tx, { customerId, limit }) =>
  invoicesWith(tx)
    .where(eq(invoices.customerId, customerId))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(limit),
);

function invoicesWith(tx: Pick<Tx, "select">) {
  return tx
    .select({
      id: invoices.id,
      number: invoices.number,
      status: invoices.status,
      reason: invoices.reason,
      subscriptionId: invoices.subscriptionId,
      productName: products.name,
      currency: invoices.currency,
      totalAmount: invoices.totalAmount,
      amountPaid: invoices.amountPaid,
      taxAmount: invoices.taxAmount,
      taxRateBps: products.taxRateBps,
      periodStartAt: invoices.periodStartAt,
      periodEndAt: invoices.periodEndAt,
      paidAt: invoices.paidAt,
      createdAt: invoices.createdAt,
      cardBrand: payments.cardBrand,
      cardLast4: payments.cardLast4,
      paymentStatus: payments.status,
      refundedAmount: payments.refundedAmount,
      cursorAt: sql<string>`${invoices.createdAt}::text`,
    })
    .from(invoices)
    .leftJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .leftJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(payments, eq(payments.invoiceId, invoices.id));
}
