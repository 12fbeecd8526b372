import { and, eq, gte, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { pricePeriods } from "../../drizzle/schema/catalog.ts";
import { campaignPrices, campaignProducts, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import type { PricePeriod } from "./lowest-price.ts";
import type { Candidate, SourceProblem } from "./price-decision.ts";
import type { PriceSlot } from "./price-slot.ts";

export type ProductCandidate = Candidate & { readonly productId: string };

/**
 * The campaign prices that name one of these products. Those of active campaigns whose end has not passed, and those
 * with a start or end that the price history does not know yet; `every`: drafts, ended and future ones too (not deleted).
 */
export async function candidatesFor(
  tx: Tx,
  productIds: readonly string[],
  at: Date,
  options: { every?: boolean } = {},
): Promise<ProductCandidate[]> {
  if (productIds.length === 0) return [];
  const productId = sql<string>`coalesce(${campaignPrices.productId}, ${campaignProducts.productId})`;
  const rows = await tx
    .select({
      productId,
      campaignId: campaigns.id,
      campaignName: campaigns.name,
      status: campaigns.status,
      startAt: campaigns.startAt,
      endAt: campaigns.endAt,
      boundaryAt: campaigns.boundaryAt,
      durationMonths: campaigns.durationMonths,
      campaignPriceId: campaignPrices.id,
      stripePriceId: campaignPrices.stripePriceId,
      state: campaignPrices.state,
      problem: sql<SourceProblem | null>`${campaignPrices.problem}`,
      currency: campaignPrices.currency,
      amount: campaignPrices.amount,
      interval: campaignPrices.interval,
      intervalCount: campaignPrices.intervalCount,
      version: campaignPrices.version,
      announcedAt: campaignPrices.announcedAt,
    })
    .from(campaigns)
    .innerJoin(campaignPrices, eq(campaignPrices.campaignId, campaigns.id))
    .leftJoin(campaignProducts, and(eq(campaignProducts.campaignId, campaigns.id), isNull(campaignPrices.productId)))
    .where(
      and(
        options.every
          ? sql`${campaigns.status} <> 'deleted'`
          : and(
              eq(campaigns.status, "active"),
              or(isNull(campaigns.endAt), gte(campaigns.endAt, at), lte(campaigns.boundaryAt, at)),
            ),
        inArray(productId, [...productIds]),
      ),
    );
  return rows;
}

export type PeriodRow = PricePeriod & PriceSlot & { readonly id: string };

/** The whole price history of these products: a campaign may have begun long ago, and what counts are the days before it. */
export async function periodsOf(tx: Tx, productIds: readonly string[]): Promise<PeriodRow[]> {
  if (productIds.length === 0) return [];
  return tx
    .select({
      id: pricePeriods.id,
      productId: pricePeriods.productId,
      variantId: pricePeriods.variantId,
      currency: pricePeriods.currency,
      interval: pricePeriods.interval,
      intervalCount: pricePeriods.intervalCount,
      amount: pricePeriods.amount,
      campaignId: pricePeriods.campaignId,
      fromAt: pricePeriods.fromAt,
      untilAt: pricePeriods.untilAt,
    })
    .from(pricePeriods)
    .where(inArray(pricePeriods.productId, [...productIds]));
}
