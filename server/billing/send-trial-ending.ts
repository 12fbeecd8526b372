import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { Links } from "../kernel/links.ts";
import { type MailTemplates, queueEmail, type TemplateProps } from "../messaging/index.ts";
import { readBrand } from "../organizations/index.ts";
import { payerId, wayOf } from "./payer.ts";

/**
 * Queues the mail that says when a trial ends and what is charged then. Once per trial and end; nothing is sent for one
 * that is over or will end without a charge. Idempotent.
 */
export async function sendTrialEnding(
  ctx: Ctx<{ templates: MailTemplates; links: Links }>,
  { subscriptionId }: { subscriptionId: string },
): Promise<void> {
  const facts = await ctx.db.transaction((tx) => trialFacts(tx, subscriptionId), { readOnly: true });
  if (!facts) return;
  const { subscription, product, customer, order } = facts;
  const { status, trialEndAt, cancelAt } = subscription;
  if (status !== "trialing" || trialEndAt === null || cancelAt !== null || trialEndAt <= ctx.now()) return;
  const way = wayOf({ customer, checkoutId: order.checkoutId }, ctx.providers.links, subscription.organizationId);
  const brand = await ctx.db.transaction((tx) => readBrand(tx, subscription.organizationId), { readOnly: true });
  const mail = await ctx.providers.templates.render(
    "trial-ending",
    order.locale,
    {
      productName: product.name[order.locale],
      endsAt: trialEndAt,
      price: { amount: subscription.amount, currency: subscription.currency },
      interval: {
        unit: subscription.interval as TemplateProps["trial-ending"]["interval"]["unit"],
        count: subscription.intervalCount,
      },
      ofPlan: subscription.organizationId !== null,
      accountUrl: way.url,
    },
    brand,
  );
  await ctx.db.transaction((tx) =>
    queueEmail(tx, {
      mail,
      dedupeKey: `trial-ending:${subscriptionId}:${trialEndAt.toISOString()}`,
      to: customer.email,
      customerId: customer.id,
      userId: customer.userId,
      link: way.link,
      cause: "a trial is about to end",
    }),
  );
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
