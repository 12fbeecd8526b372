import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { type Reasoned, reasonWords, valueWord } from "~/lib/plans/plan-words.ts";

type PlanReasonsProps = {
  features: readonly (Reasoned & { key: string; name: string })[];
  plan: string;
  /** What plans are called, by code. */
  names: Readonly<Record<string, string>>;
};

/** Each feature of an organization, what it is worth, and why it has it or has it not. */
export function PlanReasons({ features, plan, names }: PlanReasonsProps) {
  const t = useT();
  const locale = useLocale();
  return (
    <dl className="divide-y divide-line border-y border-line">
      {features.map((feature) => (
        <div
          key={feature.key}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 py-3 sm:grid-cols-[minmax(0,2fr)_5rem_minmax(0,3fr)]"
        >
          <dt>{feature.name}</dt>
          <dd className="tabular text-right font-medium sm:text-left">{valueWord(feature.value, t)}</dd>
          <dd className="text-14 text-fg-muted max-sm:col-span-2">
            {reasonWords(feature, plan, names, { t, locale })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
