import { type Every, renewalDate } from "../subscriptions/index.ts";

/** Free time that can be given: whole periods (a comp), or days (an extension). */
export type FreeTime = { readonly unit: "period" | "day"; readonly count: number };

/** What staff are offered. The provider moves the next charge two years at most. */
const OFFERED: readonly FreeTime[] = [
  ...[1, 2, 3, 6, 12].map((count) => ({ unit: "period" as const, count })),
  ...[3, 7, 14, 30].map((count) => ({ unit: "day" as const, count })),
];
const MOST_MS = 700 * 86_400_000;

type Running = Every & { readonly currentPeriodEndAt: Date | null };

/** The day of the next charge when this much is given from the end of the period that is paid; null: there is none. */
export function freeUntil(of: Running, free: FreeTime): Date | null {
  if (of.currentPeriodEndAt === null) return null;
  return free.unit === "day"
    ? renewalDate(of.currentPeriodEndAt, { interval: "day", intervalCount: 1 }, free.count)
    : renewalDate(of.currentPeriodEndAt, of, free.count);
}

/** Everything that can be given now, with the day of the charge that follows. */
export function freeTimes(of: Running, now: Date): (FreeTime & { readonly until: Date })[] {
  return OFFERED.flatMap((free) => {
    const until = freeUntil(of, free);
    return until && until.getTime() - now.getTime() <= MOST_MS ? [{ ...free, until }] : [];
  });
}
