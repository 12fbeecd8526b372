import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney, formatPercent, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { intervalOf } from "~/lib/memberships/account-types.ts";
import type { OfficeLife } from "~/lib/memberships/office-life.ts";
import type { WithoutCard } from "~/lib/memberships/trial-words.ts";

type MembershipAheadProps = {
  life: OfficeLife;
  cancelAt: Date | string | null;
  /** What the next renewal costs, with what is booked and taken off. */
  nextAmount: number;
  /** What the end of its trial brings as long as no card has come; null: it is charged. */
  withoutCard: WithoutCard;
};

/** What is ahead for a membership, in sentences: what is booked, what is under way, what is unpaid and when it is tried again. */
export function MembershipAhead({ life, cancelAt, nextAmount, withoutCard }: MembershipAheadProps) {
  const t = useT();
  const locale = useLocale();
  const day = (at: Date | string) => formatDate(at, locale, "table");
  const { scheduled, inFlight, unpaid, pauseAt, resumeAt } = life;
  const sentences: string[] = [];
  const renews = !cancelAt && !pauseAt && (life.status === "active" || life.status === "trialing");
  const trialing = life.status === "trialing";
  const sum = nextAmount;
  const next =
    renews && life.currentPeriodEndAt
      ? t(trialing && withoutCard ? `memberships.next.${withoutCard}` : "memberships.next", {
          date: day(life.currentPeriodEndAt),
          sum: formatMoney({ amount: sum, currency: life.currency }, locale, "ledger"),
        })
      : null;
  if (cancelAt) sentences.push(t("memberships.scheduled.cancel", { date: day(cancelAt) }));
  if (pauseAt)
    sentences.push(
      resumeAt
        ? t("memberships.scheduled.pauseUntil", { date: day(pauseAt), until: day(resumeAt) })
        : t("memberships.scheduled.pause", { date: day(pauseAt) }),
    );
  if (scheduled?.kind === "plan" && scheduled.effectiveAt && scheduled.productName && scheduled.amount !== null) {
    const { amount, currency, interval, intervalCount } = scheduled;
    const price = formatPricePerInterval(
      { amount, currency: currency ?? life.currency },
      intervalOf({ interval: interval ?? "month", intervalCount: intervalCount ?? 1 }),
      locale,
      "ledger",
    );
    const date = day(scheduled.effectiveAt);
    sentences.push(
      scheduled.campaignId === null
        ? t("memberships.scheduled.plan", { product: scheduled.productName[locale], date, price })
        : t("memberships.scheduled.campaign", { date, price }),
    );
  }
  if (scheduled?.kind === "version" && scheduled.effectiveAt)
    sentences.push(t("memberships.scheduled.version", { date: day(scheduled.effectiveAt) }));
  if (
    (scheduled?.kind === "seats" || scheduled?.kind === "units") &&
    scheduled.effectiveAt &&
    scheduled.amount !== null
  )
    sentences.push(
      t(`memberships.scheduled.${scheduled.kind}`, {
        count: scheduled.quantity ?? 0,
        date: day(scheduled.effectiveAt),
        sum: formatMoney({ amount: scheduled.amount, currency: life.currency }, locale, "ledger"),
      }),
    );
  if (next) sentences.push(next);
  if (life.discount) {
    const { bps, amount, untilAt } = life.discount;
    const off =
      bps === null
        ? formatMoney({ amount: amount ?? 0, currency: life.currency }, locale, "ledger")
        : formatPercent(bps, locale);
    sentences.push(
      untilAt ? t("memberships.discount.until", { off, date: day(untilAt) }) : t("memberships.discount.ever", { off }),
    );
  }
  if (inFlight)
    sentences.push(
      inFlight.status === "unknown"
        ? t("memberships.inFlight.unknown")
        : inFlight.status === "awaiting_payment" && inFlight.expiresAt
          ? t("memberships.inFlight.waits", { until: day(inFlight.expiresAt) })
          : t(`memberships.inFlight.${inFlight.kind}`),
    );
  if (unpaid && (life.status === "past_due" || life.status === "unpaid")) {
    sentences.push(
      [
        `${t("memberships.unpaid", { sum: formatMoney({ amount: unpaid.amount, currency: unpaid.currency }, locale, "ledger") })}.`,
        withoutCard === "create_invoice" && unpaid.attempts.length === 0 ? t("memberships.unpaid.noCard") : "",
        unpaid.nextAttemptAt
          ? t("memberships.unpaid.next", { date: day(unpaid.nextAttemptAt) })
          : t("memberships.unpaid.last"),
        unpaid.attempts[0]
          ? t("memberships.unpaid.tried", { count: unpaid.attemptCount, date: day(unpaid.attempts[0].at) })
          : "",
        life.graceEndsAt
          ? t(life.graceOver ? "memberships.unpaid.locked" : "memberships.unpaid.grace", {
              date: day(life.graceEndsAt),
            })
          : "",
        unpaid.declineClass
          ? t("memberships.unpaid.reason", { reason: t(`checkout.decline.${unpaid.declineClass}`) })
          : "",
      ].join(" "),
    );
  }
  if (sentences.length === 0) return <p className="text-fg-muted">{t("memberships.nothing")}</p>;
  return (
    <ul className="flex flex-col gap-1">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
