import type { PricedCartLine } from "./checkout-plan.ts";
import { checkoutErrors } from "./errors.ts";

/** How many seats are bought beside those that a plan holds. Throws `checkout.seats_not_sold` where its price sells none. */
export function extraSeats(priced: readonly PricedCartLine[], wanted: number | null): number {
  const [only] = priced;
  if (wanted === null || !only) return 0;
  const { seats } = only.price;
  if (!seats) throw checkoutErrors.seatsNotSold({ field: "seats" });
  return Math.max(0, wanted - seats.included);
}
