import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney, formatPercent } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { OfficeLife } from "~/lib/memberships/office-life.ts";
import { ActReason } from "../office/act-reason.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { Act } from "./membership-act.tsx";

type DiscountActsProps = { life: OfficeLife; discounts: NonNullable<OfficeLife["discounts"]>; formKey: string };

/** Money off: each share says what is charged then, each length which payments it is taken off; and its end. */
export function DiscountActs({ life, discounts, formKey }: DiscountActsProps) {
  const t = useT();
  const locale = useLocale();
  const { allowed, discount, currentPeriodEndAt } = life;
  const [first] = discounts.months;
  if (!allowed.discount || !currentPeriodEndAt) return null;
  const sum = (amount: number) => formatMoney({ amount, currency: life.currency }, locale, "ledger");
  const renewsAt = <input type="hidden" name="renewsAt" value={new Date(currentPeriodEndAt).toISOString()} />;
  return (
    <>
      {first && (
        <Act title={t("memberships.discount")} intent="discount" formKey={formKey}>
          {renewsAt}
          <p>{t("memberships.discount.text")}</p>
          <Select
            compact
            name="bps"
            label={t("memberships.discount.share")}
            options={discounts.shares.map(({ bps, amount }) => ({
              value: String(bps),
              label: t("memberships.discount.shareOption", {
                percent: formatPercent(bps, locale),
                sum: sum(amount),
                full: sum(life.amount),
              }),
            }))}
          />
          <Select
            compact
            name="months"
            label={t("memberships.discount.months")}
            options={discounts.months.map(({ months, charges, lastAt }) => ({
              value: String(months),
              label: t("memberships.discount.option", {
                months,
                count: charges,
                date: formatDate(lastAt, locale, "table"),
              }),
            }))}
          />
          <ActReason of="discount" />
          <SubmitButton size="compact" name="intent" value="discount">
            {t("memberships.discount.do")}
          </SubmitButton>
        </Act>
      )}
      {discount && (
        <Act title={t("memberships.discount.end")} intent="endDiscount" formKey={formKey}>
          {renewsAt}
          <p>{t("memberships.discount.endText")}</p>
          <ActReason of="end-discount" />
          <SubmitButton size="compact" name="intent" value="endDiscount">
            {t("memberships.discount.end")}
          </SubmitButton>
        </Act>
      )}
    </>
  );
}
