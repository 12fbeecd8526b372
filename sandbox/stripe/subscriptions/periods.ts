import type { Recurring } from "../prices/shape.ts";

const secondsPerDay = 86_400;

interface Month {
  year: number;
  month: number;
}

function daysIn({ year, month }: Month): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/** The anchor moved by whole months; a day that a month lacks becomes its last day, and returns in a longer month. */
export function addMonths(anchor: number, months: number): number {
  const from = new Date(anchor * 1000);
  const target = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const month = { year: target.getUTCFullYear(), month: target.getUTCMonth() };
  const day = Math.min(from.getUTCDate(), daysIn(month));
  const midnight = Date.UTC(month.year, month.month, day) / 1000;
  return midnight + (anchor - Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()) / 1000);
}

function monthsOf(recurring: Pick<Recurring, "interval" | "interval_count">): number | undefined {
  if (recurring.interval === "month") return recurring.interval_count;
  if (recurring.interval === "year") return recurring.interval_count * 12;
  return undefined;
}

/** Where the period after `end` ends. Counted from the original anchor, so a clamped month never shifts the day. */
export function nextPeriodEnd(
  anchor: number,
  end: number,
  recurring: Pick<Recurring, "interval" | "interval_count">,
): number {
  const months = monthsOf(recurring);
  if (months === undefined) {
    return end + recurring.interval_count * (recurring.interval === "week" ? 7 : 1) * secondsPerDay;
  }
  const [from, to] = [new Date(anchor * 1000), new Date(end * 1000)];
  const passed = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return addMonths(anchor, passed + months);
}

/** Where a period that ends at an anchor began. */
export function previousPeriodStart(anchor: number, recurring: Pick<Recurring, "interval" | "interval_count">): number {
  const months = monthsOf(recurring);
  if (months !== undefined) return addMonths(anchor, -months);
  return anchor - recurring.interval_count * (recurring.interval === "week" ? 7 : 1) * secondsPerDay;
}

interface AnchorConfig {
  day_of_month: number;
  hour?: number | undefined;
  minute?: number | undefined;
  month?: number | undefined;
  second?: number | undefined;
}

/** The next instant that has the given day, and time of day; a day that a month lacks is its last. */
export function anchorFromConfig(now: number, config: AnchorConfig): number {
  const today = new Date(now * 1000);
  const { hour = today.getUTCHours(), minute = today.getUTCMinutes(), second = today.getUTCSeconds() } = config;
  for (let ahead = 0; ahead <= 12; ahead += 1) {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead, 1));
    const month = { year: first.getUTCFullYear(), month: first.getUTCMonth() };
    if (config.month !== undefined && month.month !== config.month - 1) continue;
    const day = Math.min(config.day_of_month, daysIn(month));
    const at = Date.UTC(month.year, month.month, day, hour, minute, second) / 1000;
    if (at > now) return at;
  }
  return now;
}
