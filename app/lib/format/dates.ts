import { INTL_TAG, type Locale } from "../locale.ts";

/** The shop's time, wherever the reader is: a charge on 20 December is on 20 December in Stockholm. */
export const SHOP_TIME_ZONE = "Europe/Stockholm";

export type Instant = Date | string;

/**
 * `prose` 20 december 2026 · `day` 20 december (no year) · `short` 29 nov. · `table` 2026-12-20 (sv), 20 Dec 2026 (en).
 */
export type DateStyle = "prose" | "day" | "short" | "table";

const STYLES: Record<Exclude<DateStyle, "table">, Intl.DateTimeFormatOptions> = {
  prose: { day: "numeric", month: "long", year: "numeric" },
  day: { day: "numeric", month: "long" },
  short: { day: "numeric", month: "short" },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

export function formatDate(instant: Instant, locale: Locale, style: DateStyle): string {
  if (style !== "table") return formatter(locale, style, STYLES[style]).format(toDate(instant));
  const options: Intl.DateTimeFormatOptions =
    locale === "sv"
      ? { year: "numeric", month: "2-digit", day: "2-digit" }
      : { day: "numeric", month: "short", year: "numeric" };
  return formatter(locale, style, options).format(toDate(instant));
}

/** A month that is told as `2026-11`: `november 2026`. */
export function formatMonth(month: string, locale: Locale): string {
  return formatter(locale, "month", { month: "long", year: "numeric" }).format(new Date(`${month}-15T12:00:00Z`));
}

/** 24 hours: `19.04` in Swedish, `19:04` in English. */
export function formatTime(instant: Instant, locale: Locale): string {
  const time = formatter(locale, "time", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    toDate(instant),
  );
  return locale === "sv" ? time.replace(":", ".") : time;
}

/** `20 november 2026 19.04`, `2026-11-20 19.04`. */
export function formatDateTime(instant: Instant, locale: Locale, style: DateStyle): string {
  return `${formatDate(instant, locale, style)} ${formatTime(instant, locale)}`;
}

/** For under 24 hours: `för 5 minuter sedan`, `in 3 hours`; null beyond, where a date says more. */
export function formatRelative(instant: Instant, now: Instant, locale: Locale): string | null {
  const seconds = Math.round((toDate(instant).getTime() - toDate(now).getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size >= 86_400) return null;
  const relative = new Intl.RelativeTimeFormat(INTL_TAG[locale], { numeric: "auto" });
  if (size < 60) return relative.format(0, "second");
  if (size < 3600) return relative.format(Math.trunc(seconds / 60), "minute");
  return relative.format(Math.trunc(seconds / 3600), "hour");
}

/** For `<time dateTime>`. */
export function isoInstant(instant: Instant): string {
  return toDate(instant).toISOString();
}

function toDate(instant: Instant): Date {
  return instant instanceof Date ? instant : new Date(instant);
}

function formatter(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(INTL_TAG[locale], { timeZone: SHOP_TIME_ZONE, ...options });
    formatters.set(key, made);
  }
  return made;
}
