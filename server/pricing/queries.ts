import { and, eq, gte, inArray, isNotNull, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { pricePeriods } from "../../drizzle/schema/catalog.ts";
import { campaignPrices, campaignProducts, campaigns } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import type { CampaignStatus } from "./campaign-status.ts";
import type { PricePeriod } from "./lowest-price.ts";
import type { Candidate, SourceProblem } from "./price-decision.ts";
import type { PriceSlot } from "./price-slot.ts";

export type ProductCandidate = Candidate & { readonly productId: string; readonly boundaryAt: Date | null };

const productId = sql<string>`coalesce(${campaignPrices.productId}, ${campaignProducts.productId})`;

/**
 * The campaign prices that may hold for one of these products: of active campaigns whose end has not passed, or which
 * have a start or end that the price history does not know yet.
 */
export async function candidatesFor(tx: Tx, productIds: readonly string[], at: Date): Promise<ProductCandidate[]> {
  if (productIds.length === 0) return [];
  const notOver = or(isNull(campaigns.endAt), gte(campaigns.endAt, at), lte(campaigns.boundaryAt, at));
  const named = inArray(campaigns.id, campaignsNaming(tx, productIds));
  return candidatesWhere(
    tx,
    and(
      eq(campaigns.status, "active"),
      isNull(campaigns.stoppedAt),
      notOver,
      named,
      inArray(productId, [...productIds]),
    ),
  );
}

/** Found by index, so that a shop with thousands of campaigns reads the few that matter. */
function campaignsNaming(tx: Tx, productIds: readonly string[]) {
  const listed = tx
    .select({ id: campaignProducts.campaignId })
    .from(campaignProducts)
    .where(inArray(campaignProducts.productId, [...productIds]));
  const priced = tx
    .select({ id: campaignPrices.campaignId })
    .from(campaignPrices)
    .where(inArray(campaignPrices.productId, [...productIds]));
  return union(listed, priced);
}

/** Drafts, ended and future campaigns too: for those who ask why a price is what it is. */
export async function everyCandidateFor(tx: Tx, ofProductId: string): Promise<ProductCandidate[]> {
  return candidatesWhere(tx, and(ne(campaigns.status, "deleted"), eq(productId, ofProductId)));
}

/** The prices of every other published campaign of these products that is not over: what a draft has to live beside. */
export async function candidatesForEditing(
  tx: Tx,
  productIds: readonly string[],
  exceptCampaignId: string,
  at: Date = tx.scope.now,
): Promise<ProductCandidate[]> {
  const candidates = await candidatesFor(tx, productIds, at);
  return candidates.filter((candidate) => candidate.campaignId !== exceptCampaignId);
}

/** Every price of one campaign with every product it names. */
export async function candidatesOf(tx: Tx, campaignId: string): Promise<ProductCandidate[]> {
  return candidatesWhere(tx, and(eq(campaigns.id, campaignId), isNotNull(productId)));
}

async function candidatesWhere(tx: Tx, condition: SQL | undefined): Promise<ProductCandidate[]> {
  return tx
    .select({
      productId,
      campaignId: campaigns.id,
      campaignName: campaigns.name,
      // One that staff have stopped does not hold, whatever its owner says.
      status: sql<CampaignStatus>`case when ${campaigns.stoppedAt} is not null and ${campaigns.status} = 'active' then 'ended' else ${campaigns.status} end`,
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
    .where(condition);
}

export type PeriodRow = PricePeriod & PriceSlot & { readonly id: string };

const periodColumns = {
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
};

/** The whole price history of these products: a campaign may have begun long ago, and what counts are the days before it. */
export async function periodsOf(tx: Tx, productIds: readonly string[]): Promise<PeriodRow[]> {
  if (productIds.length === 0) return [];
  return tx
    .select(periodColumns)
    .from(pricePeriods)
    .where(inArray(pricePeriods.productId, [...productIds]));
}

/** What these products are being sold at, as the history has it. */
export async function openPeriodsOf(tx: Tx, productIds: readonly string[]): Promise<PeriodRow[]> {
  if (productIds.length === 0) return [];
  return tx
    .select(periodColumns)
    .from(pricePeriods)
    .where(and(inArray(pricePeriods.productId, [...productIds]), isNull(pricePeriods.untilAt)));
}
