import { eq } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce, wayOf } from "../messaging/index.ts";

/**
 * Sends the mail that says what was paid back, to which card, for which order. Once per refund, and only once the
 * provider has said that it was made. Idempotent.
 */
export async function sendRefundMade(ctx: Ctx<MailPorts>, { refundId }: { refundId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => refundFacts(tx, refundId), { readOnly: true });
  if (facts?.refund.status !== "succeeded") return;
  const { refund, payment, customer, order } = facts;
  const of = { userId: customer.userId, checkoutId: order.checkoutId };
  const way = wayOf(ctx.providers.links, of, `/account/orders/${order.id}`);
  const mail = await ctx.providers.templates.render("refund-made", order.locale, {
    number: order.number,
    sum: { amount: refund.amount, currency: refund.currency },
    card: payment.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null,
    orderUrl: way.url,
  });
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `refund-made:${refundId}`,
    to: order.email,
    customerId: customer.id,
    userId: customer.userId,
    link: way.link,
    cause: "money was paid back",
  });
}

async function refundFacts(tx: Tx, refundId: string) {
  const [row] = await tx
    .select({ refund: refunds, payment: payments, customer: customers, membershipOrderId: subscriptions.orderId })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .innerJoin(customers, eq(customers.id, payments.customerId))
    .leftJoin(invoices, eq(invoices.id, payments.invoiceId))
    .leftJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .where(eq(refunds.id, refundId));
  const orderId = row?.refund.orderId ?? row?.payment.orderId ?? row?.membershipOrderId;
  if (!row || !orderId) return null;
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId));
  return order ? { ...row, order } : null;
}
