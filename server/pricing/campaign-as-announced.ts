import { asc, eq } from "drizzle-orm";
import { campaignPrices, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import type { Announcement } from "./announcement.ts";
import { campaignProductIds, findCampaign } from "./campaign-rows.ts";

/** One announcement of a campaign of ours, as `docs/campaign-webhook.md` has it; the sender adds its event id. */
export type OutgoingAnnouncement = {
  /** What it is about within its version: the campaign, or one of its prices. */
  readonly part: string;
  readonly action: Announcement["action"];
  readonly version: number;
  readonly content: Readonly<Record<string, unknown>>;
};

/**
 * What there is to say about a campaign of ours as it is now: the campaign, and each price that is for one product. All
 * under the campaign's version, so that they may arrive in any order. Empty for a partner's campaign and for one that
 * was never published.
 */
export async function campaignAsAnnounced(tx: Tx, campaignId: string): Promise<OutgoingAnnouncement[]> {
  const campaign = await findCampaign(tx, campaignId);
  if (campaign?.source !== "staff" || campaign.version === null || campaign.status === "draft") return [];
  const { id, name, version } = campaign;
  const shared = { version, occurredAt: campaign.updatedAt.toISOString() };
  if (campaign.status === "deleted")
    return [{ part: "campaign", action: "deleted", version, content: { ...shared, campaignId: id } }];
  const prices = await tx
    .select()
    .from(campaignPrices)
    .where(eq(campaignPrices.campaignId, id))
    .orderBy(asc(campaignPrices.id));
  const listed = prices.filter((price) => price.productId === null && price.currency !== null);
  const own = prices.filter((price) => price.productId !== null);
  const action = version === 1 ? "created" : "updated";
  const content = {
    ...shared,
    campaign: {
      ...{ id, name, status: campaign.status },
      startDate: campaign.startAt?.toISOString() ?? null,
      endDate: campaign.endAt?.toISOString() ?? null,
      durationMonths: campaign.durationMonths,
      products: await campaignProductIds(tx, id),
      prices: listed.map(({ currency, interval, stripePriceId }) => ({ currency, interval, stripePriceId })),
    },
  };
  return [
    { part: "campaign", action, version, content },
    ...own.map(({ productId, stripePriceId }) => ({
      part: `price:${productId}:${stripePriceId}`,
      action: "price.updated" as const,
      version,
      content: {
        ...shared,
        priceUpdate: { stripePriceId, originalProductId: productId, campaignId: id, campaignName: name },
      },
    })),
  ];
}

/** The campaigns of ours that are published and not over: what a new listener has to hear of. */
export async function publishedCampaignIds(tx: Tx): Promise<string[]> {
  const rows = await tx
    .select({ id: campaigns.id, source: campaigns.source, endAt: campaigns.endAt })
    .from(campaigns)
    .where(eq(campaigns.status, "active"))
    .orderBy(asc(campaigns.id));
  return rows
    .filter((row) => row.source === "staff" && (row.endAt === null || row.endAt > tx.scope.now))
    .map((row) => row.id);
}
