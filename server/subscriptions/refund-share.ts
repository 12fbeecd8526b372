import { type Money, multiplyByRate, zero } from "../kernel/money.ts";

/**
 * The part of a sum that falls on the rest of its period: by the second, rounded half to even. All of it before the
 * period has begun, nothing after it, and nothing where the period is not known.
 */
export function refundShare(
  sum: Money,
  period: { readonly from: Date | null; readonly until: Date | null },
  now: Date,
): Money {
  const { from, until } = period;
  if (!from || !until || until <= from) return zero(sum.currency);
  const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
  const whole = seconds(until.getTime() - from.getTime());
  const left = Math.min(whole, Math.max(0, seconds(until.getTime() - now.getTime())));
  return multiplyByRate(sum, left, whole, "half_even");
}

/**
 * Divides what is paid back over payments in the order given, each up to what it can still give back. What none of them has
 * room for stays with the first, whose refund the provider then refuses: less than was promised is never paid unseen. Minor units.
 */
export function divideRefund<Payment extends { readonly left: number }>(
  sum: number,
  payments: readonly Payment[],
): { readonly payment: Payment; readonly amount: number }[] {
  let rest = sum;
  const parts = payments.map((payment) => {
    const amount = Math.min(rest, Math.max(0, payment.left));
    rest -= amount;
    return { payment, amount };
  });
  return parts
    .map((part, n) => (n === 0 ? { ...part, amount: part.amount + rest } : part))
    .filter(({ amount }) => amount > 0);
}
