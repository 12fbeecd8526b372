import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";

export type CalendarCharge = {
  at: Date | string;
  amount: number;
  currency: string;
  why: "renewal" | "change" | "resume" | "retry" | "last";
  productName: string;
  subscriptionId: string;
};

/** What will be charged in the coming year, day by day, with the sum of each currency below. */
export function ChargeCalendar({ charges }: { charges: readonly CalendarCharge[] }) {
  const t = useT();
  const locale = useLocale();
  const totals = new Map<string, number>();
  for (const { currency, amount } of charges) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  return (
    <section aria-labelledby="calendar" className="flex flex-col gap-3">
      <h2 id="calendar" className="text-21">
        {t("membership.calendar.title")}
      </h2>
      {charges.length === 0 ? (
        <p>{t("membership.calendar.none")}</p>
      ) : (
        <>
          <p className="text-fg-muted">{t("membership.calendar.unchanged")}</p>
          <table className="tabular w-full max-w-prose">
            <caption className="sr-only">{t("membership.calendar.title")}</caption>
            <tbody>
              {charges.map((charge) => (
                <tr key={`${charge.subscriptionId}:${String(charge.at)}`} className="border-b border-line align-top">
                  <td className="py-2 pr-4 whitespace-nowrap">
                    <time dateTime={new Date(charge.at).toISOString()}>{formatDate(charge.at, locale, "table")}</time>
                  </td>
                  <td className="py-2 pr-4">
                    {t(`membership.calendar.${charge.why}`, { product: charge.productName })}
                  </td>
                  <td className="py-2 text-right whitespace-nowrap">{formatMoney(charge, locale, "ledger")}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              {[...totals].map(([currency, amount]) => (
                <tr key={currency}>
                  <th scope="row" colSpan={2} className="py-2 pr-4 text-left font-bold">
                    {t("membership.calendar.total")}
                  </th>
                  <td className="py-2 text-right font-bold whitespace-nowrap">
                    {formatMoney({ amount, currency }, locale, "ledger")}
                  </td>
                </tr>
              ))}
            </tfoot>
          </table>
        </>
      )}
    </section>
  );
}
