import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { pricingErrors } from "./errors.ts";
import { receiptInputsOf } from "./price-receipt.ts";
import type { ResolvedPrice } from "./resolve-price.ts";

/** Whose receipt it is: the customer's, or a guest's who holds the token with this hash. */
export type ReceiptOwner = { readonly customerId: string | null; readonly accessTokenHash: string | null };

/**
 * Keeps why somebody is asked for this price: everything it was decided from, the winner, and why each alternative lost.
 * Written in the transaction that freezes the price; never changed; `reevaluateReceipt` comes to the same answer from it
 * alone. `quantity`: how many were to be bought at it. Answers the receipt's id. Throws `pricing.not_for_sale` for a price that Stripe does not have yet.
 */
export async function writePriceReceipt(
  tx: Tx,
  price: ResolvedPrice,
  owner: ReceiptOwner,
  quantity = 1,
): Promise<string> {
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
    inputs: { ...receiptInputsOf(price), ...(quantity > 1 ? { quantity } : {}) },
    alternatives: price.decision.alternatives.map(({ candidate, lost }) => ({
      campaignId: candidate.campaignId,
      stripePriceId: candidate.stripePriceId,
      lost,
    })),
    createdAt: tx.scope.now,
  });
  return id;
}
