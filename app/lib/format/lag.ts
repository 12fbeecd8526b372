import { INTL_TAG, type Locale } from "../locale.ts";

const STEPS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** A span in its largest unit: `450 ms`, `3,2 s`, `2 min`. Below zero it says so. */
export function formatLag(milliseconds: number, locale: Locale): string {
  const [unit, size] = STEPS.find(([, length]) => Math.abs(milliseconds) >= length) ?? ["millisecond", 1];
  const format = new Intl.NumberFormat(INTL_TAG[locale], {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: unit === "millisecond" ? 0 : 1,
  });
  return format.format(milliseconds / size).replace("-", "\u2212");
}
