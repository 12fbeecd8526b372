import { renewalDate } from "../subscriptions/index.ts";

/** So many months after a pause begins, at the same time of day; the last day of a month that lacks the day. */
export function resumeDate(from: Date, months: number): Date {
  return renewalDate(from, { interval: "month", intervalCount: 1 }, months);
}
