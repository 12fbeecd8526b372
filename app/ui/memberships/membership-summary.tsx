import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { intervalOf, nextPaymentAt, type OwnMembership, trialOf } from "~/lib/memberships/account-types.ts";
import { useRootData } from "~/lib/page/root-data.ts";
import { Art } from "../art/art.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";
import { MembershipBadge } from "./membership-badge.tsx";
import { PeriodRail } from "./period-rail.tsx";
import { RenewalLine } from "./renewal-line.tsx";

/** What the member has: the plan, its state, the paid period and what happens at its end. */
export function MembershipSummary({ membership }: { membership: OwnMembership }) {
  const t = useT();
  const locale = useLocale();
  const now = useRootData()?.businessNow;
  const { currency, cancelAt, startedAt, currentPeriodStartAt, currentPeriodEndAt } = membership;
  const nextAt = nextPaymentAt(membership);
  const endsAt = cancelAt ?? membership.endedAt;
  const trial = trialOf(membership);
  const rests = membership.status === "paused";
  // The period that runs is not paid while a payment is missing.
  const unpaid = membership.status === "past_due" || membership.status === "unpaid";
  return (
    <article
      aria-labelledby={`${membership.id}-name`}
      className="flex flex-col gap-5 rounded-card border border-line bg-surface p-5 md:p-6"
    >
      <div className="flex items-start justify-between gap-4">
        <div className="flex flex-col items-start gap-2">
          <h2 id={`${membership.id}-name`} className="text-26">
            {membership.productName}
          </h2>
          <MembershipBadge of={membership} />
        </div>
        <Art name={membership.art} className="size-16" />
      </div>
      <p className="text-18">
        <RecurringSum of={membership} /> <span className="text-14 text-fg-muted">{t("prices.inclVat")}</span>
      </p>
      {startedAt && (
        <p className="text-14 text-fg-muted">{t("account.since", { date: formatDate(startedAt, locale, "prose") })}</p>
      )}
      {now && currentPeriodStartAt && currentPeriodEndAt && membership.endedAt === null && !rests && (
        <PeriodRail
          label={t(trial ? "account.membership.trial" : unpaid ? "invoices.period" : "account.period")}
          start={{
            at: currentPeriodStartAt,
            label: t(trial || unpaid ? "account.period.begins" : "account.period.start"),
          }}
          end={{
            at: currentPeriodEndAt,
            label: endsAt
              ? t("account.period.ends")
              : membership.pauseAt
                ? t("account.period.pauses")
                : trial
                  ? t(membership.freeTime ? "account.period.freeEnds" : "account.period.trialEnds")
                  : t("account.period.renewsSum", {
                      sum: formatMoney({ amount: membership.nextAmount, currency }, locale, "ledger"),
                    }),
          }}
          now={now}
        />
      )}
      {membership.pauseAt === null && (
        <RenewalLine
          interval={intervalOf(membership)}
          next={nextAt ? { sum: { amount: membership.nextAmount, currency }, at: nextAt } : null}
          endsAt={endsAt}
          trial={trial}
        />
      )}
    </article>
  );
}
