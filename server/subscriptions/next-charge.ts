import { type Discount, discounted } from "./discount.ts";

/** The least sum that the provider charges, in minor units: less waits with what is kept for the payer. */
const LEAST: Readonly<Record<string, number>> = { SEK: 300, EUR: 50, USD: 50 };

/** A bill met with what is kept for the payer (negative is theirs, positive is owed): what is charged, and what is kept then. */
export function chargeOf(bill: number, kept: number, currency: string): { charged: number; kept: number } {
  const owed = bill + kept;
  return owed < (LEAST[currency] ?? 50) ? { charged: 0, kept: owed } : { charged: owed, kept: 0 };
}

type Billed = {
  readonly currency: string;
  /** What waits for the next invoice, and what is kept for the payer. */
  readonly carriedAmount: number;
  readonly balanceAmount: number;
};

/**
 * What the next payment is, on its day: the price (`ofSeats` of it for extra seats) with what is taken off then, what waits for
 * it, and what is kept for the payer.
 */
export function nextCharge(price: number, discount: Discount | null, of: Billed, on: Date, ofSeats = 0): number {
  return chargeOf(discounted(price, discount, on, ofSeats) + of.carriedAmount, of.balanceAmount, of.currency).charged;
}
