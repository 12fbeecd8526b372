import { Link } from "@remix-run/react";
import type { Purchase } from "~/lib/checkout/cart-types.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { Rich, useLocale, useT } from "~/lib/i18n/language.tsx";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import { trialSentence } from "~/lib/memberships/trial-words.ts";

/** What was paid, with what, and what happens next to the buyer's money. */
export function PurchaseDone({ purchase, signedIn }: { purchase: Purchase; signedIn: boolean }) {
  const t = useT();
  const locale = useLocale();
  const { payment, membership, email, currency, credits } = purchase;
  const sum = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const paid = { sum: sum(purchase.totalAmount) };
  const next = {
    sum: membership ? sum(membership.nextAmount) : "",
    date: membership?.nextPaymentAt ? formatDate(membership.nextPaymentAt, locale, "prose") : "",
  };
  return (
    <div className="tabular flex flex-col gap-1 text-18">
      {!(membership?.trialRefused && purchase.totalAmount === 0) && (
        <p>
          {purchase.totalAmount === 0
            ? t("checkout.return.nothingYet")
            : payment?.brand && payment.last4
              ? t("checkout.return.paidWith", {
                  ...paid,
                  card: t("checkout.card", { brand: cardBrand(payment.brand), last4: payment.last4 }),
                })
              : t("checkout.return.paid", paid)}
        </p>
      )}
      {credits && <p>{t("checkout.return.credits", { count: credits.bought })}</p>}
      {credits?.available != null && <p>{t("checkout.return.balance", { count: credits.available })}</p>}
      {membership?.nextPaymentAt && !membership.trialRefused && (
        <p>
          {membership.trialNoticeDays === null
            ? t("prices.nextPayment", next)
            : trialSentence(
                { ...next, count: membership.trialNoticeDays, withoutCard: membership.withoutCard },
                locale,
              )}
        </p>
      )}
      {email && <p>{t("checkout.return.receiptSent", { email })}</p>}
      {email && !signedIn && (
        <p className="pt-2 text-16">
          <Rich
            message="checkout.return.account"
            values={{ email, link: <Link to="/signup">{t("identity.signup.submit")}</Link> }}
          />
        </p>
      )}
    </div>
  );
}
