import { formatDate } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { withdrawHref } from "~/lib/orders/withdraw-step.ts";
import type { WithdrawableOrder } from "~/lib/orders/withdraw-types.ts";
import { LinkButton } from "../link-button.tsx";

/** A member's own purchases that can still be taken back, each with its last day. */
export function OwnPurchases({ orders }: { orders: readonly WithdrawableOrder[] }) {
  const t = useT();
  const locale = useLocale();
  if (orders.length === 0) return <p className="text-fg-muted">{t("withdraw.mineNone")}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {orders.map((order) => (
        <li key={order.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
          <div className="min-w-0">
            <p className="font-medium">{order.what.join(", ")}</p>
            <p className="text-14 text-fg-muted">
              {t("withdraw.order", { number: order.number })} ·{" "}
              {t("withdraw.ordered", { date: formatDate(order.placedAt, locale, "prose") })}
            </p>
            <p className="text-14 text-fg-muted">
              {order.lastDay
                ? t("withdraw.untilDay", { date: formatDate(order.lastDay, locale, "prose") })
                : t("withdraw.untilReceived")}
            </p>
          </div>
          <LinkButton to={withdrawHref({ orderId: order.id })}>
            {t("withdraw.chooseOrder", { number: order.number })}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
