import { and, eq } from "drizzle-orm";
import { campaignPrices, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { addOrUpdateCampaign, type Origin, placeOfNews } from "./add-or-update-campaign.ts";
import type { Announcement } from "./announcement.ts";
import { campaignProductIds, findCampaign, lockCampaign } from "./campaign-rows.ts";
import { lookUp } from "./recheck-live-prices.ts";
import { recordPriceChange } from "./record-price-change.ts";

type PriceUpdate = Extract<Announcement, { action: "price.updated" }>["priceUpdate"];

/**
 * Adds a campaign's price for one product. Of several that turn out to be alike (currency, interval) the newest counts.
 * Makes the campaign when it is not known: active at once and without end. Answers whether it did. The price is looked up
 * at Stripe by a job and not used before. Idempotent; holds the campaign's lock; keeps the price history.
 */
export async function addCampaignPrice(tx: Tx, update: PriceUpdate, origin: Origin): Promise<{ created: boolean }> {
  const { campaignId, campaignName, originalProductId: productId, stripePriceId } = update;
  await lockCampaign(tx, campaignId);
  const known = await findCampaign(tx, campaignId);
  if (!known) {
    const campaign = {
      id: campaignId,
      name: campaignName,
      status: "active" as const,
      products: [productId],
      prices: [],
    };
    await addOrUpdateCampaign(tx, campaign, { ...origin, version: null });
  }
  const products = [...new Set([...(await campaignProductIds(tx, campaignId)), productId])];
  await recordPriceChange(tx, products, async () => {
    const { now } = tx.scope;
    const news = await placeOfNews(tx, campaignId, origin.version ?? null);
    const place = and(
      eq(campaignPrices.campaignId, campaignId),
      eq(campaignPrices.stripePriceId, stripePriceId),
      eq(campaignPrices.productId, productId),
    );
    const [same] = await tx
      .select({ id: campaignPrices.id, version: campaignPrices.version })
      .from(campaignPrices)
      .where(place);
    const id = same?.id ?? newId("cpr");
    if (!same) {
      const made = { id, campaignId, stripePriceId, productId, state: "pending", createdAt: now } as const;
      await tx.insert(campaignPrices).values({ ...made, ...news });
    } else if (news.version >= same.version) {
      await tx.update(campaignPrices).set(news).where(eq(campaignPrices.id, id));
    }
    const seen = { lastBodyHash: origin.bodyHash ?? null, updatedAt: now };
    await tx.update(campaigns).set(seen).where(eq(campaigns.id, campaignId));
    await lookUp(tx, [id]);
  });
  return { created: !known };
}
