import { shopDay, shopMidnight } from "./shop-day.ts";

/** How long a purchase may be taken back: 14 days (Directive 2011/83/EU art. 9; Distansavtalslagen 2 kap. 10–12 §§). */
export const WITHDRAWAL_DAYS = 14;

/**
 * The last calendar day (`YYYY-MM-DD`, Swedish time) on which a purchase can be taken back. The day of `from` (the
 * contract for services, the receipt of the goods for goods) is not counted (Regulation 1182/71 art. 3(1)); a period that
 * would end on a Saturday, a Sunday or a public holiday ends on the next working day (art. 3(4); lag 1930:173 2 §).
 */
export function lastWithdrawalDay(from: Date): string {
  let day = addDays(shopDay(from), WITHDRAWAL_DAYS);
  while (isFreeDay(day)) day = addDays(day, 1);
  return day;
}

/** Whether a statement received at `at` is in time: until the last day is over in Sweden. */
export function isInTime(at: Date, lastDay: string): boolean {
  return at < shopMidnight(addDays(lastDay, 1));
}

/** Whole calendar days between two instants as people in Sweden count them: 0 on the same day. */
export function daysBetween(from: Date, to: Date): number {
  return Math.round((Date.parse(shopDay(to)) - Date.parse(shopDay(from))) / 86_400_000);
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

const FIXED = new Set(["01-01", "01-06", "05-01", "06-06", "12-24", "12-25", "12-26", "12-31"]);
/** Good Friday, Easter Monday, Ascension Day: days from Easter Sunday. */
const MOVING = [-2, 1, 39];

/** Saturdays, Sundays, public holidays, and the eves that Swedish law counts with them. */
export function isFreeDay(day: string): boolean {
  const weekday = new Date(day).getUTCDay();
  if (weekday === 0 || weekday === 6 || FIXED.has(day.slice(5))) return true;
  // Midsummer's Eve is the Friday between 19 and 25 June.
  if (weekday === 5 && day.slice(5) >= "06-19" && day.slice(5) <= "06-25") return true;
  const easter = easterSunday(Number(day.slice(0, 4)));
  return MOVING.some((offset) => addDays(easter, offset) === day);
}

/** The Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const dayOfMonth = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}
