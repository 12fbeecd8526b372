import { useT } from "~/lib/i18n/language.tsx";
import { valueWord } from "~/lib/plans/plan-words.ts";

export type MatrixPlan = {
  code: string;
  name: string;
  holds: Readonly<Record<string, Parameters<typeof valueWord>[0]>>;
};

type PlanMatrixProps = { plans: readonly MatrixPlan[]; features: readonly { key: string; name: string }[] };

/** What each plan holds, feature by feature, side by side. */
export function PlanMatrix({ plans, features }: PlanMatrixProps) {
  const t = useT();
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <caption className="sr-only">{t("plans.matrix")}</caption>
        <thead>
          <tr className="border-b border-line-strong text-14 text-fg-muted">
            <th scope="col" className="py-3 pr-4 font-medium">
              {t("plans.feature")}
            </th>
            {plans.map(({ code, name }) => (
              <th key={code} scope="col" className="px-2 py-3 font-medium">
                {name.replace(/^PromptForge /, "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {features.map(({ key, name }) => (
            <tr key={key} className="border-b border-line">
              <th scope="row" className="py-3 pr-4 font-normal">
                {name}
              </th>
              {plans.map(({ code, holds }) => (
                <td key={code} className="tabular px-2 py-3">
                  {valueWord(holds[key], t)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
