import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { changeWords, type FeatureNames, type OfficePlan, problemWords } from "~/lib/plans/planning-words.ts";
import { Banner } from "../banner.tsx";

/** What is wrong with a draft, then what there is to consider. */
export function PlanProblems({ problems, names }: { problems: OfficePlan["problems"]; names: FeatureNames }) {
  const t = useT();
  const words = { t, locale: useLocale() };
  const of = (severity: "error" | "warning") => problems.filter((problem) => problem.severity === severity);
  const list = (some: OfficePlan["problems"]) => (
    <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
      {some.map((problem) => {
        const text = problemWords(problem, names, words);
        return <li key={text}>{text}</li>;
      })}
    </ul>
  );
  return (
    <div className="flex flex-col gap-3">
      {of("error").length === 0 ? (
        <Banner tone="ok" title={t("planning.fine")} />
      ) : (
        <Banner tone="bad" title={t("planning.errors", { count: of("error").length })}>
          {list(of("error"))}
        </Banner>
      )}
      {of("warning").length > 0 && (
        <Banner tone="warn" title={t("planning.warnings", { count: of("warning").length })}>
          {list(of("warning"))}
        </Banner>
      )}
    </div>
  );
}

/** What one version says other than another, line by line. */
export function PlanDiff({ changes, names }: { changes: OfficePlan["changes"]; names: FeatureNames }) {
  const t = useT();
  const words = { t, locale: useLocale() };
  if (changes.length === 0) return <p className="text-fg-muted">{t("planning.problem.nothing_new")}</p>;
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {changes.map((change) => {
        const text = changeWords(change, names, words);
        return (
          <li key={text} className="tabular break-words">
            {text}
          </li>
        );
      })}
    </ul>
  );
}
