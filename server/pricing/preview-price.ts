import type { z } from "zod";
import { listOffers } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import { pricingErrors } from "./errors.ts";
import type { previewInput } from "./input.ts";
import { reasonWords } from "./loss-reason.ts";
import type { Candidate, LossReason } from "./price-decision.ts";
import { priceView } from "./price-view.ts";
import { everyCandidateFor } from "./queries.ts";
import { decideOffer, priceOffers } from "./resolve-price.ts";

/**
 * What a visitor would pay for each form of a product now, or at another instant if nothing were announced until then:
 * the rule, who wins, and why every other campaign (drafts and ended ones too) does not. Reads only.
 * Throws `pricing.not_for_sale`.
 */
export async function previewPrice(tx: Tx, input: z.output<typeof previewInput>) {
  const at = input.at ?? tx.scope.now;
  const offers = await listOffers(tx, { productIds: [input.productId], currency: input.currency });
  if (offers.length === 0) throw pricingErrors.notForSale({ productId: input.productId, currency: input.currency });
  const prices = await priceOffers(tx, offers, at);
  const candidates = await everyCandidateFor(tx, input.productId);
  return {
    at,
    productId: input.productId,
    currency: input.currency,
    variants: offers.flatMap((offer) => {
      const price = prices.get(offer);
      if (!price) return [];
      const { decision } = decideOffer(offer, candidates, at);
      return [
        {
          id: offer.variant.id,
          sku: offer.variant.sku,
          options: offer.variant.options,
          price: priceView(price),
          rule: decision.rule,
          winner: decision.winner && shown(decision.winner),
          alternatives: decision.alternatives.map(({ candidate, lost }) => ({ ...shown(candidate), ...reason(lost) })),
        },
      ];
    }),
  };
}

function shown(candidate: Candidate) {
  const { campaignId, campaignName, stripePriceId, amount, currency, interval, intervalCount } = candidate;
  return { campaignId, campaignName, stripePriceId, amount, currency, interval, intervalCount };
}

function reason(lost: LossReason) {
  return { reason: lost, words: reasonWords(lost) };
}
