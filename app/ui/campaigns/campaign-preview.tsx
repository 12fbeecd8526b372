import { priceFacts } from "~/lib/checkout/price-view.ts";
import { formatDateTime } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Badge } from "../badge.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { Price } from "../pricing/price.tsx";
import type { CampaignEditor } from "./campaign-editor-form.tsx";

/** What visitors would pay for a draft's products once it is published, and why where it is not the draft's price. */
export function CampaignPreview({ preview, previewAt }: Pick<CampaignEditor, "preview" | "previewAt">) {
  const t = useT();
  const locale = useLocale();
  return (
    <OfficeSection title={t("campaigns.editor.preview", { at: formatDateTime(previewAt, locale, "prose") })}>
      {preview.length === 0 ? (
        <p className="text-fg-muted">{t("campaigns.editor.previewNone")}</p>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {preview.map((one) => (
            <li
              key={`${one.variantId}:${one.price.currency}:${one.price.interval}`}
              className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4"
            >
              <p className="flex flex-wrap items-center justify-between gap-2">
                <span className="font-medium">
                  {[one.productName[locale], ...Object.values(one.options).map((option) => option[locale])].join(", ")}
                </span>
                <Badge tone={one.wins ? "ok" : "neutral"}>
                  {t(one.wins ? "campaigns.editor.winsHere" : "campaigns.editor.losesHere")}
                </Badge>
              </p>
              <Price {...priceFacts(one.price)} size="line" />
              {!one.wins && (
                <ul className="flex flex-col gap-1 text-fg-muted">
                  {one.lost
                    .filter((other) => other.reason !== "wrong_currency" && other.reason !== "wrong_interval")
                    .map((other) => (
                      <li key={`${other.campaignId}:${other.amount}:${other.reason}`}>
                        {other.campaignName}: {other.words[locale]}
                      </li>
                    ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
    </OfficeSection>
  );
}
