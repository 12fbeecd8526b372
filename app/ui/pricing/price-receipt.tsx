import { formatDateTime } from "~/lib/format/dates.ts";
import { formatMoney, formatPercent, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Locale } from "~/lib/locale.ts";
import type { Caller } from "../../../server/trpc/router.ts";
import { PriceReasons } from "./price-reasons.tsx";

export type PriceReceiptView = Awaited<ReturnType<Caller["pricing"]["receipts"]["get"]>>;

/** A sum of the receipt with its interval: `299,00 kr/mån`. */
export function receiptSum(receipt: PriceReceiptView, amount: number, locale: Locale): string {
  const money = { amount, currency: receipt.currency };
  const { interval, intervalCount } = receipt;
  return interval === null
    ? formatMoney(money, locale, "ledger")
    : formatPricePerInterval(money, { unit: interval, count: intervalCount ?? 1 }, locale, "ledger");
}

/** Why somebody paid what they paid, in sentences: what held, against what, and what else there was. */
export function PriceReceipt({ receipt }: { receipt: PriceReceiptView }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="flex max-w-prose flex-col gap-4">
      <p className="text-fg-muted">
        {t("campaigns.receipt.when", {
          product: receipt.productName[locale],
          at: formatDateTime(receipt.at, locale, "prose"),
        })}
      </p>
      {receipt.quantity > 1 && (
        <p className="text-18">
          {t("units.price", {
            count: receipt.quantity,
            each: formatMoney({ amount: receipt.amount, currency: receipt.currency }, locale, "ledger"),
            sum: receiptSum(receipt, receipt.amount * receipt.quantity, locale),
          })}
        </p>
      )}
      <p className="text-18">
        {receipt.campaign === null
          ? t("campaigns.receipt.byDefault")
          : t("campaigns.receipt.byCampaign", {
              campaign: receipt.campaign.name,
              defaultPrice:
                receipt.defaultAmount === null ? t("words.none") : receiptSum(receipt, receipt.defaultAmount, locale),
            })}
      </p>
      {receipt.campaign !== null && (
        <p>
          {receipt.lowest30Days === null
            ? t("campaigns.receipt.noLowest")
            : t("campaigns.receipt.lowest", { sum: receiptSum(receipt, receipt.lowest30Days, locale) })}
        </p>
      )}
      {(receipt.trialDays > 0 || receipt.setupFeeAmount > 0) && (
        <p>
          {[
            receipt.trialDays > 0
              ? t(receipt.trialWithoutCard ? "prices.trialFree" : "prices.trialTerm", { count: receipt.trialDays })
              : null,
            receipt.setupFeeAmount > 0
              ? t("prices.setupFee", {
                  sum: formatMoney({ amount: receipt.setupFeeAmount, currency: receipt.currency }, locale, "ledger"),
                })
              : null,
          ]
            .filter((term) => term !== null)
            .join(" ")}
        </p>
      )}
      <p>{t("campaigns.receipt.tax", { rate: formatPercent(receipt.taxRateBps, locale) })}</p>
      <h2 className="text-18 font-bold">{t("campaigns.receipt.others")}</h2>
      {receipt.others.length === 0 ? (
        <p>{t("campaigns.receipt.noOthers")}</p>
      ) : (
        <PriceReasons others={receipt.others} />
      )}
      <h2 className="text-18 font-bold">{t("campaigns.receipt.howTitle")}</h2>
      <p>{t("campaigns.receipt.how")}</p>
      <p className="text-14 text-fg-muted">{t("campaigns.receipt.keep")}</p>
    </div>
  );
}
