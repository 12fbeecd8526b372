import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { actorWord } from "~/lib/office/act-words.ts";
import type { FeatureNames, OfficePlan } from "~/lib/plans/planning-words.ts";
import { Badge } from "../badge.tsx";
import { Moment } from "../moment.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { PlanDiff } from "./plan-check.tsx";

type PlanVersionsProps = {
  versions: OfficePlan["versions"];
  names: FeatureNames;
  /** A draft can begin with an earlier version, which is how one goes back. */
  mayBegin: boolean;
};

/** Every version that was ever on sale, the newest first: who is on it, why it was made, and what it changed. */
export function PlanVersions({ versions, names, mayBegin }: PlanVersionsProps) {
  const t = useT();
  return (
    <ol className="flex flex-col divide-y divide-line border-y border-line">
      {versions.map((version) => (
        <li key={version.id} className="py-3">
          <details>
            <summary className="flex cursor-pointer flex-wrap items-baseline gap-3">
              <span className="font-medium">{t("planning.version", { version: version.version })}</span>
              <Badge tone={version.status === "published" ? "ok" : "neutral"}>
                {t(`planning.status.${version.status}`)}
              </Badge>
              <span className="tabular">
                {version.subscribers > 0 ? t("planning.paying", { count: version.subscribers }) : t("planning.noOne")}
              </span>
              <span className="ml-auto text-14 text-fg-muted">
                {version.publishedAt && <Moment at={version.publishedAt} withTime />}
              </span>
            </summary>
            <div className="flex flex-col gap-3 pt-3">
              <p className="max-w-prose">
                {version.reason}{" "}
                <span className="break-words text-fg-muted">{actorWord(version.createdBy, version.who, t)}</span>
              </p>
              <PlanDiff changes={version.changes} names={names} />
              {mayBegin && version.status === "retired" && (
                <Form method="post">
                  <input type="hidden" name="from" value={version.id} />
                  <SubmitButton name="act" value="start" size="compact" variant="outline">
                    {t("planning.startFrom")}
                  </SubmitButton>
                </Form>
              )}
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}
