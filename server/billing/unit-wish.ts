import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import type { Tx } from "../kernel/db.ts";
import { type Membership, subscriptionErrors } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { type QuantityAnswer, quantityTiming, requireCountable } from "./quantity-terms.ts";

export type UnitRequest = {
  readonly id: string;
  /** How many of the membership there are to be. */
  readonly units: number;
};

/** How many of a membership there are and may be, and what each costs per period in minor units. */
export type SoldUnits = { readonly count: number; readonly most: number; readonly eachAmount: number };

/**
 * How many of somebody's membership may be had; null where there is one and no more. What is not on sale any more can only become
 * fewer. A price that was made otherwise at the provider, so that not each costs the same, has no number to choose.
 */
export async function soldUnits(tx: Tx, membership: Membership): Promise<SoldUnits | null> {
  const { organizationId, includedSeats, quantity, amount, productId } = membership;
  if (organizationId !== null || includedSeats !== null || quantity < 1 || amount % quantity !== 0) return null;
  const [product] = await tx
    .select({ active: products.active, most: products.mostUnits })
    .from(products)
    .where(eq(products.id, productId));
  const most = Math.max(quantity, product?.active ? product.most : 1);
  return most > 1 ? { count: quantity, most, eachAmount: amount / quantity } : null;
}

/**
 * What asking for so many of a membership would come to, as things stand. Only looks. Throws `subscriptions.not_found`,
 * `subscriptions.no_units_sold`, `subscriptions.units_out_of_range`, `subscriptions.same_units`,
 * `subscriptions.change_in_progress`, `subscriptions.change_booked`, `subscriptions.campaign_end_booked`,
 * `subscriptions.change_not_allowed`.
 */
export async function unitTerms(tx: Tx, wish: UnitRequest, reach: Reach): Promise<QuantityAnswer> {
  const membership = await reachMembership(tx, wish.id, reach);
  const sold = await soldUnits(tx, membership);
  if (!sold) throw subscriptionErrors.noUnitsSold();
  const { count, most, eachAmount } = sold;
  const { units } = wish;
  if (units < 1 || units > most) throw subscriptionErrors.unitsOutOfRange({ field: "units", least: 1, most });
  if (units === count) throw subscriptionErrors.sameUnits();
  const timing = quantityTiming(membership, units < count);
  await requireCountable(tx, membership, { kind: "units", timing });
  return {
    membership,
    terms: {
      ...{ kind: "units", quantity: units, quantityBefore: count, extraSeats: 0, extraBefore: 0, includedSeats: 0 },
      ...{ eachAmount, timing, amount: units * eachAmount },
    },
  };
}
