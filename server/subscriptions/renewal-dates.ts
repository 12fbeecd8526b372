/** How often something renews. */
export type Every = { readonly interval: string; readonly intervalCount: number };

const DAY_MS = 86_400_000;

/**
 * The n-th renewal of a cycle: counted from its anchor, never from the renewal before, so that a 31st comes back after
 * February. The last day of a month that lacks the day. UTC, as the provider counts.
 */
export function renewalDate(anchor: Date, every: Every, n: number): Date {
  const count = every.intervalCount * n;
  if (every.interval === "day") return new Date(anchor.getTime() + count * DAY_MS);
  if (every.interval === "week") return new Date(anchor.getTime() + count * 7 * DAY_MS);
  const months = every.interval === "year" ? count * 12 : count;
  const first = new Date(anchor);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(anchor.getUTCDate(), last));
  return first;
}

/** The renewals of a cycle from one instant (included) to another (not included), soonest first. */
export function renewalsBetween(anchor: Date, every: Every, from: Date, until: Date): Date[] {
  const dates: Date[] = [];
  for (let n = 0; ; n++) {
    const at = renewalDate(anchor, every, n);
    if (at >= until) return dates;
    if (at >= from) dates.push(at);
  }
}
