import { Link, useSearchParams } from "@remix-run/react";
import { formatMoney, formatPercent } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { BuyerOrder } from "~/lib/memberships/account-types.ts";
import { Money } from "../money.tsx";

/** The lines of an order and what they come to, with the tax of each rate. */
export function OrderSums({ order }: { order: BuyerOrder }) {
  const t = useT();
  const locale = useLocale();
  const { currency } = order;
  // A guest reads the order by the token in its address; the receipt opens with the same.
  const ref = useSearchParams()[0].get("ref");
  return (
    <table className="w-full">
      <caption className="pb-2 text-left text-21 font-bold">{t("account.order.lines")}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("account.order.item")}</th>
          <th scope="col">{t("account.order.quantity")}</th>
          <th scope="col">{t("account.billing.sum")}</th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line) => (
          <tr key={`${line.productId} ${line.name}`} className="border-t border-line">
            <th scope="row" className="min-w-16 py-3 pr-4 text-left font-normal wrap-anywhere">
              {line.name}
              <Link
                to={`/price/${line.priceReceiptId}${ref === null ? "" : `?ref=${encodeURIComponent(ref)}`}`}
                className="no-print block text-14"
              >
                {t("campaigns.receipt.why")}
              </Link>
            </th>
            <td className="py-3 pr-4 text-right whitespace-nowrap text-fg-muted">
              {line.quantity} × <Money of={{ amount: line.unitAmount, currency }} />
            </td>
            <td className="py-3 text-right">
              <Money of={{ amount: line.totalAmount, currency }} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-t border-line-strong font-bold">
          <th scope="row" colSpan={2} className="pt-3 pr-4 text-left">
            {t("prices.total")}
          </th>
          <td className="pt-3 text-right">
            <Money of={{ amount: order.totalAmount, currency }} />
          </td>
        </tr>
        {order.taxes.map((tax) => (
          <tr key={tax.rateBps}>
            <td colSpan={3} className="text-right text-14 text-fg-muted">
              {t("prices.ofWhichVat", {
                rate: formatPercent(tax.rateBps, locale),
                sum: formatMoney({ amount: tax.taxAmount, currency }, locale, "ledger"),
              })}
            </td>
          </tr>
        ))}
        {order.refundedAmount > 0 && (
          <tr>
            <th scope="row" colSpan={2} className="pt-2 pr-4 text-left font-normal">
              {t("account.order.refunded")}
            </th>
            <td className="pt-2 text-right">
              <Money of={{ amount: -order.refundedAmount, currency }} />
            </td>
          </tr>
        )}
      </tfoot>
    </table>
  );
}
