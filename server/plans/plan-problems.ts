import type { FeatureValue } from "../../drizzle/schema/plans.ts";
import { type PlanContent, type PlanPrice, priceKey } from "./plan-content.ts";
import { planDiff } from "./plan-diff.ts";

/** What is wrong with a draft (it cannot be published), or worth a second look. */
export type PlanProblem = {
  readonly severity: "error" | "warning";
  readonly code:
    | "no_name"
    | "no_summary"
    | "no_dollars"
    | "pilot_costs"
    | "pilot_seats"
    | "seat_year_costs_more"
    | "costs_nothing"
    | "too_little"
    | "year_costs_more"
    | "key_taken"
    | "key_twice"
    | "feature_unsaid"
    | "no_seat"
    | "no_grace"
    | "pause_keeps"
    | "trial_of_nothing"
    | "card_without_trial"
    | "less_than_below"
    | "nothing_new";
  readonly locale?: "sv" | "en";
  readonly currency?: PlanPrice["currency"];
  readonly interval?: PlanPrice["interval"];
  readonly feature?: string;
  /** Of `key_taken` the price or plan that has it, of `less_than_below` the smaller plan. */
  readonly other?: string;
};

export type PlanFacts = {
  readonly code: string;
  readonly live: PlanContent | null;
  /** The features that a version says something of, in order; those that follow from others are left out. */
  readonly features: readonly string[];
  /** Look-up keys that belong to something else, and to what. */
  readonly takenKeys: ReadonlyMap<string, string>;
  /** What the next smaller plan on sale holds. */
  readonly below: { readonly code: string; readonly holds: PlanContent["holds"] } | null;
};

/** The least that the provider charges, in minor units of each currency. */
const LEAST: Readonly<Record<PlanPrice["currency"], number>> = { SEK: 300, EUR: 50, USD: 50 };
/** Everybody's first plan, which is not bought. */
const FREE = "pilot";

/** Everything that is wrong with a draft of a plan, or may be. Pure. */
export function planProblems(draft: PlanContent, facts: PlanFacts): PlanProblem[] {
  return [
    ...wording(draft),
    ...money(draft, facts),
    ...keys(draft, facts),
    ...holding(draft, facts),
    ...news(draft, facts),
  ];
}

function wording(draft: PlanContent): PlanProblem[] {
  return (["sv", "en"] as const).flatMap((locale): PlanProblem[] => [
    ...(draft.name[locale].trim() ? [] : [{ severity: "error" as const, code: "no_name" as const, locale }]),
    ...(draft.summary[locale].trim() ? [] : [{ severity: "error" as const, code: "no_summary" as const, locale }]),
  ]);
}

function money(draft: PlanContent, { code }: PlanFacts): PlanProblem[] {
  const dollars = draft.prices.some(({ currency }) => currency === "USD");
  const each = draft.prices.flatMap(({ currency, interval, amount }): PlanProblem[] => {
    const at = { severity: "error" as const, currency, interval };
    if (code === FREE) return amount === 0 ? [] : [{ ...at, code: "pilot_costs" }];
    if (amount === 0) return [{ ...at, code: "costs_nothing" }];
    return amount < LEAST[currency] ? [{ ...at, code: "too_little" }] : [];
  });
  const years = draft.prices.flatMap(({ currency, interval, amount }): PlanProblem[] => {
    const month = draft.prices.find((price) => price.currency === currency && price.interval === "month");
    if (interval !== "year" || !month || amount <= month.amount * 12) return [];
    return [{ severity: "warning", code: "year_costs_more", currency, interval }];
  });
  return [
    ...trial(draft, code),
    ...seatPrices(draft, code),
    ...(dollars ? [] : [{ severity: "error" as const, code: "no_dollars" as const }]),
    ...each,
    ...years,
  ];
}

/** The free plan sells nothing; elsewhere a year of a seat is compared with its months. */
function seatPrices({ prices }: PlanContent, code: string): PlanProblem[] {
  return prices.flatMap(({ currency, interval, seatAmount }): PlanProblem[] => {
    if (seatAmount === null) return [];
    if (code === FREE) return [{ severity: "error", code: "pilot_seats", currency, interval }];
    const month = prices.find((price) => price.currency === currency && price.interval === "month")?.seatAmount ?? null;
    if (interval !== "year" || month === null || seatAmount <= month * 12) return [];
    return [{ severity: "warning", code: "seat_year_costs_more", currency, interval }];
  });
}

function trial({ trialDays, trialWithoutCard }: PlanContent, code: string): PlanProblem[] {
  const severity = "error" as const;
  if (trialDays > 0 && code === FREE) return [{ severity, code: "trial_of_nothing" }];
  return trialDays === 0 && trialWithoutCard !== null ? [{ severity, code: "card_without_trial" }] : [];
}

function keys(draft: PlanContent, { takenKeys }: PlanFacts): PlanProblem[] {
  return draft.prices.flatMap((price): PlanProblem[] => {
    const { currency, interval, lookupKey } = price;
    const at = { severity: "error" as const, currency, interval };
    const twice = draft.prices.some((one) => one.lookupKey === lookupKey && priceKey(one) < priceKey(price));
    const other = takenKeys.get(lookupKey);
    return [
      ...(twice ? [{ ...at, code: "key_twice" as const }] : []),
      ...(other === undefined ? [] : [{ ...at, code: "key_taken" as const, other }]),
    ];
  });
}

function holding(draft: PlanContent, { code, features, below }: PlanFacts): PlanProblem[] {
  const unsaid = features.filter((feature) => draft.holds[feature] === undefined);
  const fewer = features.filter((feature) => isLess(draft.holds[feature], below?.holds[feature]));
  const seats = draft.holds.seats;
  return [
    ...(draft.pauseKeeps ? [{ severity: "warning" as const, code: "pause_keeps" as const }] : []),
    ...(code !== FREE && draft.graceDays === 0 ? [{ severity: "warning" as const, code: "no_grace" as const }] : []),
    ...unsaid.map((feature): PlanProblem => ({ severity: "error", code: "feature_unsaid", feature })),
    ...(typeof seats === "number" && seats < 1 ? [{ severity: "error" as const, code: "no_seat" as const }] : []),
    ...fewer.map(
      (feature): PlanProblem => ({ severity: "warning", code: "less_than_below", feature, other: below?.code ?? "" }),
    ),
  ];
}

const worth = (value: FeatureValue | undefined): number =>
  typeof value === "object" ? value.monthly : Number(value ?? 0);
const isLess = (value: FeatureValue | undefined, of: FeatureValue | undefined): boolean => worth(value) < worth(of);

function news(draft: PlanContent, { live }: PlanFacts): PlanProblem[] {
  return live && planDiff(live, draft).length === 0 ? [{ severity: "error", code: "nothing_new" }] : [];
}
