import type { AppLoadContext } from "@remix-run/node";
import { formatMoney } from "../format/money.ts";
import type { Translate } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { valueWord } from "./plan-words.ts";

type Caller = AppLoadContext["caller"];
export type OfficePlan = Awaited<ReturnType<Caller["plans"]["get"]>>;
type Change = OfficePlan["changes"][number];
type Problem = OfficePlan["problems"][number];
type Words = { readonly t: Translate; readonly locale: Locale };
/** What features are called in the reader's language, by their key. */
export type FeatureNames = Readonly<Record<string, string>>;

const LANGUAGES = { sv: { sv: "svenska", en: "engelska" }, en: { sv: "Swedish", en: "English" } } as const;

/** What one change between two versions is, in a line. */
export function changeWords(change: Change, names: FeatureNames, { t, locale }: Words): string {
  const { field, before, after } = sides(change, names, { t, locale });
  if (before === null) return t("planning.change.added", { field, after: after ?? "" });
  if (after === null) return t("planning.change.removed", { field, before });
  return t("planning.change.from", { field, before, after });
}

function sides(change: Change, names: FeatureNames, { t, locale }: Words) {
  switch (change.what) {
    case "name":
    case "summary": {
      const field = t(`planning.change.${change.what}`, { language: LANGUAGES[locale][change.locale] });
      return { field, before: change.before, after: change.after };
    }
    case "price":
    case "seat_price": {
      const { currency, interval, what } = change;
      const sum = (amount: number | null) =>
        amount === null ? null : formatMoney({ amount, currency }, locale, "ledger");
      const field = t(`planning.change.${what}`, { currency, interval: t(`planning.interval.${interval}`) });
      return { field, before: sum(change.before), after: sum(change.after) };
    }
    case "lookup_key": {
      const { currency, interval, before, after } = change;
      return {
        field: t("planning.change.lookup_key", { currency, interval: t(`planning.interval.${interval}`) }),
        before,
        after,
      };
    }
    case "grace_days": {
      const days = (count: number | null) => (count === null ? null : t("planning.days", { count }));
      return { field: t("planning.grace"), before: days(change.before), after: days(change.after) };
    }
    case "pause_keeps": {
      const kept = (yes: boolean | null) =>
        yes === null ? null : t(yes ? "planning.pauseKeeps.yes" : "planning.pauseKeeps.no");
      return { field: t("planning.pauseKeeps.change"), before: kept(change.before), after: kept(change.after) };
    }
    case "trial_days": {
      const days = (count: number | null) => (count === null ? null : t("planning.days", { count }));
      return { field: t("planning.trial"), before: days(change.before), after: days(change.after) };
    }
    case "trial_without_card": {
      const end = (of: typeof change.before) => t(`products.trialCard.${of ?? "needed"}`);
      return { field: t("planning.trialCard"), before: end(change.before), after: end(change.after) };
    }
    case "feature": {
      const worth = (value: typeof change.before) => (value === null ? null : valueWord(value, t));
      return {
        field: names[change.feature] ?? change.feature,
        before: worth(change.before),
        after: worth(change.after),
      };
    }
  }
}

/** What is wrong with a draft, in a sentence. */
export function problemWords(problem: Problem, names: FeatureNames, { t, locale }: Words): string {
  const { code, currency = "", interval, feature = "", other = "" } = problem;
  const every = interval === undefined ? "" : t(`planning.interval.${interval}`);
  return t(`planning.problem.${code}`, {
    language: problem.locale === undefined ? "" : LANGUAGES[locale][problem.locale],
    price: `${currency} ${every}`,
    feature: names[feature] ?? feature,
    other,
  });
}
