import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { pricingErrors } from "./errors.ts";
import type { Candidate } from "./price-decision.ts";
import type { ResolvedPrice } from "./resolve-price.ts";

/** Whose receipt it is: the customer's, or a guest's who holds the token with this hash. */
export type ReceiptOwner = { readonly customerId: string | null; readonly accessTokenHash: string | null };

/**
 * Keeps why somebody is asked for this price: what was known, the winner, and why each alternative lost. Written in the
 * transaction that freezes the price; never changed. Answers the receipt's id. Throws `pricing.not_for_sale` for a price
 * that Stripe does not have yet.
 */
export async function writePriceReceipt(tx: Tx, price: ResolvedPrice, owner: ReceiptOwner): Promise<string> {
  if (price.stripePriceId === null) throw pricingErrors.notForSale({ productId: price.product.id });
  const id = newId("prr");
  await tx.insert(priceReceipts).values({
    id,
    productId: price.product.id,
    variantId: price.variant.id,
    customerId: owner.customerId,
    accessTokenHash: owner.accessTokenHash,
    currency: price.currency,
    amount: price.amount,
    interval: price.interval,
    intervalCount: price.intervalCount,
    campaignId: price.campaign?.id ?? null,
    stripePriceId: price.stripePriceId,
    rule: price.decision.rule,
    inputs: {
      at: price.at.toISOString(),
      defaultPrice: price.defaultPrice,
      lowest30Days: price.lowest30Days,
      taxRateBps: price.product.taxRateBps,
      winner: price.decision.winner && asWritten(price.decision.winner),
    },
    alternatives: price.decision.alternatives.map(({ candidate, lost }) => ({ ...asWritten(candidate), lost })),
    createdAt: tx.scope.now,
  });
  return id;
}

function asWritten(candidate: Candidate) {
  return {
    campaignId: candidate.campaignId,
    campaignName: candidate.campaignName,
    stripePriceId: candidate.stripePriceId,
    amount: candidate.amount,
    currency: candidate.currency,
    interval: candidate.interval,
    intervalCount: candidate.intervalCount,
    startAt: candidate.startAt?.toISOString() ?? null,
    endAt: candidate.endAt?.toISOString() ?? null,
    durationMonths: candidate.durationMonths,
  };
}
