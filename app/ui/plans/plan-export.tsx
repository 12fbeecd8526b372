import { Link } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { type Reasoned, reasonWords } from "~/lib/plans/plan-words.ts";
import { Entitled } from "./entitled.tsx";

const FORMATS = [
  ["canExportJSON", "json"],
  ["canExportPDF", "pdf"],
  ["canExportBundleZip", "zip"],
] as const;

type PlanExportProps = {
  organizationId: string;
  features: readonly (Reasoned & { key: string; name: string })[];
  plan: string;
  names: Readonly<Record<string, string>>;
};

/** What an organization's data can be taken along as; where its plan does not include it, which do. */
export function PlanExport({ organizationId, features, plan, names }: PlanExportProps) {
  const t = useT();
  const locale = useLocale();
  const href = (format: string) =>
    `/account/plan/export?organization=${encodeURIComponent(organizationId)}&format=${format}`;
  return (
    <section className="flex flex-col gap-4" aria-labelledby="take">
      <div className="flex flex-col gap-1">
        <h2 id="take" className="text-21">
          {t("plans.mine.take")}
        </h2>
        <p className="max-w-prose">{t("plans.mine.takeText")}</p>
      </div>
      <ul className="flex flex-col gap-3">
        {FORMATS.map(([key, format]) => {
          const feature = features.find((one) => one.key === key);
          const without = feature && (
            <li>
              {feature.name}: <span className="text-fg-muted">{reasonWords(feature, plan, names, { t, locale })}</span>{" "}
              <Link to="/plans">{t("plans.mine.compare")}</Link>
            </li>
          );
          return (
            <Entitled key={key} to={key} otherwise={without}>
              <li>
                <a href={href(format)}>{t(`plans.mine.export.${format}`)}</a>
              </li>
            </Entitled>
          );
        })}
      </ul>
    </section>
  );
}
