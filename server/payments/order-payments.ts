import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";

const MONEY_CAME = ["paid", "partially_refunded", "refunded", "disputed"] as const;

/** The ids of an order's payments: of the purchase itself, and of the bills of the membership that it began. */
export const paymentIdsOf = (orderId: string) => sql`(select id from payments where order_id = ${orderId}
  union select p.id from subscriptions s join invoices i on i.subscription_id = s.id join payments p on p.invoice_id = i.id
    where s.order_id = ${orderId})`;

/** The payments of an order that money came by, newest first: its own and, with the period paid for, the renewals. */
export function settledPayments(tx: Tx, orderId: string) {
  return tx
    .select({ payment: payments, periodStartAt: invoices.periodStartAt, periodEndAt: invoices.periodEndAt })
    .from(payments)
    .leftJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(and(sql`${payments.id} in ${paymentIdsOf(orderId)}`, inArray(payments.status, [...MONEY_CAME])))
    .orderBy(desc(payments.createdAt), desc(payments.id));
}
