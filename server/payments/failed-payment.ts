import { desc, eq, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { namedUnits } from "../messaging/index.ts";
import { paymentErrors } from "./errors.ts";

/** What a mail about a failed payment is made of. */
export type FailedPayment = {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly to: string;
  readonly locale: "sv" | "en";
  readonly customerId: string;
  readonly userId: string | null;
  readonly checkoutId: string | null;
  /** Whose plan it pays; null: a person buys. */
  readonly organizationId: string | null;
  readonly productName: string;
  readonly occasion: "order" | "renewal";
  /** Of a renewal: whose. */
  readonly subscriptionId: string | null;
  readonly nextAttemptAt: Date | null;
  readonly graceEndsAt: Date | null;
  readonly attempt: { readonly externalId: string; readonly declineCode: string | null } | null;
};

/** Throws `payments.not_found`. */
export async function findFailedPayment(tx: Tx, paymentId: string): Promise<FailedPayment> {
  const [row] = await tx
    .select({
      payment: payments,
      customer: customers,
      invoice: invoices,
      subscription: subscriptions,
      product: products,
    })
    .from(payments)
    .leftJoin(invoices, eq(invoices.id, payments.invoiceId))
    .leftJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    // Of a company: whoever pays for it now, whoever did when it was billed.
    .innerJoin(customers, eq(customers.id, sql`coalesce(${organizations.billingCustomerId}, ${payments.customerId})`))
    .leftJoin(products, eq(products.id, subscriptions.productId))
    .where(eq(payments.id, paymentId));
  if (!row) throw paymentErrors.notFound();
  const { payment, customer, invoice, subscription, product } = row;
  const orderId = payment.orderId ?? subscription?.orderId;
  const [order] = orderId
    ? await tx
        .select({ email: orders.email, locale: orders.locale, checkoutId: orders.checkoutId, line: orderLines.name })
        .from(orders)
        .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
        .where(eq(orders.id, orderId))
        .orderBy(orderLines.position)
        .limit(1)
    : [];
  const [attempt] = await tx
    .select({ externalId: paymentAttempts.externalId, declineCode: paymentAttempts.declineCode })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.paymentId, paymentId))
    .orderBy(desc(paymentAttempts.at), desc(paymentAttempts.id))
    .limit(1);
  const handedOver = customer.id !== payment.customerId;
  const locale = (handedOver ? null : order?.locale) ?? customer.locale;
  const renewal = invoice !== null && invoice.reason !== "subscription_create";
  return {
    id: payment.id,
    status: payment.status,
    amount: payment.amount,
    currency: payment.currency,
    to: renewal ? customer.email : (order?.email ?? customer.email),
    locale,
    customerId: customer.id,
    userId: customer.userId,
    checkoutId: order?.checkoutId ?? null,
    organizationId: subscription?.organizationId ?? null,
    productName: product && subscription ? nameOf(product.name[locale], subscription) : (order?.line ?? ""),
    occasion: renewal ? "renewal" : "order",
    subscriptionId: renewal ? (subscription?.id ?? null) : null,
    nextAttemptAt: invoice?.nextPaymentAttemptAt ?? null,
    graceEndsAt: renewal ? (subscription?.graceEndsAt ?? null) : null,
    attempt: attempt ?? null,
  };
}

/** Several of a person's membership are told of together; of a plan the quantity is its seats. */
const nameOf = (
  name: string,
  { organizationId, quantity }: { organizationId: string | null; quantity: number },
): string => namedUnits(name, organizationId === null ? quantity : 1);
