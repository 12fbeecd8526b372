import type { retentionOffers, retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { carriedQuantity, costsLess, discountedCharges, freeUntil, planTiming, priceFor } from "../billing/index.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { allowedChanges, type ChangeFacts, discountOf, type Membership, unitsOf } from "../subscriptions/index.ts";

type Offer = typeof retentionOffers.$inferSelect;
type Showing = typeof retentionShowings.$inferSelect;
/** What is kept of what an offer comes to for one membership: the same is made when it is accepted. */
export type OfferTerms = Pick<
  Showing,
  | "kind"
  | "discountBps"
  | "months"
  | "productId"
  | "variantId"
  | "amount"
  | "stripePriceId"
  | "interval"
  | "intervalCount"
  | "freeUntilAt"
  | "renewsAt"
>;

/** What an offer comes to for a membership as it stands; null: it cannot be had, or it would give nothing. */
export async function offerTerms(
  tx: Tx,
  offer: Offer,
  membership: Membership,
  facts: ChangeFacts,
): Promise<OfferTerms | null> {
  const { kind, discountBps, months, productId, variantId } = offer;
  const allowed = allowedChanges(facts);
  if (!allowed[kind]) return null;
  const renewsAt = membership.currentPeriodEndAt;
  const terms = { kind, discountBps, months, productId, variantId, renewsAt };
  const plain = { ...terms, amount: null, stripePriceId: null, interval: null, intervalCount: null, freeUntilAt: null };
  switch (kind) {
    case "pause":
      return plain;
    case "discount":
      return months &&
        !hasDiscount(membership, tx.scope.now) &&
        discountedCharges(membership, months, tx.scope.now).length > 0
        ? plain
        : null;
    case "free": {
      const freeUntilAt = months ? freeUntil(membership, { unit: "period", count: months }) : null;
      return freeUntilAt && { ...plain, freeUntilAt };
    }
    case "plan": {
      const price = await cheaper(tx, offer, membership);
      return price && { ...plain, ...price };
    }
  }
}

/** Whether something is taken off already: an offer never takes its place, which may be worth more. */
function hasDiscount(membership: Membership, now: Date): boolean {
  const discount = discountOf(membership);
  return discount !== null && (discount.untilAt === null || discount.untilAt > now);
}

/** The price of the membership that is offered instead, where it costs less by the month and nothing is charged for the change. */
async function cheaper(tx: Tx, { productId, variantId }: Offer, membership: Membership) {
  if (productId === null || variantId === null) return null;
  try {
    const { price } = await priceFor(tx, { id: membership.id, productId, variantId }, "own");
    const { interval, intervalCount, stripePriceId } = price;
    const { amount, quantity } = carriedQuantity(membership, price);
    // Fewer of another would be less than they have, whatever it costs.
    if (quantity < unitsOf(membership)) return null;
    if (interval === null || intervalCount === null || stripePriceId === null) return null;
    const wanted = { amount, interval, intervalCount };
    if (!costsLess(wanted, membership)) return null;
    const trialing = membership.status === "trialing";
    if (!trialing && planTiming(membership, wanted, { trialing }) === "now") return null;
    return { ...wanted, stripePriceId };
  } catch (error) {
    // Not for sale any more, not to this membership, or the one they have: there is nothing to offer.
    if (error instanceof DomainError) return null;
    throw error;
  }
}
