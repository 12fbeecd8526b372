import type { OwnMembership } from "~/lib/account-types.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Banner } from "./banner.tsx";
import { LinkButton } from "./link-button.tsx";

/** On every page of the account while a payment is missing; it cannot be dismissed. */
export function OverdueBanner({ memberships }: { memberships: readonly OwnMembership[] }) {
  const t = useT();
  const locale = useLocale();
  const toMembership = <LinkButton to="/account/membership">{t("checkout.return.toMembership")}</LinkButton>;
  return memberships.map((membership) => {
    const { status, amount, currency } = membership;
    const sum = formatMoney({ amount, currency }, locale, "ledger");
    if (status === "past_due") {
      return (
        <Banner key={membership.id} tone="bad" title={t("account.overdue", { sum })} actions={toMembership}>
          {t("account.overdue.text")}
        </Banner>
      );
    }
    if (status === "unpaid") {
      return (
        <Banner key={membership.id} tone="bad" title={t("account.locked", { sum })} actions={toMembership}>
          {t("account.locked.text")}
        </Banner>
      );
    }
    return null;
  });
}
