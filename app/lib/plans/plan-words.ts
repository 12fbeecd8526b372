import type { FeatureValue } from "../../../server/entitlements/feature-value.ts";
import { formatDate } from "../format/dates.ts";
import type { Translate } from "../i18n/translate.ts";
import { INTL_TAG, type Locale } from "../locale.ts";

/** What a feature is worth, in a word: yes, no, a number, or a number a month. */
export function valueWord(value: FeatureValue | null | undefined, t: Translate): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null) return t("plans.monthly", { count: value.monthly });
  return t(value ? "plans.yes" : "plans.no");
}

/** Of a feature that is explained, what its reason is made of; names are in the reader's language. */
export type Reasoned = {
  readonly value: FeatureValue | null;
  readonly because: {
    readonly source: "plan" | "override";
    readonly endsAt: Date | string | null;
    /** What staff wrote; there for staff alone. */
    readonly reason?: string | null;
  } | null;
  readonly onPlans: Readonly<Record<string, FeatureValue>>;
  /** How many of it were bought beside the plan, or the exception. */
  readonly bought?: number;
};

/** Why an organization has a feature, or has it not, in a sentence. `names`: what plans are called, by code. */
export function reasonWords(
  of: Reasoned,
  plan: string,
  names: Readonly<Record<string, string>>,
  words: { t: Translate; locale: Locale },
): string {
  const said = saidBy(of, plan, names, words);
  const reason = of.because?.reason;
  const why = reason ? words.t("plans.why.said", { why: said, reason }) : said;
  return of.bought ? `${why} ${words.t("plans.why.bought", { count: of.bought })}` : why;
}

function saidBy(
  of: Reasoned,
  plan: string,
  names: Readonly<Record<string, string>>,
  { t, locale }: { t: Translate; locale: Locale },
): string {
  if (of.because === null) return t("plans.why.unsaid");
  if (of.because.source === "override") {
    const { endsAt } = of.because;
    return endsAt === null
      ? t("plans.why.override")
      : t("plans.why.overrideUntil", { date: formatDate(endsAt, locale, "prose") });
  }
  if (of.value !== false && of.value !== 0) return t("plans.why.plan", { plan });
  const others = Object.entries(of.onPlans).flatMap(([code, value]) =>
    value === false || value === 0 ? [] : [names[code] ?? code],
  );
  return others.length === 0
    ? t("plans.why.notInPlan", { plan })
    : t("plans.why.elsewhere", { plan, others: listed(others, locale) });
}

const listed = (words: readonly string[], locale: Locale) =>
  new Intl.ListFormat(INTL_TAG[locale], { type: "conjunction" }).format(words);

/** What somebody wrote as a feature's worth: yes or no in either language, or a number; null for anything else. */
export function featureValueOf(text: string): boolean | number | null {
  const word = text.trim().toLowerCase();
  if (["ja", "yes"].includes(word)) return true;
  if (["nej", "no"].includes(word)) return false;
  return /^\d{1,9}$/.test(word) ? Number(word) : null;
}
