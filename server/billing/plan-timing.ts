import type { ChangeRules } from "../../drizzle/schema/change-rules.ts";
import { type ChangeTiming, subscriptionErrors } from "../subscriptions/index.ts";

/** What a membership costs per period. */
export type PeriodPrice = { readonly amount: number; readonly interval: string; readonly intervalCount: number };

/** How many months a period is, for comparing what is paid by different ones. */
const MONTHS: Readonly<Record<string, number>> = { day: 12 / 365, week: 12 / 52, month: 1, year: 12 };

/** Whether the first costs less than the second for the same stretch of time: a year's price is compared by the month. */
export function costsLess(one: PeriodPrice, other: PeriodPrice): boolean {
  const months = ({ interval, intervalCount }: PeriodPrice) => (MONTHS[interval] ?? 1) * intervalCount;
  return one.amount * months(other) < other.amount * months(one);
}

/** More for the same period, less (or as much) for it, or paid by another period. */
export type { ChangeRules };
export type ChangeSort = Exclude<keyof ChangeRules, "trial">;

export function changeSort(present: PeriodPrice, wanted: PeriodPrice): ChangeSort {
  if (present.interval !== wanted.interval || present.intervalCount !== wanted.intervalCount) return "interval";
  return wanted.amount > present.amount ? "upgrade" : "downgrade";
}

/**
 * The rules of a shop that has written none. More: now, so that it can be used. Less, or another period: when the paid period
 * is over, so that nothing that was paid is lost.
 */
export const FIRST_RULES: ChangeRules = {
  upgrade: { standard: "now", allowed: ["now"] },
  downgrade: { standard: "period_end", allowed: ["period_end"] },
  interval: { standard: "period_end", allowed: ["period_end"] },
};

/** When a change of plan is made by the first rules; in a trial, which nothing was paid for, now. */
export function planTiming(
  present: PeriodPrice,
  wanted: PeriodPrice,
  { trialing }: { trialing: boolean },
): ChangeTiming {
  return trialing ? "now" : FIRST_RULES[changeSort(present, wanted)].standard;
}

type Asked = {
  readonly sort: ChangeSort;
  readonly rules: ChangeRules;
  readonly trialing: boolean;
  /** The way that was asked for, if any. */
  readonly asked: ChangeTiming | undefined;
  /** Whoever asks may choose any way. */
  readonly free: boolean;
};

/**
 * When a change is made: as was asked, where that may be; else by the rules. Another period cannot wait for the next invoice:
 * that one belongs to the new period, and the change is made now (`promoted`). In a trial always now. Throws
 * `subscriptions.timing_not_allowed`.
 */
export function decideTiming({ sort, rules, trialing, asked, free }: Asked): {
  timing: ChangeTiming;
  promoted: boolean;
} {
  if (trialing) return { timing: "now", promoted: false };
  const wanted = asked ?? rules[sort].standard;
  const timing = made(wanted, sort);
  if (!waysOf(rules, sort, free).includes(timing)) throw subscriptionErrors.timingNotAllowed({ asked });
  return { timing, promoted: timing !== wanted };
}

const made = (wanted: ChangeTiming, sort: ChangeSort): ChangeTiming =>
  wanted === "next_invoice" && sort === "interval" ? "now" : wanted;

const ALL_WAYS: readonly ChangeTiming[] = ["now", "next_invoice", "period_end", "new_cycle"];

/** The ways that somebody may choose among, the one that is taken where nobody says first. `free`: any. */
export function waysOf(rules: ChangeRules, sort: ChangeSort, free: boolean): ChangeTiming[] {
  const { standard, allowed } = rules[sort];
  return [...new Set([standard, ...(free ? ALL_WAYS : allowed)].map((way) => made(way, sort)))];
}
