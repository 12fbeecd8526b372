import type { ChangeTiming } from "../subscriptions/index.ts";

/** What a membership costs per period. */
export type PeriodPrice = { readonly amount: number; readonly interval: string; readonly intervalCount: number };

/** How many months a period is, for comparing what is paid by different ones. */
const MONTHS: Readonly<Record<string, number>> = { day: 12 / 365, week: 12 / 52, month: 1, year: 12 };

/** Whether the first costs less than the second for the same stretch of time: a year's price is compared by the month. */
export function costsLess(one: PeriodPrice, other: PeriodPrice): boolean {
  const months = ({ interval, intervalCount }: PeriodPrice) => (MONTHS[interval] ?? 1) * intervalCount;
  return one.amount * months(other) < other.amount * months(one);
}

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
