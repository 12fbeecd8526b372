import { formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import type { Period } from "~/lib/memberships/memberships.ts";
import type { PlanChoice } from "~/lib/memberships/plan-choices.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { LinkButton } from "../link-button.tsx";
import { Price } from "../pricing/price.tsx";
import { Tabs } from "../tabs.tsx";

type PlanChoiceProps = {
  /** Where a choice is shown with what it costs. */
  path: string;
  period: Period;
  choices: readonly PlanChoice[];
  organizationId: string | null;
  /** The form that one has. */
  presentVariantId: string | null;
  now: { product: string; amount: number; currency: string; interval: Period; intervalCount: number };
};

/** What a membership or plan could become: each with its price as it is offered now, and the way to see what the change costs. */
export function PlanChoiceList({ path, period, choices, organizationId, presentVariantId, now }: PlanChoiceProps) {
  const t = useLifeWords(organizationId);
  const locale = useLocale();
  const price = formatPricePerInterval(now, { unit: now.interval, count: now.intervalCount }, locale, "ledger");
  return (
    <div className="flex flex-col items-start gap-6">
      <p className="text-18">{t("membership.plan.have", { product: now.product, price })}</p>
      <Tabs
        look="segmented"
        label={t("membership.plan.period")}
        tabs={(["month", "year"] as const).map((one) => ({
          to: `${path}?period=${one}`,
          label: t(`membership.plan.${one}`),
          current: one === period,
        }))}
      />
      <ul className="flex w-full flex-col divide-y divide-line border-y border-line">
        {choices.map(({ productId, variantId, name, summary, price: offered }) => (
          <li key={variantId} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-5">
            <div className="flex min-w-0 flex-col gap-1">
              <h2 className="text-18 font-bold">{name}</h2>
              <p className="max-w-prose text-14 text-fg-muted">{summary}</p>
              <Price {...offered} size="line" style="ledger" />
            </div>
            {variantId === presentVariantId ? (
              <p className="font-medium">{t("membership.plan.yours")}</p>
            ) : (
              <LinkButton to={`${path}?period=${period}&product=${productId}&to=${variantId}`}>
                {t("membership.plan.choose")}
                <span className="sr-only"> {name}</span>
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
