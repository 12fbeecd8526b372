import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { countryName } from "~/lib/format/country.ts";
import { formatDate, formatDateTime } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { Rich, useLocale, useT } from "~/lib/i18n/language.tsx";
import type { MessageKey } from "~/lib/i18n/translate.ts";
import type { BuyerOrder } from "~/lib/memberships/account-types.ts";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import { trialSentence } from "~/lib/memberships/trial-words.ts";
import type { WithdrawOffer } from "~/lib/orders/withdraw-step.ts";
import { type Description, DescriptionList } from "../description-list.tsx";
import { OrderBadges } from "./order-badges.tsx";
import { OrderSums } from "./order-sums.tsx";

/** An order as its buyer sees it: how far it has come, what it held, what it cost, where it goes. */
export function OrderDetail({
  order,
  withdraw,
  children,
}: {
  order: BuyerOrder;
  withdraw: WithdrawOffer;
  children?: ReactNode;
}) {
  const t = useT();
  const locale = useLocale();
  const rows: Description[] = [];
  if (order.card) {
    const { brand, last4 } = order.card;
    rows.push({ term: t("account.order.paidWith"), value: t("checkout.card", { brand: cardBrand(brand), last4 }) });
  }
  rows.push({ term: t("account.order.receiptTo"), value: order.email });
  if (order.shippingAddress) {
    const { name, line1, line2, postalCode, city, country } = order.shippingAddress;
    rows.push({
      term: t("account.order.address"),
      value: (
        <address className="not-italic">
          {[name, line1, line2, `${postalCode} ${city}`, countryName(country, locale)].filter(Boolean).map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </address>
      ),
    });
  }
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col items-start gap-2">
        <h1 className="text-26">{t("account.order.title", { number: order.number })}</h1>
        <p className="text-18">{t(orderState(order))}</p>
        <OrderBadges order={order} />
        {order.parcel && <Parcel of={order.parcel} />}
        <p className="text-14 text-fg-muted">
          {t("account.order.placed", { date: formatDateTime(order.placedAt, locale, "prose") })}
        </p>
      </div>
      {children}
      <OrderSums order={order} />
      {order.trial && (
        <p>
          {trialSentence(
            {
              sum: formatMoney(order.trial.later, locale, "ledger"),
              date: formatDate(order.trial.endsAt, locale, "prose"),
              count: order.trial.noticeDays,
              withoutCard: order.trial.withoutCard,
            },
            locale,
          )}
        </p>
      )}
      <DescriptionList rows={rows} prose />
      {withdraw && <Withdraw offer={withdraw} />}
    </div>
  );
}

/** That it can be taken back, and until when. */
function Withdraw({ offer: { to, lastDay } }: { offer: NonNullable<WithdrawOffer> }) {
  const t = useT();
  const locale = useLocale();
  const link = <Link to={to}>{t("shop.footer.withdraw")}</Link>;
  return (
    <p>
      {lastDay ? (
        <Rich
          message="account.order.withdrawUntil"
          values={{ link, date: <time dateTime={lastDay}>{formatDate(lastDay, locale, "prose")}</time> }}
        />
      ) : (
        <Rich message="account.order.withdraw" values={{ link }} />
      )}
    </p>
  );
}

/** Who carries the goods, and how to follow them. */
function Parcel({ of: { carrier, trackingNumber, trackingUrl } }: { of: NonNullable<BuyerOrder["parcel"]> }) {
  const t = useT();
  const said = [
    carrier && t("goods.with", { carrier }),
    trackingNumber && t("goods.number", { number: trackingNumber }),
  ].filter(Boolean);
  if (said.length === 0 && !trackingUrl) return null;
  return (
    <p>
      {said.join(" · ")}{" "}
      {trackingUrl && (
        <a href={trackingUrl} rel="noreferrer">
          {t("goods.follow")}
        </a>
      )}
    </p>
  );
}

type StateKey = Extract<MessageKey, `account.order.${string}`>;

/** Money first, then goods: what the buyer waits for, in one sentence. */
function orderState({ status, paymentStatus, fulfilmentStatus }: BuyerOrder) {
  if (status === "awaiting_payment") return "account.order.unpaid" satisfies StateKey;
  if (status === "cancelled") return "account.order.cancelled" satisfies StateKey;
  if (paymentStatus === "refunded") return "account.order.paidBack" satisfies StateKey;
  switch (fulfilmentStatus) {
    case "not_started":
      return "account.order.waiting" satisfies StateKey;
    case "in_production":
      return "account.order.inProduction" satisfies StateKey;
    case "shipped":
      return "account.order.shipped" satisfies StateKey;
    case "stopped":
      return "account.order.stopped" satisfies StateKey;
    default:
      return "account.order.paid" satisfies StateKey;
  }
}
