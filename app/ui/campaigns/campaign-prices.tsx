import { priceFacts } from "~/lib/checkout/price-view.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Caller } from "../../../server/trpc/router.ts";
import { Badge } from "../badge.tsx";
import { CopyText } from "../copy-text.tsx";
import { Money } from "../money.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { Price } from "../pricing/price.tsx";

export type OfficeCampaign = Awaited<ReturnType<Caller["pricing"]["campaigns"]["get"]>>;

/** A campaign's prices with what keeps each from being used, and what visitors pay because of them (or in spite of them). */
export function CampaignPrices({ campaign }: { campaign: OfficeCampaign }) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      <OfficeSection title={t("office.campaigns.prices")}>
        {campaign.prices.length === 0 && (
          <p className="text-fg-muted">{t(`office.campaigns.noPrices.${campaign.source}`)}</p>
        )}
        <ul className="flex flex-col divide-y divide-line border-line not-empty:border-y">
          {campaign.prices.map((price) => (
            <li key={price.id} className="flex flex-col gap-1 py-3">
              <p className="flex flex-wrap items-center gap-3">
                <CopyText text={price.stripePriceId} what={t("office.campaigns.price")} />
                {price.amount !== null && price.currency !== null && (
                  <Money of={{ amount: price.amount, currency: price.currency }} />
                )}
                {price.problems.length === 0 && <Badge tone="ok">{t("office.campaigns.usable")}</Badge>}
              </p>
              {price.problems.map((problem) => (
                <p key={`${problem.productId}:${problem.reason}`} className="flex flex-wrap items-center gap-2">
                  <Badge tone="warn">{problem.productId}</Badge>
                  {problem.words[locale]}
                </p>
              ))}
            </li>
          ))}
        </ul>
      </OfficeSection>
      {campaign.charged.length > 0 && (
        <OfficeSection title={t("office.campaigns.charged")}>
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {campaign.charged.map((one) => (
              <li
                key={`${one.variantId}:${one.price.currency}:${one.price.interval}`}
                className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4"
              >
                <p className="flex flex-wrap items-center justify-between gap-2">
                  <span className="font-medium">
                    {[one.name[locale], ...Object.values(one.options).map((option) => option[locale])].join(", ")}
                  </span>
                  <Badge tone={one.wins ? "ok" : "neutral"}>
                    {t(one.wins ? "office.campaigns.wins" : "office.campaigns.loses")}
                  </Badge>
                </p>
                <Price {...priceFacts(one.price)} size="line" />
              </li>
            ))}
          </ul>
        </OfficeSection>
      )}
    </>
  );
}
