import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { LivingMembership } from "~/lib/membership-life.ts";
import { Banner } from "./banner.tsx";
import { WishButton } from "./membership-plans-ahead.tsx";

/** A payment that did not go through: the sum, why, when it is tried again, and the press that tries it now. */
export function OverdueNotice({ of: { membership, life }, formKey }: { of: LivingMembership; formKey: string }) {
  const t = useT();
  const locale = useLocale();
  const { unpaid, allowed } = life;
  if (!unpaid || (membership.status !== "past_due" && membership.status !== "unpaid")) return null;
  const sum = formatMoney({ amount: unpaid.amount, currency: unpaid.currency }, locale, "ledger");
  const sentences = [
    unpaid.declineClass ? t(`checkout.decline.${unpaid.declineClass}`) : null,
    t("membership.overdue.untouched"),
    unpaid.nextAttemptAt
      ? t("membership.overdue.next", { date: formatDate(unpaid.nextAttemptAt, locale, "prose") })
      : t("membership.overdue.last"),
  ].filter((sentence) => sentence !== null);
  return (
    <Banner
      tone="bad"
      title={t(membership.status === "unpaid" ? "account.locked" : "membership.overdue", { sum })}
      actions={
        allowed.retry && (
          <WishButton intent="retry" id={membership.id} formKey={formKey} variant="solid">
            {t("membership.retry")}
          </WishButton>
        )
      }
    >
      {sentences.join(" ")}
    </Banner>
  );
}
