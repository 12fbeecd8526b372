import type { ChangeTiming } from "../subscriptions/index.ts";

/** What a membership costs per period. */
export type PeriodPrice = { readonly amount: number; readonly interval: string; readonly intervalCount: number };

/**
 * When a change of plan is made. More for the same period: now, so that it can be used. Less, or paid by another period:
 * when the paid period is over, so that nothing that was paid is lost. In a trial, which nothing was paid for: now.
 */
export function planTiming(
  present: PeriodPrice,
  wanted: PeriodPrice,
  { trialing }: { trialing: boolean },
): ChangeTiming {
  if (trialing) return "now";
  const samePeriod = present.interval === wanted.interval && present.intervalCount === wanted.intervalCount;
  return samePeriod && wanted.amount > present.amount ? "now" : "period_end";
}
