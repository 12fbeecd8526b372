import { shareOf } from "../kernel/money.ts";

/** What is taken off a membership's charges: a share or a sum in minor units, of every charge before `untilAt` (null: of all). */
export type Discount = {
  readonly bps: number | null;
  readonly amount: number | null;
  readonly untilAt: Date | null;
};
type Kept = {
  readonly discountBps: number | null;
  readonly discountAmount: number | null;
  readonly discountUntilAt: Date | null;
};

/** A membership's discount as it is kept; null: it has none. */
export function discountOf({ discountBps, discountAmount, discountUntilAt }: Kept): Discount | null {
  if (discountBps === null && discountAmount === null) return null;
  return { bps: discountBps, amount: discountAmount, untilAt: discountUntilAt };
}

/** What of a membership's sum is paid for seats beside its plan, in minor units: a line of its own on every bill. */
export function amountOfSeats({ extraSeats, seatAmount }: { extraSeats: number; seatAmount: number | null }): number {
  return extraSeats * (seatAmount ?? 0);
}

/**
 * What is charged on a day in place of `amount`: the share rounded half up for each line of the bill, as the provider does (`ofSeats`:
 * what of the amount is a line for seats); never less than nothing.
 */
export function discounted(amount: number, discount: Discount | null, on: Date, ofSeats = 0): number {
  if (!discount || (discount.untilAt && discount.untilAt <= on)) return amount;
  const share = (of: number) => shareOf(of, discount.bps ?? 0, "half_up");
  const off = discount.bps === null ? (discount.amount ?? 0) : share(amount - ofSeats) + share(ofSeats);
  return Math.max(0, amount - off);
}
