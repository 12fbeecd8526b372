import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { WithoutCard } from "~/lib/memberships/trial-words.ts";
import { Button } from "../button.tsx";
import { type Description, DescriptionList } from "../description-list.tsx";
import { MembershipBadge } from "../memberships/membership-badge.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";

type PlanSubscriptionProps = {
  plan: { name: string; version: number } | null;
  subscription: {
    status: Parameters<typeof MembershipBadge>[0]["of"]["status"];
    currency: string;
    amount: number;
    interval: string;
    currentPeriodEndAt: Instant | null;
    cancelAt: Instant | null;
    /** What the end of its trial brings, as long as no card has come. */
    withoutCard: WithoutCard;
    freeTime: boolean;
    bookedAt: Instant | null;
    bookedKind: string | null;
    bookedAmount: number | null;
    bookedSeats: number | null;
    /** Seats that are paid for beside those that the plan holds. */
    extraSeats: number;
  } | null;
  organizationId: string;
  mayPay: boolean;
  /** The ways to change it. */
  children: ReactNode;
};

/** Which plan it is, how it is paid, and the way to its bills. */
export function PlanSubscription({ plan, subscription, organizationId, mayPay, children }: PlanSubscriptionProps) {
  const t = useT();
  const locale = useLocale();
  if (!plan) return <p>{t("plans.mine.noPlan")}</p>;
  const rows: Description[] = [
    { term: t("plans.mine.plan"), value: t("plans.mine.version", { plan: plan.name, version: plan.version }) },
  ];
  if (subscription) {
    const { status, cancelAt, freeTime, currentPeriodEndAt, withoutCard } = subscription;
    rows.push({ term: t("plans.mine.price"), value: <RecurringSum of={{ ...subscription, intervalCount: 1 }} /> });
    rows.push({ term: t("plans.mine.status"), value: <MembershipBadge of={{ status, cancelAt, freeTime }} /> });
    if (cancelAt) rows.push({ term: t("plans.mine.ends"), value: formatDate(cancelAt, locale, "prose") });
    else if (currentPeriodEndAt && status === "trialing" && withoutCard)
      rows.push({
        term: t("account.period.trialEnds"),
        value: t(`card.trial.${withoutCard}`, {
          product: plan.name,
          date: formatDate(currentPeriodEndAt, locale, "prose"),
          sum: formatMoney({ amount: subscription.amount, currency: subscription.currency }, locale, "ledger"),
        }),
      });
    else if (currentPeriodEndAt && status !== "paused")
      rows.push({ term: t("plans.mine.renews"), value: formatDate(currentPeriodEndAt, locale, "prose") });
    const { bookedAt, bookedKind, bookedAmount, bookedSeats, currency, amount, extraSeats } = subscription;
    if (extraSeats > 0) rows.push({ term: t("seats.bought"), value: String(extraSeats) });
    if (bookedAt && bookedKind) {
      const date = formatDate(bookedAt, locale, "prose");
      const sum = (of: number) => formatMoney({ amount: of, currency }, locale, "ledger");
      rows.push({
        term: t("plans.mine.booked"),
        value:
          bookedKind === "seats" && bookedAmount !== null
            ? t("plans.mine.bookedSeats", { date, count: bookedSeats ?? 0, sum: sum(bookedAmount) })
            : bookedKind === "plan" && bookedAmount !== null
              ? t("plans.mine.bookedPrice", { date, before: sum(amount), after: sum(bookedAmount) })
              : t("plans.mine.bookedTerms", { date }),
      });
    }
  }
  return (
    <>
      <DescriptionList rows={rows} />
      {children}
      {subscription && mayPay && (
        <Form method="post" reloadDocument>
          <input type="hidden" name="organizationId" value={organizationId} />
          <Button type="submit" name="portal" value="1">
            {t("plans.mine.portal")}
          </Button>
        </Form>
      )}
    </>
  );
}
