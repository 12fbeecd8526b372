import { Link } from "@remix-run/react";
import { formatMoney, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { OfficeOrder } from "./order-payments.tsx";

/** Why each line cost what it did, in plain words, as it was decided then. */
export function OrderReceipts({ receipts }: { receipts: OfficeOrder["receipts"] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="flex flex-col gap-3">
      {receipts.map((receipt) => {
        const money = { amount: receipt.amount, currency: receipt.currency };
        const unit = intervalUnit(receipt.interval);
        const price = unit
          ? formatPricePerInterval(money, { unit, count: receipt.intervalCount ?? 1 }, locale, "ledger")
          : formatMoney(money, locale, "ledger");
        return (
          <li key={receipt.id} className="flex flex-col gap-1">
            <p>
              {receipt.campaignId
                ? t("office.orders.receipt.campaign", { campaign: receipt.campaignName ?? receipt.campaignId, price })
                : t("office.orders.receipt.default", { price })}
            </p>
            <p>
              <Link to={`/admin/receipts/${receipt.id}`}>{t("campaigns.receipt.open")}</Link>
            </p>
            <p className="text-13 break-all text-fg-muted">
              {t("office.orders.receipt.rule", { rule: receipt.rule, stripePrice: receipt.stripePriceId })}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

const UNITS = ["day", "week", "month", "year"] as const;

function intervalUnit(interval: string | null) {
  return UNITS.find((unit) => unit === interval) ?? null;
}
