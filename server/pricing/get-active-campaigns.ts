import { and, asc, eq, gte, inArray, isNull, lte, or } from "drizzle-orm";
import { campaignPrices, campaignProducts, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";

export type ActiveCampaign = {
  readonly id: string;
  readonly name: string;
  readonly startAt: Date | null;
  readonly endAt: Date | null;
  readonly durationMonths: number | null;
  /** Every product it names, by its list or by one of its prices. */
  readonly products: readonly string[];
  readonly prices: readonly {
    readonly stripePriceId: string;
    readonly productId: string | null;
    readonly state: string;
  }[];
};

/** The campaigns that are on now: active, begun, and their end open or not passed. First to begin first. */
export async function getActiveCampaigns(tx: Tx): Promise<ActiveCampaign[]> {
  const { now } = tx.scope;
  const rows = await tx
    .select()
    .from(campaigns)
    .where(
      and(
        eq(campaigns.status, "active"),
        isNull(campaigns.stoppedAt),
        or(isNull(campaigns.startAt), lte(campaigns.startAt, now)),
        or(isNull(campaigns.endAt), gte(campaigns.endAt, now)),
      ),
    )
    .orderBy(asc(campaigns.startAt), asc(campaigns.id));
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const prices = await tx
    .select()
    .from(campaignPrices)
    .where(inArray(campaignPrices.campaignId, ids))
    .orderBy(asc(campaignPrices.id));
  const products = await tx
    .select()
    .from(campaignProducts)
    .where(inArray(campaignProducts.campaignId, ids))
    .orderBy(asc(campaignProducts.productId));
  return rows.map(({ id, name, startAt, endAt, durationMonths }) => {
    const own = prices.filter((price) => price.campaignId === id);
    const named = [
      ...products.filter((product) => product.campaignId === id).map((product) => product.productId),
      ...own.flatMap((price) => (price.productId === null ? [] : [price.productId])),
    ];
    return {
      ...{ id, name, startAt, endAt, durationMonths },
      products: [...new Set(named)],
      prices: own.map(({ stripePriceId, productId, state }) => ({ stripePriceId, productId, state })),
    };
  });
}
