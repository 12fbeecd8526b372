import { INTL_TAG, type Locale } from "../locale.ts";

/** An amount as the server sends it: whole minor units (öre, cents) of a currency. */
export type MoneyView = { amount: number; currency: string };

/**
 * `shop` leaves out zero öre (299 kr), `ledger` never does (299,00 kr): account, invoices, back office.
 */
export type MoneyStyle = "shop" | "ledger";

export type Interval = { unit: "day" | "week" | "month" | "year"; count: number };

const formatters = new Map<string, Intl.NumberFormat>();

/** `299 kr`, `299,50 kr`, `−149,30 kr`; `SEK 299` in English. Spaces do not break; minus is U+2212. */
export function formatMoney(
  money: MoneyView,
  locale: Locale,
  style: MoneyStyle,
  options: { withCode?: boolean; sign?: "negative" | "always" } = {},
): string {
  const digits = fractionDigits(money.currency);
  const minorPerMajor = 10 ** digits;
  const whole = money.amount % minorPerMajor === 0;
  const shown = style === "shop" && whole ? 0 : digits;
  const formatter = currencyFormatter(
    locale,
    money.currency,
    shown,
    options.withCode ? "code" : "symbol",
    options.sign === "always" ? "exceptZero" : "auto",
  );
  return plainSigns(formatter.formatToParts(money.amount / minorPerMajor));
}

/** Whether sums of money in more than one currency stand together, so that each must say which it is. */
export function severalCurrencies(rows: readonly { currency: string }[]): boolean {
  return new Set(rows.map((row) => row.currency).filter((currency) => currency !== "CREDIT")).size > 1;
}

/** `299 kr/mån`, `399 kr/3 mån`, `SEK 299/month`: beside a price. */
export function formatPricePerInterval(
  money: MoneyView,
  interval: Interval,
  locale: Locale,
  style: MoneyStyle = "shop",
): string {
  return formatMoney(money, locale, style) + intervalSuffix(interval, locale);
}

/** `/mån`, `/3 mån`, `/month`: for a price whose interval is set smaller than its amount. */
export function intervalSuffix({ unit, count }: Interval, locale: Locale): string {
  const word = SHORT_UNITS[locale][unit][count === 1 ? 0 : 1];
  return count === 1 ? `/${word}` : `/${count}\u00a0${word}`;
}

/** `299 kr per månad`, `SEK 299 per month`: in a sentence. */
export function formatPriceInProse(
  money: MoneyView,
  interval: Interval,
  locale: Locale,
  style: MoneyStyle = "shop",
): string {
  const { unit, count } = interval;
  const word = LONG_UNITS[locale][unit][count === 1 ? 0 : 1];
  return `${formatMoney(money, locale, style)} per ${count === 1 ? word : `${count}\u00a0${word}`}`;
}

/** `varje månad`, `var tredje månad` is written `var 3:e månad`; `every month`, `every 3 months`. */
export function formatEvery({ unit, count }: Interval, locale: Locale): string {
  const [one, many] = LONG_UNITS[locale][unit];
  if (locale === "en") return count === 1 ? `every ${one}` : `every ${count}\u00a0${many}`;
  if (count === 1) return `varje ${one}`;
  const ordinal = count === 2 ? (unit === "year" ? "vartannat" : "varannan") : `var ${count}:e`;
  return `${ordinal} ${one}`;
}

const percents = new Map<Locale, Intl.NumberFormat>();

/** `−25 %`, `6 %`, `−25%`; from basis points, at most two decimals. */
export function formatPercent(basisPoints: number, locale: Locale): string {
  let formatter = percents.get(locale);
  if (!formatter) {
    formatter = new Intl.NumberFormat(INTL_TAG[locale], { style: "percent", maximumFractionDigits: 2 });
    percents.set(locale, formatter);
  }
  return plainSigns(formatter.formatToParts(basisPoints / 10_000));
}

const digitsOf = new Map<string, number>();

function fractionDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = currencyFormatter("en", currency, undefined, "code", "auto").resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

function currencyFormatter(
  locale: Locale,
  currency: string,
  digits: number | undefined,
  currencyDisplay: "symbol" | "code",
  signDisplay: "auto" | "exceptZero",
): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits} ${currencyDisplay} ${signDisplay}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(INTL_TAG[locale], {
      style: "currency",
      currency: currency.toUpperCase(),
      currencyDisplay,
      signDisplay,
      ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** English ICU data write a hyphen for minus; some write a narrow space that the fonts do not hold. */
function plainSigns(parts: Intl.NumberFormatPart[]): string {
  return parts
    .map((part) => (part.type === "minusSign" ? "\u2212" : part.value.replaceAll(/[\u202f ]/g, "\u00a0")))
    .join("");
}

type Units = Record<Interval["unit"], [one: string, many: string]>;

const SHORT_UNITS: Record<Locale, Units> = {
  sv: { day: ["dag", "dagar"], week: ["vecka", "veckor"], month: ["mån", "mån"], year: ["år", "år"] },
  en: { day: ["day", "days"], week: ["week", "weeks"], month: ["month", "months"], year: ["year", "years"] },
};

const LONG_UNITS: Record<Locale, Units> = {
  sv: { day: ["dag", "dagar"], week: ["vecka", "veckor"], month: ["månad", "månader"], year: ["år", "år"] },
  en: SHORT_UNITS.en,
};
