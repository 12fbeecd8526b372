import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce, namedUnits, SECRET_LINK, type TemplateProps } from "../messaging/index.ts";
import { readBrand } from "../organizations/index.ts";
import { isOverdue, unitsOf } from "../subscriptions/index.ts";
import { unpaidInvoice } from "./life-queries.ts";
import { payerId, wayOf } from "./payer.ts";

/**
 * Sends the mail that says when a trial ends and what is charged then. Once per trial and end; nothing is sent for one
 * that is over or will end without a charge. Where it began without a card it asks for one, with a link that needs no sign-in. Idempotent.
 */
export async function sendTrialEnding(
  ctx: Ctx<MailPorts>,
  { subscriptionId }: { subscriptionId: string },
): Promise<void> {
  const facts = await ctx.db.transaction((tx) => trialFacts(tx, subscriptionId), { readOnly: true });
  if (!facts) return;
  const { subscription, product, customer, order } = facts;
  const { status, trialEndAt, cancelAt, stripeCardId } = subscription;
  if (status !== "trialing" || trialEndAt === null || cancelAt !== null || trialEndAt <= ctx.now()) return;
  const withoutCard = stripeCardId === null ? subscription.trialWithoutCard : null;
  const way = withoutCard
    ? { url: SECRET_LINK, link: { purpose: "change_card" as const, subscriptionId } }
    : wayOf({ customer, checkoutId: order.checkoutId }, ctx.providers.links, subscription.organizationId);
  const brand = await ctx.db.transaction((tx) => readBrand(tx, subscription.organizationId), { readOnly: true });
  const mail = await ctx.providers.templates.render(
    "trial-ending",
    order.locale,
    {
      productName: namedUnits(product.name[order.locale], unitsOf(subscription)),
      endsAt: trialEndAt,
      price: { amount: subscription.amount, currency: subscription.currency },
      interval: {
        unit: subscription.interval as TemplateProps["trial-ending"]["interval"]["unit"],
        count: subscription.intervalCount,
      },
      ofPlan: subscription.organizationId !== null,
      withoutCard,
      accountUrl: way.url,
    },
    brand,
  );
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `trial-ending:${subscriptionId}:${trialEndAt.toISOString()}`,
    to: customer.email,
    customerId: customer.id,
    userId: customer.userId,
    link: way.link,
    cause: "a trial is about to end",
  });
}

/**
 * Sends the mail that says that a trial ended without a card: that what began with it has ended, rests until a card comes, or
 * is billed and not paid, the latter two with a link for a card. Once per trial; nothing where it ended otherwise (its member
 * ended it) or is paid meanwhile. Idempotent.
 */
export async function sendTrialOver(
  ctx: Ctx<MailPorts>,
  { subscriptionId }: { subscriptionId: string },
): Promise<void> {
  const facts = await ctx.db.transaction((tx) => trialFacts(tx, subscriptionId), { readOnly: true });
  const what = facts && overBy(facts.subscription);
  if (!facts || !what) return;
  const { subscription, product, customer, order } = facts;
  const bill =
    what === "trial_owed"
      ? await ctx.db.transaction((tx) => unpaidInvoice(tx, subscriptionId), { readOnly: true })
      : null;
  if (what === "trial_owed" && bill === null) return;
  const { graceEndsAt } = subscription;
  const way =
    what !== "trial_over"
      ? { url: SECRET_LINK, link: { purpose: "change_card" as const, subscriptionId } }
      : wayOf({ customer, checkoutId: order.checkoutId }, ctx.providers.links, subscription.organizationId);
  const brand = await ctx.db.transaction((tx) => readBrand(tx, subscription.organizationId), { readOnly: true });
  const unit = subscription.interval as TemplateProps["membership-change"]["interval"]["unit"];
  const nothing = { newProductName: null, until: null, fullPrice: null, priceBefore: null, refund: null, payUrl: null };
  const mail = await ctx.providers.templates.render(
    "membership-change",
    order.locale,
    {
      ...{
        ...nothing,
        what,
        productName: namedUnits(product.name[order.locale], unitsOf(subscription)),
        at: subscription.trialEndAt,
      },
      until: bill && graceEndsAt !== null && graceEndsAt > ctx.now() ? graceEndsAt : null,
      price: { amount: bill?.amount ?? subscription.amount, currency: subscription.currency },
      interval: { unit, count: subscription.intervalCount },
      nextPaymentAt: null,
      ofPlan: subscription.organizationId !== null,
      accountUrl: way.url,
    },
    brand,
  );
  await mailAtOnce(ctx, {
    ...{ mail, dedupeKey: `trial-over:${subscriptionId}`, to: customer.email, link: way.link },
    ...{ customerId: customer.id, userId: customer.userId, cause: "a trial ended without a card" },
  });
}

/** What the end of a trial without a card brought; null: it was no such end. */
function overBy(of: typeof subscriptions.$inferSelect): "trial_over" | "trial_paused" | "trial_owed" | null {
  const { status, trialWithoutCard, trialEndAt, trialRefused, stripeCardId, pauseAt, cancelAt, endedAt } = of;
  if (trialWithoutCard === null || trialEndAt === null || stripeCardId !== null || trialRefused) return null;
  // Of the bill that the trial ended with alone: what is missing of a later period is told as every other payment.
  if (trialWithoutCard === "create_invoice")
    return isOverdue(status) && of.currentPeriodStartAt?.getTime() === trialEndAt.getTime() ? "trial_owed" : null;
  if (status === "paused") return pauseAt === null ? "trial_paused" : null;
  return status === "canceled" && cancelAt === null && endedAt !== null && endedAt >= trialEndAt ? "trial_over" : null;
}

async function trialFacts(tx: Tx, subscriptionId: string) {
  const [row] = await tx
    .select({ subscription: subscriptions, product: products, customer: customers, order: orders })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .leftJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .innerJoin(customers, eq(customers.id, payerId))
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .where(eq(subscriptions.id, subscriptionId));
  return row ?? null;
}
