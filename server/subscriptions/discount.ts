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

/** What is charged on a day in place of `amount`: the share rounded half up, as the provider does; never less than nothing. */
export function discounted(amount: number, discount: Discount | null, on: Date): number {
  if (!discount || (discount.untilAt && discount.untilAt <= on)) return amount;
  const off = discount.bps === null ? (discount.amount ?? 0) : shareOf(amount, discount.bps, "half_up");
  return Math.max(0, amount - off);
}
