import { and, eq, isNull } from "drizzle-orm";
import { alerts } from "../../drizzle/schema/webhooks.ts";
import { listOffers } from "../catalog/index.ts";
import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { findCampaign, lockCampaign } from "./campaign-rows.ts";
import { asDefaultPrice } from "./default-price.ts";
import { reasonWords } from "./loss-reason.ts";
import { candidatesOf } from "./queries.ts";
import { type CampaignProblem, campaignProblems } from "./source-problem.ts";

/** The alert about a campaign whose prices are not charged; its subject is the campaign. */
export const PRICE_UNUSED_ALERT = "pricing.campaign_price_unused";

/**
 * Tells staff about a campaign whose prices are not charged, and takes it off their list when they are, or when the
 * campaign is gone. Idempotent; holds the campaign's lock.
 */
export async function reviewCampaign(ctx: Ctx, input: { campaignId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockCampaign(tx, input.campaignId);
    await alertAboutCampaign(tx, input.campaignId);
  });
}

/** The same inside somebody else's transaction, which holds the campaign's lock. */
export async function alertAboutCampaign(tx: Tx, campaignId: string): Promise<void> {
  const detail = await detailFor(tx, campaignId);
  const open = await openDetail(tx, campaignId);
  if (detail === open) return;
  if (open !== null) await resolveAlert(tx, { kind: PRICE_UNUSED_ALERT, subject: campaignId });
  if (detail !== null) await raiseAlert(tx, { kind: PRICE_UNUSED_ALERT, subject: campaignId, detail });
}

/** What staff have to be told; null: nothing. Only a campaign that is on or will be can disappoint anybody. */
async function detailFor(tx: Tx, campaignId: string): Promise<string | null> {
  const campaign = await findCampaign(tx, campaignId);
  if (
    campaign?.status !== "active" ||
    campaign.stoppedAt !== null ||
    (campaign.endAt !== null && campaign.endAt < tx.scope.now)
  )
    return null;
  const problems = await problemsOf(tx, campaignId);
  // Prices that Stripe has not been asked about yet come back here when it has.
  const sentences = problems
    .filter(({ problem }) => problem !== "not_yet_checked")
    .map(({ stripePriceId, productId, problem }) => `${stripePriceId} for ${productId}: ${reasonWords(problem).en}`);
  if (sentences.length === 0) return null;
  return `The default price is shown and charged. ${sentences.join(" ")}`.slice(0, 2_000);
}

async function openDetail(tx: Tx, campaignId: string): Promise<string | null> {
  const [row] = await tx
    .select({ detail: alerts.detail })
    .from(alerts)
    .where(and(eq(alerts.kind, PRICE_UNUSED_ALERT), eq(alerts.subject, campaignId), isNull(alerts.resolvedAt)));
  return row?.detail ?? null;
}

/** Every price of a campaign that is of no use for a product it names, with the reason; none once it is deleted. */
export async function problemsOf(tx: Tx, campaignId: string): Promise<CampaignProblem[]> {
  const campaign = await findCampaign(tx, campaignId);
  if (!campaign || campaign.status === "deleted") return [];
  const candidates = await candidatesOf(tx, campaignId);
  const productIds = [...new Set(candidates.map((candidate) => candidate.productId))];
  const offers = productIds.length === 0 ? [] : await listOffers(tx, { productIds });
  const defaults = Map.groupBy(offers, (offer) => offer.product.id);
  return campaignProblems(
    candidates,
    new Map([...defaults].map(([id, group]) => [id, group.map((offer) => asDefaultPrice(offer.price))])),
  );
}
