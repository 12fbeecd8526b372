import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { INTL_TAG } from "~/lib/locale.ts";
import { Money } from "../money.tsx";

type LedgerAmountProps = {
  of: { amount: number; currency: string };
  signed?: boolean;
  /** Another currency is on the page: see `severalCurrencies`. */
  withCode?: boolean;
};

/** What an entry or a balance is: a sum of money, or units of our own. */
export function LedgerAmount({ of, signed, withCode }: LedgerAmountProps) {
  const t = useT();
  const locale = useLocale();
  if (of.currency !== "CREDIT")
    return <Money of={of} withCode={withCode ?? false} sign={signed ? "always" : "negative"} />;
  const number = new Intl.NumberFormat(INTL_TAG[locale], { signDisplay: signed ? "exceptZero" : "auto" });
  return (
    <span className="tabular whitespace-nowrap">
      {t("ledger.credits", { count: Math.abs(of.amount), number: number.format(of.amount).replace("-", "−") })}
    </span>
  );
}
