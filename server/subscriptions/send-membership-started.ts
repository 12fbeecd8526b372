import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { campaigns, priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce, namedUnits, type TemplateProps, wayOf } from "../messaging/index.ts";
import { laterPriceOf } from "../pricing/index.ts";
import { subscriptionErrors } from "./errors.ts";
import type { Membership } from "./record-subscription.ts";
import { trialNoticeAt } from "./trial-notice.ts";

/**
 * Sends the mail about a membership that has started: price, trial, renewal, next payment. Once per membership, also
 * when its trial is over and when it comes back after having been past due. An organization's plan has the order's receipt
 * and no mail of its own, and one that is ended because its member had a trial before has only the mail of that. Idempotent. Throws `subscriptions.not_found`.
 */
export async function sendMembershipStarted(
  ctx: Ctx<MailPorts>,
  { subscriptionId }: { subscriptionId: string },
): Promise<void> {
  const { subscription, order, product, campaign, receipt, userId } = await ctx.db.transaction(
    (tx) => startedFacts(tx, subscriptionId),
    {
      readOnly: true,
    },
  );
  if (subscription.organizationId !== null || subscription.trialRefused) return;
  const later = receipt && laterPriceOf(receipt);
  const price = { amount: subscription.amount, currency: subscription.currency };
  const way = wayOf(ctx.providers.links, { userId, checkoutId: order.checkoutId }, "/account/membership");
  const mail = await ctx.providers.templates.render("membership-started", order.locale, {
    productName: namedUnits(product.name[order.locale], subscription.quantity),
    price,
    interval: {
      unit: subscription.interval as TemplateProps["membership-started"]["interval"]["unit"],
      count: subscription.intervalCount,
    },
    campaign: campaign && {
      name: campaign.name,
      durationMonths: later?.months ?? null,
      later: later && { amount: later.amount * subscription.quantity, currency: subscription.currency },
    },
    trial: trialOf(subscription),
    nextPaymentAt: subscription.currentPeriodEndAt,
    next: price,
    accountUrl: way.url,
  });
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `membership-started:${subscriptionId}`,
    to: order.email,
    customerId: subscription.customerId,
    userId,
    link: way.link,
    cause: "a membership started",
  });
}

function trialOf({
  status,
  startedAt,
  trialEndAt,
  trialWithoutCard,
  stripeCardId,
}: Membership): TemplateProps["membership-started"]["trial"] {
  if (status !== "trialing" || trialEndAt === null) return null;
  const notice = trialNoticeAt({ status, startedAt, trialEndAt }) ?? trialEndAt;
  const withoutCard = stripeCardId === null ? trialWithoutCard : null;
  return {
    endsAt: trialEndAt,
    withoutCard,
    noticeDays: Math.round((trialEndAt.getTime() - notice.getTime()) / 86_400_000),
  };
}

async function startedFacts(tx: Tx, subscriptionId: string) {
  const [row] = await tx
    .select({
      subscription: subscriptions,
      order: orders,
      product: products,
      campaign: campaigns,
      receipt: priceReceipts,
      userId: customers.userId,
    })
    .from(subscriptions)
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .innerJoin(customers, eq(customers.id, subscriptions.customerId))
    .leftJoin(priceReceipts, eq(priceReceipts.id, subscriptions.priceReceiptId))
    .leftJoin(campaigns, eq(campaigns.id, priceReceipts.campaignId))
    .where(eq(subscriptions.id, subscriptionId));
  if (!row) throw subscriptionErrors.notFound();
  return row;
}
