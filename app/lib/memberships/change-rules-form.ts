import type { ChangeRules } from "../../../server/billing/plan-timing.ts";
import type { FormValues } from "../form-values.ts";
import { CHANGE_WAYS } from "./change-ways.ts";

export const CHANGE_SORTS = ["upgrade", "downgrade", "interval"] as const;
/** How a trial is counted when the plan changes during it. */
export const TRIAL_RULES = ["keep", "from_start", "restart"] as const satisfies readonly NonNullable<
  ChangeRules["trial"]
>[];
type Sort = (typeof CHANGE_SORTS)[number];
type Way = (typeof CHANGE_WAYS)[number];

/** The ways that there are for a sort of change: another period cannot wait for the next payment. */
export const waysOf = (sort: Sort): readonly Way[] =>
  sort === "interval" ? CHANGE_WAYS.filter((way) => way !== "next_invoice") : CHANGE_WAYS;

/** The rules as they were written. What is done where nobody says is always among what may be chosen. */
export function readChangeRulesForm(form: FormValues): ChangeRules {
  const ruleOf = (sort: Sort) => {
    const standard = waysOf(sort).find((way) => way === form.text(`${sort}.standard`)) ?? "period_end";
    const ticked = form.all(`${sort}.allowed`);
    return { standard, allowed: waysOf(sort).filter((way) => way === standard || ticked.includes(way)) };
  };
  const trial = TRIAL_RULES.find((one) => one === form.text("trial"));
  return { upgrade: ruleOf("upgrade"), downgrade: ruleOf("downgrade"), interval: ruleOf("interval"), trial };
}
