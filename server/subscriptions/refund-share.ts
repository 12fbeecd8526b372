import { type Money, multiplyByRate, zero } from "../kernel/money.ts";

/**
 * The part of a paid sum that falls on the rest of its period: by the second, rounded half to even. All of it before the
 * period has begun, nothing after it, and nothing where the period is not known.
 */
export function refundShare(
  paid: Money,
  period: { readonly from: Date | null; readonly until: Date | null },
  now: Date,
): Money {
  const { from, until } = period;
  if (!from || !until || until <= from) return zero(paid.currency);
  const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
  const whole = seconds(until.getTime() - from.getTime());
  const left = Math.min(whole, Math.max(0, seconds(until.getTime() - now.getTime())));
  return multiplyByRate(paid, left, whole, "half_even");
}
