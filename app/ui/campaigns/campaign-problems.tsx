import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { fillMessage } from "~/lib/i18n/translate.ts";
import { Badge } from "../badge.tsx";
import { Banner } from "../banner.tsx";
import type { CampaignEditor } from "./campaign-editor-form.tsx";

type Problem = CampaignEditor["problems"][number];

/** What is wrong with a draft and what to do about it; then what there is to consider. */
export function CampaignProblems({ problems, catalog }: Pick<CampaignEditor, "problems" | "catalog">) {
  const t = useT();
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  return (
    <div className="flex flex-col gap-3">
      {errors.length === 0 ? (
        <Banner tone="ok" title={t("campaigns.editor.fine")} />
      ) : (
        <Banner tone="bad" title={t("campaigns.editor.errors", { count: errors.length })}>
          <Sentences problems={errors} catalog={catalog} />
        </Banner>
      )}
      {warnings.length > 0 && (
        <Banner tone="warn" title={t("campaigns.editor.warnings", { count: warnings.length })}>
          <Sentences problems={warnings} catalog={catalog} />
        </Banner>
      )}
    </div>
  );
}

function Sentences({ problems, catalog }: { problems: readonly Problem[]; catalog: CampaignEditor["catalog"] }) {
  const t = useT();
  const locale = useLocale();
  const money = (amount: number | undefined, currency: string | undefined) =>
    amount === undefined || currency === undefined ? "" : formatMoney({ amount, currency }, locale, "ledger");
  return (
    <ul className="mt-2 flex flex-col gap-2">
      {problems.map((problem, index) => {
        const line = /^prices\.(\d+)$/.exec(problem.field)?.[1];
        const product = catalog.find(({ id }) => id === problem.productId)?.name[locale] ?? problem.productId ?? "";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two problems may read alike
          <li key={index} className="flex flex-wrap items-baseline gap-2">
            {line !== undefined && (
              <Badge tone="neutral">{t("campaigns.editor.price", { number: Number(line) + 1 })}</Badge>
            )}
            <span>
              {fillMessage(locale, `campaigns.editor.problem.${problem.code}`, {
                product,
                currency: problem.currency ?? "",
                other: problem.other ?? "",
                amount: money(problem.amount, problem.currency),
                defaultAmount: money(problem.defaultAmount, problem.currency),
              })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
