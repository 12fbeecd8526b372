import { and, eq, isNull } from "drizzle-orm";
import { campaignPriceOrders } from "../../drizzle/schema/campaign-editing.ts";
import { products } from "../../drizzle/schema/catalog.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { emit } from "../kernel/event.ts";
import { addCampaignPrice } from "./add-campaign-price.ts";
import { productsOf } from "./campaign-content.ts";
import { type CampaignRow, findCampaign, lockCampaign } from "./campaign-rows.ts";
import { listVersions } from "./draft-rows.ts";
import type { PriceMaker } from "./price-maker.ts";

type OrderRow = typeof campaignPriceOrders.$inferSelect;

/**
 * Has Stripe make the price that a publication ordered, and adds it to the campaign, unless that has gone on without it.
 * The order's id is Stripe's idempotency key and the price's look-up key: however often this runs and whatever became
 * of an earlier call, there is one price. Throws ProviderError when Stripe cannot say; what Stripe refuses for good is
 * an alert.
 */
export async function makeCampaignPrice(
  ctx: Ctx<{ priceMaker: PriceMaker }>,
  input: { readonly orderId: string },
): Promise<void> {
  const found = await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ order: campaignPriceOrders, product: products })
      .from(campaignPriceOrders)
      .innerJoin(products, eq(products.id, campaignPriceOrders.productId))
      .where(and(eq(campaignPriceOrders.id, input.orderId), isNull(campaignPriceOrders.stripePriceId)));
    return row && { ...row, campaign: await findCampaign(tx, row.order.campaignId) };
  });
  if (!found) return;
  const { order, product, campaign } = found;
  try {
    const stripePriceId = await ctx.providers.priceMaker.makePrice({
      key: order.id,
      productId: product.stripeProductId ?? product.id,
      name: campaign?.name ?? order.campaignId,
      currency: order.currency ?? "SEK",
      amount: order.amount ?? 0,
      interval: order.interval,
      intervalCount: order.intervalCount,
    });
    await ctx.db.transaction((tx) => keepPrice(tx, order, stripePriceId));
  } catch (error) {
    if (!(error instanceof ProviderError && error.reason === "rejected")) throw error;
    await ctx.db.transaction((tx) =>
      raiseAlert(tx, {
        kind: "pricing.price_not_made",
        subject: order.campaignId,
        detail: `Stripe refused to make the price of ${order.productId} (${error.code ?? "no code"}). The default price is charged. Correct the price and publish again.`,
      }),
    );
  }
}

async function keepPrice(tx: Tx, order: OrderRow, stripePriceId: string): Promise<void> {
  await lockCampaign(tx, order.campaignId);
  await tx.update(campaignPriceOrders).set({ stripePriceId }).where(eq(campaignPriceOrders.id, order.id));
  const campaign = await findCampaign(tx, order.campaignId);
  if (campaign && (await isWanted(tx, order))) await addMadePrice(tx, campaign, { ...order, stripePriceId });
}

/** Adds a price that Stripe has made to its campaign, and lets others know. The caller holds the campaign's lock. */
export async function addMadePrice(
  tx: Tx,
  campaign: CampaignRow,
  made: { readonly productId: string; readonly stripePriceId: string },
): Promise<void> {
  const update = {
    campaignId: campaign.id,
    campaignName: campaign.name,
    originalProductId: made.productId,
    stripePriceId: made.stripePriceId,
  };
  await addCampaignPrice(tx, update, { version: campaign.version });
  await emit(tx, { name: "campaign.changed", id: campaign.id });
}

/** Whether the campaign as it is published now still has this price. */
async function isWanted(tx: Tx, order: OrderRow): Promise<boolean> {
  const [latest] = await listVersions(tx, order.campaignId);
  if (latest?.kind !== "published") return false;
  return latest.content.prices.some(
    (price) =>
      price.amount === order.amount &&
      price.currency === order.currency &&
      price.interval === order.interval &&
      price.intervalCount === order.intervalCount &&
      productsOf(price, latest.content).includes(order.productId),
  );
}
