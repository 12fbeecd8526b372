import { useT } from "~/lib/i18n/language.tsx";
import { Badge } from "../badge.tsx";
import { Moment } from "../moment.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { CampaignChanges } from "./campaign-changes.tsx";
import type { CampaignEditor } from "./campaign-editor-form.tsx";

/** Every version of a campaign: who published it, why, and what it changed. */
export function CampaignVersions({ versions, catalog }: Pick<CampaignEditor, "versions" | "catalog">) {
  const t = useT();
  if (versions.length === 0) return null;
  return (
    <OfficeSection title={t("campaigns.editor.versions")}>
      <ol className="flex flex-col divide-y divide-line border-y border-line">
        {versions.map((version) => (
          <li key={version.version} className="py-3">
            <details>
              <summary className="flex flex-wrap items-baseline gap-3">
                <span className="font-medium">{t("campaigns.editor.version", { version: version.version })}</span>
                <Badge tone={version.kind === "published" ? "ok" : "neutral"}>
                  {t(`campaigns.editor.kind.${version.kind}`)}
                </Badge>
                <span>{version.reason}</span>
                <span className="ml-auto text-fg-muted">
                  {version.actor} <Moment at={version.at} withTime />
                </span>
              </summary>
              <div className="pt-3">
                <CampaignChanges changes={version.changes} catalog={catalog} />
              </div>
            </details>
          </li>
        ))}
      </ol>
    </OfficeSection>
  );
}
