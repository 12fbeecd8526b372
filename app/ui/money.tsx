import { formatMoney, type MoneyStyle, type MoneyView } from "~/lib/format/money.ts";
import { useLocale } from "~/lib/i18n/language.tsx";

type MoneyProps = { of: MoneyView; style?: MoneyStyle; withCode?: boolean; sign?: "negative" | "always" };

/** A sum. Two decimals unless it stands in the shop. */
export function Money({ of, style = "ledger", withCode, sign }: MoneyProps) {
  const locale = useLocale();
  return <span className="tabular whitespace-nowrap">{formatMoney(of, locale, style, { withCode, sign })}</span>;
}
