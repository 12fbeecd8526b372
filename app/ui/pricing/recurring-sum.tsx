import { formatMoney, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale } from "~/lib/i18n/language.tsx";

const UNITS = ["day", "week", "month", "year"] as const;

type RecurringSumProps = {
  of: { amount: number; currency: string; interval: string | null; intervalCount: number | null };
};

/** A sum and how often: `299,00 kr/mån`; without an interval just the sum. */
export function RecurringSum({ of }: RecurringSumProps) {
  const locale = useLocale();
  const money = { amount: of.amount, currency: of.currency };
  const unit = UNITS.find((one) => one === of.interval);
  return (
    <span className="tabular whitespace-nowrap">
      {unit
        ? formatPricePerInterval(money, { unit, count: of.intervalCount ?? 1 }, locale, "ledger")
        : formatMoney(money, locale, "ledger")}
    </span>
  );
}
