import { listOffers } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import { type CampaignDraftContent, type DraftFacts, draftCandidates } from "./campaign-content.ts";
import { reasonWords } from "./loss-reason.ts";
import { slotKey } from "./price-slot.ts";
import { priceView } from "./price-view.ts";
import { candidatesForEditing, periodsOf } from "./queries.ts";
import { type PriceBasis, priceOffer } from "./resolve-price.ts";
import { nameAmongOthers } from "./sellable-products.ts";

/**
 * What a visitor would pay for each form of a draft's products at `at` were it published as it stands: the same rule,
 * the same history and the same other campaigns as in the shop. Reads only.
 */
export async function previewDraft(tx: Tx, content: CampaignDraftContent, facts: DraftFacts, at: Date) {
  const productIds = [...content.productIds];
  if (productIds.length === 0) return [];
  const offers = await listOffers(tx, { productIds });
  const rivals = await candidatesForEditing(tx, productIds, facts.campaignId, at);
  // The history of every product: none of them need have had a campaign before.
  const periods = Map.groupBy(await periodsOf(tx, productIds), slotKey);
  const own = draftCandidates(content, facts);
  const candidates = new Map(
    productIds.map((id) => [
      id,
      [
        ...rivals.filter((candidate) => candidate.productId === id),
        ...own.filter((candidate) => candidate.productId === id),
      ],
    ]),
  );
  const drafted: PriceBasis = { candidates, periods };
  return offers.map((offer) => {
    const price = priceOffer(offer, drafted, at);
    return {
      productId: offer.product.id,
      productName: nameAmongOthers(offer.product),
      variantId: offer.variant.id,
      options: offer.variant.options,
      price: priceView(price),
      wins: price.campaign?.id === facts.campaignId,
      lost: price.decision.alternatives.map(({ candidate, lost }) => ({
        campaignId: candidate.campaignId,
        campaignName: candidate.campaignName,
        amount: candidate.amount,
        currency: candidate.currency,
        reason: lost,
        words: reasonWords(lost),
      })),
    };
  });
}
