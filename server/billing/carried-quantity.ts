import type { ResolvedPrice } from "../pricing/index.ts";
import type { Membership } from "../subscriptions/index.ts";

/** How many come with a change to another price, and how many of them are extra seats; what is paid per period for all. */
export type CarriedQuantity = { readonly quantity: number; readonly extraSeats: number; readonly amount: number };

type Price = Pick<ResolvedPrice, "amount" | "seats"> & {
  readonly product: Pick<ResolvedPrice["product"], "kind" | "mostUnits">;
};

/**
 * Somebody with several of a membership has as many of the other, or the most that may be had of it. A company that has bought
 * seats keeps as many in all: what the new plan holds fewer is bought beside it, what it holds more need not be paid any longer.
 * To a price that sells none they end. Nobody who has bought none is sold any by a change. Pure.
 */
export function carriedQuantity(
  { quantity, extraSeats }: Pick<Membership, "quantity" | "extraSeats">,
  price: Price,
): CarriedQuantity {
  if (!price.seats) {
    const units = price.product.kind === "membership" ? Math.max(1, Math.min(quantity, price.product.mostUnits)) : 1;
    return { quantity: units, extraSeats: 0, amount: price.amount * units };
  }
  const { included, each } = price.seats;
  const more = extraSeats > 0 ? Math.max(0, quantity - included) : 0;
  return { quantity: included + more, extraSeats: more, amount: price.amount + more * each };
}
