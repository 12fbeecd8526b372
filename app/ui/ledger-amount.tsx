import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { INTL_TAG } from "~/lib/locale.ts";
import { Money } from "./money.tsx";

/** What an entry or a balance is: a sum of money, or units of our own. */
export function LedgerAmount({ of, signed }: { of: { amount: number; currency: string }; signed?: boolean }) {
  const t = useT();
  const locale = useLocale();
  if (of.currency !== "CREDIT") return <Money of={of} withCode sign={signed ? "always" : "negative"} />;
  const number = new Intl.NumberFormat(INTL_TAG[locale], { signDisplay: signed ? "exceptZero" : "auto" });
  return (
    <span className="tabular whitespace-nowrap">
      {t("ledger.credits", { number: number.format(of.amount).replace("-", "−") })}
    </span>
  );
}
