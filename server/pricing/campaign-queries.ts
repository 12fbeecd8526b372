import { and, asc, desc, eq, ilike, or, sql } from "drizzle-orm";
import { campaignAnnouncements, campaignPrices, campaigns, campaignTransitions } from "../../drizzle/schema/pricing.ts";
import { knownProductIds, listOffers } from "../catalog/index.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { shownHeaders } from "../kernel/kept-headers.ts";
import { keyset } from "../kernel/page.ts";
import { campaignProductIds, findCampaign } from "./campaign-rows.ts";
import { pricingErrors } from "./errors.ts";
import type { campaignListInput } from "./input.ts";
import { reasonWords } from "./loss-reason.ts";
import { campaignState } from "./price-decision.ts";
import { priceView } from "./price-view.ts";
import { priceOffers } from "./resolve-price.ts";
import { problemsOf } from "./review-campaign.ts";
import { currenciesOf, nameAmongOthers } from "./sellable-products.ts";

const ANNOUNCEMENTS_SHOWN = 100;

/** How a campaign stands today: what its status and its dates make together. */
export type CampaignPhase = "draft" | "planned" | "live" | "ended" | "deleted";

/** Campaigns, newest first, with how many of their prices are not charged. `q` finds by id or name. */
export async function listCampaigns(tx: Tx, input: Asked<typeof campaignListInput>) {
  const { createdAt, id } = campaigns;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const like = input.q ? `%${input.q.replaceAll(/[\\%_]/g, "\\$&")}%` : undefined;
  const matching = and(
    input.status && eq(campaigns.status, input.status),
    like ? or(ilike(campaigns.name, like), ilike(campaigns.id, like)) : undefined,
  );
  const rows = await tx
    .select({ row: campaigns, id, cursorAt: place.cursorAt })
    .from(campaigns)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows);
  const items = [];
  for (const { row } of page.items) {
    const problems = await problemsOf(tx, row.id);
    const products = await campaignProductIds(tx, row.id);
    items.push({ ...summary(row, tx.scope.now), products, problemCount: problems.length });
  }
  const total = input.counted ? await countUpTo(tx, sql`from ${campaigns} where ${matching ?? sql`true`}`) : null;
  return { ...page, items, total };
}

/**
 * One campaign: what it names, each price with what is wrong with it for which product, what visitors pay for its
 * products now, what its owner has announced (the texts as text), and its history. Throws `pricing.campaign_not_found`.
 */
export async function getCampaign(tx: Tx, id: string) {
  const row = await findCampaign(tx, id);
  if (!row) throw pricingErrors.campaignNotFound({ id });
  const productIds = await campaignProductIds(tx, id);
  const known = await knownProductIds(tx, productIds);
  const offers = productIds.length === 0 ? [] : await listOffers(tx, { productIds });
  const priced = await priceOffers(tx, offers);
  const problems = await problemsOf(tx, id);
  const prices = await tx
    .select()
    .from(campaignPrices)
    .where(eq(campaignPrices.campaignId, id))
    .orderBy(asc(campaignPrices.announcedAt), asc(campaignPrices.id));
  return {
    ...summary(row, tx.scope.now),
    products: productIds.map((productId) => {
      const own = offers.filter((offer) => offer.product.id === productId);
      const name = own[0] ? nameAmongOthers(own[0].product) : null;
      return { id: productId, known: known.has(productId), name, currencies: currenciesOf(own) };
    }),
    prices: prices.map(({ campaignId: _, ...price }) => ({
      ...price,
      problems: problems
        .filter((problem) => problem.campaignPriceId === price.id)
        .map(({ productId, problem }) => ({ productId, reason: problem, words: reasonWords(problem) })),
    })),
    charged: offers.flatMap((offer) => {
      const price = priced.get(offer);
      const { product, variant } = offer;
      if (!price) return [];
      const name = nameAmongOthers(product);
      const shown = { productId: product.id, name, variantId: variant.id, options: variant.options };
      return [{ ...shown, price: priceView(price), wins: price.campaign?.id === id }];
    }),
    announcements: (
      await tx
        .select()
        .from(campaignAnnouncements)
        .where(eq(campaignAnnouncements.campaignId, id))
        .orderBy(desc(campaignAnnouncements.receivedAt), desc(campaignAnnouncements.id))
        .limit(ANNOUNCEMENTS_SHOWN)
    ).map((row) => ({ ...row, headers: shownHeaders(row.headers) })),
    history: await tx
      .select()
      .from(campaignTransitions)
      .where(eq(campaignTransitions.subjectId, id))
      .orderBy(desc(campaignTransitions.id))
      .limit(ANNOUNCEMENTS_SHOWN),
  };
}

function summary(row: typeof campaigns.$inferSelect, now: Date) {
  const { lastBodyHash: _hash, boundaryAt: _boundary, ...shown } = row;
  return { ...shown, phase: phaseOf(row, now) };
}

function phaseOf(row: typeof campaigns.$inferSelect, now: Date): CampaignPhase {
  if (row.status !== "active") return row.status;
  if (row.stoppedAt !== null) return "ended";
  const state = campaignState(row, now);
  return state === "not_started" ? "planned" : state === "over" ? "ended" : "live";
}
