import type { ResolvedPrice } from "../pricing/index.ts";
import type { Membership } from "../subscriptions/index.ts";

/** What of seats comes with a change to another price: how many are charged for, and what is paid per period with them. */
export type CarriedSeats = { readonly quantity: number; readonly extraSeats: number; readonly amount: number };

/**
 * A company that has bought seats keeps as many in all: what the new plan holds fewer is bought beside it, what it holds more
 * need not be paid any longer. To a price that sells none they end. Nobody who has bought none is sold any by a change. Pure.
 */
export function carriedSeats(
  { quantity, extraSeats }: Pick<Membership, "quantity" | "extraSeats">,
  price: Pick<ResolvedPrice, "amount" | "seats">,
): CarriedSeats {
  if (!price.seats) return { quantity: 1, extraSeats: 0, amount: price.amount };
  const { included, each } = price.seats;
  const more = extraSeats > 0 ? Math.max(0, quantity - included) : 0;
  return { quantity: included + more, extraSeats: more, amount: price.amount + more * each };
}
