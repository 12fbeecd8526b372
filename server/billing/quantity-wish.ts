import type { Tx } from "../kernel/db.ts";
import type { Reach } from "./own-membership.ts";
import type { QuantityAnswer } from "./quantity-terms.ts";
import { type SeatRequest, seatTerms } from "./seat-wish.ts";
import { type UnitRequest, unitTerms } from "./unit-wish.ts";

/** Another number of what one price is paid for: seats of a company's plan, or of a person's membership how many there are. */
export type QuantityRequest = ({ readonly kind: "seats" } & SeatRequest) | ({ readonly kind: "units" } & UnitRequest);

/** What it would come to. Throws what {@link seatTerms} or {@link unitTerms} does. */
export function quantityTerms(tx: Tx, request: QuantityRequest, reach: Reach): Promise<QuantityAnswer> {
  return request.kind === "seats" ? seatTerms(tx, request, reach) : unitTerms(tx, request, reach);
}

/** Whose seats are taken from them by what is asked for. */
export const leaversOf = (request: QuantityRequest): readonly string[] =>
  request.kind === "seats" ? request.leavers : [];
