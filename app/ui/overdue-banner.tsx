import type { OwnMembership } from "~/lib/account-types.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { useRootData } from "~/lib/root-data.ts";
import { Banner } from "./banner.tsx";

/** On every page of the account while a payment is missing; it cannot be dismissed. */
export function OverdueBanner({ memberships }: { memberships: readonly OwnMembership[] }) {
  const t = useT();
  const locale = useLocale();
  const email = useRootData()?.company.email ?? "";
  return memberships.map((membership) => {
    const { status, amount, currency } = membership;
    const sum = formatMoney({ amount, currency }, locale, "ledger");
    if (status === "past_due") {
      return (
        <Banner key={membership.id} tone="bad" title={t("account.overdue", { sum })}>
          {t("account.overdue.text", { email })}
        </Banner>
      );
    }
    if (status === "unpaid") {
      return (
        <Banner key={membership.id} tone="bad" title={t("account.locked", { sum })}>
          {t("account.locked.text", { email })}
        </Banner>
      );
    }
    return null;
  });
}
