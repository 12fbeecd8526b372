import { renewalsBetween } from "../subscriptions/index.ts";

const DAY = 86_400_000;

/**
 * When somebody who is told now is moved: when the paid period ends, or where that is sooner than the days of notice, when
 * the first period after them ends. Null where no period runs. Pure.
 */
export function moveDate(
  of: {
    readonly currentPeriodEndAt: Date | null;
    readonly anchorAt: Date | null;
    readonly interval: string;
    readonly intervalCount: number;
  },
  told: { readonly now: Date; readonly noticeDays: number },
): Date | null {
  const { currentPeriodEndAt: end, anchorAt, interval, intervalCount } = of;
  const soonest = new Date(told.now.getTime() + told.noticeDays * DAY);
  if (end === null || end >= soonest) return end;
  // A period is a year of its interval at most, whatever is counted: two years hold one end at least.
  const horizon = new Date(soonest.getTime() + 2 * 366 * DAY * intervalCount);
  return renewalsBetween(anchorAt ?? end, { interval, intervalCount }, soonest, horizon)[0] ?? end;
}
