import { invariant } from "../kernel/invariant.ts";

/** How much of what was paid for a grant is earned by use, earned by running out, and taken back. Minor units. */
export type MoneyOfCredits = { readonly revenue: number; readonly breakage: number; readonly reclaimed: number };

/**
 * The money in the credits that are gone, in proportion: the n-th credit ends at the n-th share of the sum, rounded down, so
 * that however they go, and in however small steps, all of it is accounted for when the last one is gone.
 */
export function moneyOfCredits(
  paid: number,
  gone: { credits: number; used: number; expired: number; reclaimed: number },
): MoneyOfCredits {
  const { credits, used, expired, reclaimed } = gone;
  invariant(credits > 0 && used + expired + reclaimed <= credits, "no more credits are gone than there were");
  const until = (count: number) => Number((BigInt(paid) * BigInt(count)) / BigInt(credits));
  const [a, b, c] = [until(used), until(used + expired), until(used + expired + reclaimed)];
  return { revenue: a, breakage: b - a, reclaimed: c - b };
}
