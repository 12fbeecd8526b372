import type { z } from "zod";
import { listOffers } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import { pricingErrors } from "./errors.ts";
import type { previewInput } from "./input.ts";
import { reasonWords } from "./loss-reason.ts";
import type { Candidate, LossReason } from "./price-decision.ts";
import { slotKey } from "./price-slot.ts";
import { priceView } from "./price-view.ts";
import { projectHistory } from "./project-history.ts";
import { everyCandidateFor, periodsOf } from "./queries.ts";
import { offeredAt, priceOffer } from "./resolve-price.ts";

/**
 * What a visitor would pay for each form of a product now, or at another instant if nothing but the calendar changed until
 * then: the rule, who wins, the reference price, and why every other campaign (drafts and ended ones too) does not.
 * Reads only.
 * Throws `pricing.not_for_sale`.
 */
export async function previewPrice(tx: Tx, input: z.output<typeof previewInput>) {
  const at = input.at ?? tx.scope.now;
  const found = await listOffers(tx, { productIds: [input.productId], currency: input.currency });
  const offers = found.filter(({ variant }) => input.variantId === undefined || variant.id === input.variantId);
  if (offers.length === 0) throw pricingErrors.notForSale({ productId: input.productId, currency: input.currency });
  const candidates = await everyCandidateFor(tx, input.productId);
  const recorded = Map.groupBy(await periodsOf(tx, [input.productId]), slotKey);
  return {
    at,
    productId: input.productId,
    currency: input.currency,
    variants: offers.flatMap((offer) => {
      const periods = projectHistory(
        recorded.get(slotKey(offer.price)) ?? [],
        candidates,
        { now: tx.scope.now, at },
        (instant) => offeredAt(offer, candidates, instant),
      );
      const basis = {
        candidates: new Map([[input.productId, candidates]]),
        periods: new Map([[slotKey(offer.price), periods]]),
      };
      const price = priceOffer(offer, basis, at);
      const { decision } = price;
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
