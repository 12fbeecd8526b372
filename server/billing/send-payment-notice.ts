import { and, eq, inArray } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { payments, paymentTransitions } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { type MailPorts, mailAtOnce, namedUnits, SECRET_LINK } from "../messaging/index.ts";
import { readBrand } from "../organizations/index.ts";
import { isOverdue, unitsOf } from "../subscriptions/index.ts";
import { unpaidInvoice } from "./life-queries.ts";
import { findPayer, wayOf } from "./payer.ts";

/**
 * Sends the mail that says that a payment which had failed is made after all, to whoever pays now. Once per bill; nothing
 * for a bill that was paid at the first try. Idempotent.
 */
export async function sendRecovered(ctx: Ctx<MailPorts>, { invoiceId }: { invoiceId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => recoveredFacts(tx, invoiceId), { readOnly: true });
  if (!facts?.payer) return;
  const { invoice, subscription, product, payer } = facts;
  const way = wayOf(payer, ctx.providers.links, subscription.organizationId);
  const brand = await ctx.db.transaction((tx) => readBrand(tx, subscription.organizationId), { readOnly: true });
  const told = {
    what: "recovered" as const,
    productName: namedUnits(product.name[payer.locale], unitsOf(subscription)),
    organization: null,
    sum: { amount: invoice.amountPaid, currency: invoice.currency },
    nextPaymentAt: subscription.cancelAt ? null : subscription.currentPeriodEndAt,
    card: null,
    url: way.url,
  };
  const mail = await ctx.providers.templates.render("payment-notice", payer.locale, told, brand);
  await mailAtOnce(ctx, {
    ...{ mail, dedupeKey: `payment-recovered:${invoiceId}`, to: payer.customer.email, link: way.link },
    ...{ customerId: payer.customer.id, userId: payer.customer.userId, cause: "a payment that had failed was made" },
  });
}

async function recoveredFacts(tx: Tx, invoiceId: string) {
  const [row] = await recoveredRows(tx, { invoiceId });
  if (row?.invoice.status !== "paid" || row.invoice.reason === "subscription_create") return null;
  return { ...row, payer: await findPayer(tx, row.subscription.id) };
}

const recoveredRows = writtenOnce(["invoiceId"], (tx, { invoiceId }) =>
  tx
    .select({ invoice: invoices, subscription: subscriptions, product: products })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .innerJoin(payments, eq(payments.invoiceId, invoices.id))
    .innerJoin(paymentTransitions, eq(paymentTransitions.subjectId, payments.id))
    .where(and(eq(invoices.id, invoiceId), inArray(paymentTransitions.event, ["failed", "action_required"])))
    .limit(1),
);

/**
 * Sends the mail that says that the grace is over and what has to be paid, with the link that changes the card. Once per
 * grace; nothing where it was paid meanwhile. Idempotent.
 */
export async function sendLocked(ctx: Ctx<MailPorts>, { subscriptionId }: { subscriptionId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => lockedFacts(tx, subscriptionId), { readOnly: true });
  if (!facts?.payer || !facts.bill || !isOverdue(facts.subscription.status)) return;
  const { subscription, product, payer, bill } = facts;
  const brand = await ctx.db.transaction((tx) => readBrand(tx, subscription.organizationId), { readOnly: true });
  const told = {
    what: "locked" as const,
    productName: namedUnits(product.name[payer.locale], unitsOf(subscription)),
    organization: null,
    // All that paying now charges, not the newest bill alone.
    sum: { amount: bill.amount, currency: bill.currency },
    nextPaymentAt: null,
    card: null,
    url: SECRET_LINK,
  };
  const mail = await ctx.providers.templates.render("payment-notice", payer.locale, told, brand);
  await mailAtOnce(ctx, {
    ...{ mail, dedupeKey: `payment-locked:${subscriptionId}:${subscription.graceEndsAt?.toISOString() ?? ""}` },
    ...{ to: payer.customer.email, customerId: payer.customer.id, userId: payer.customer.userId },
    ...{ link: { purpose: "change_card", subscriptionId }, cause: "grace is over" },
  });
}

async function lockedFacts(tx: Tx, subscriptionId: string) {
  const [row] = await tx
    .select({ subscription: subscriptions, product: products })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .where(eq(subscriptions.id, subscriptionId));
  if (!row) return null;
  return { ...row, bill: await unpaidInvoice(tx, subscriptionId), payer: await findPayer(tx, subscriptionId) };
}
