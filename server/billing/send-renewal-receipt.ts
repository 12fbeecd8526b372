import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { type MailPorts, mailAtOnce, namedUnits } from "../messaging/index.ts";
import { readBrand } from "../organizations/index.ts";
import { nextAmount, unitsOf } from "../subscriptions/index.ts";
import { payerId, wayOf } from "./payer.ts";

/**
 * Sends the receipt of a renewal that was paid: what for, the tax inside, the card, the next payment. Once per invoice.
 * The first invoice has none: the order confirmation is its receipt. Idempotent.
 */
export async function sendRenewalReceipt(ctx: Ctx<MailPorts>, { invoiceId }: { invoiceId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => receiptFacts(tx, invoiceId), {
    ...{ readOnly: true, together: { of: "renewal-receipt.read", about: [] } },
  });
  if (facts?.invoice.status !== "paid" || facts.invoice.reason === "subscription_create") return;
  if (facts.invoice.amountPaid === 0 && facts.invoice.reason === "subscription_update") return;
  const { invoice, subscription, product, customer, order, payment, brand } = facts;
  const way = wayOf({ customer, checkoutId: order.checkoutId }, ctx.providers.links, subscription.organizationId);
  const mail = await ctx.providers.templates.render(
    "renewal-receipt",
    order.locale,
    {
      occasion: invoice.reason === "subscription_update" ? "change" : "renewal",
      number: invoice.number ?? invoice.id,
      paidAt: invoice.paidAt ?? invoice.createdAt,
      productName: namedUnits(product.name[order.locale], unitsOf(subscription)),
      periodStartAt: invoice.periodStartAt,
      periodEndAt: invoice.periodEndAt,
      total: { amount: invoice.amountPaid, currency: invoice.currency },
      tax: { rateBps: product.taxRateBps, amount: invoice.taxAmount },
      card: payment?.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null,
      nextPaymentAt: subscription.cancelAt ? null : subscription.currentPeriodEndAt,
      next: { amount: facts.next, currency: subscription.currency },
      ofPlan: subscription.organizationId !== null,
      accountUrl: way.url,
    },
    brand,
  );
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `renewal-receipt:${invoiceId}`,
    to: customer.email,
    customerId: customer.id,
    userId: customer.userId,
    link: way.link,
    cause: "a renewal was paid",
  });
}

async function receiptFacts(tx: Tx, invoiceId: string) {
  const [row] = await receiptRows(tx, { invoiceId });
  return row ? { ...row, brand: await readBrand(tx, row.subscription.organizationId) } : null;
}

const receiptRows = writtenOnce(["invoiceId"], (tx, { invoiceId }) =>
  tx
    .select({
      invoice: invoices,
      subscription: subscriptions,
      product: products,
      customer: customers,
      order: orders,
      payment: payments,
      next: nextAmount,
    })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .innerJoin(customers, eq(customers.id, payerId))
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .leftJoin(payments, eq(payments.invoiceId, invoices.id))
    .where(eq(invoices.id, invoiceId)),
);
