import type { FeatureValue } from "../../../server/entitlements/feature-value.ts";
import { minorUnitsOf } from "../format/minor-units.ts";
import { type WithoutCard, withoutCardOf } from "../memberships/trial-words.ts";

export const PLAN_CURRENCIES = ["USD", "EUR", "SEK"] as const;
export const PLAN_INTERVALS = ["month", "year"] as const;
/** Every place that a price can take in a version of a plan. */
export const PLAN_PRICES = PLAN_CURRENCIES.flatMap((currency) =>
  PLAN_INTERVALS.map((interval) => ({ currency, interval, key: `${currency}:${interval}` })),
);

type Kind = "boolean" | "number" | "metered";
type Texts = { sv: string; en: string };
/** What was sent that is no price or no number. */
export type PlanFault = { readonly of: "price" | "seat" | "value" | "grace" | "trial"; readonly name: string };
export type PlanWish = {
  readonly name: Texts;
  readonly summary: Texts;
  readonly prices: {
    currency: (typeof PLAN_CURRENCIES)[number];
    interval: (typeof PLAN_INTERVALS)[number];
    amount: number;
    seatAmount: number | null;
    lookupKey?: string;
  }[];
  readonly holds: { feature: string; value: FeatureValue }[];
  readonly graceDays?: number;
  readonly pauseKeeps: boolean;
  readonly trialDays?: number;
  readonly trialWithoutCard: WithoutCard;
};
const MOST_GRACE = 90;
const MOST_TRIAL = 365;

/** Reads the editor's form: empty prices and features are left out, what cannot be read is named. */
export function readPlanForm(
  text: (name: string) => string,
  features: readonly { readonly key: string; readonly kind: Kind }[],
): { wish: PlanWish; faults: PlanFault[] } {
  const both = (name: string) => ({ sv: text(`${name}.sv`), en: text(`${name}.en`) });
  const faults: PlanFault[] = [];
  const prices = PLAN_PRICES.flatMap(({ currency, interval, key }) => {
    const typed = text(`price.${key}`).trim();
    if (typed === "") return [];
    const amount = minorUnitsOf(typed);
    if (amount === null) {
      faults.push({ of: "price", name: key });
      return [];
    }
    const typedSeat = text(`seat.${key}`).trim();
    const seatAmount = typedSeat === "" ? null : minorUnitsOf(typedSeat);
    if (typedSeat !== "" && !seatAmount) faults.push({ of: "seat", name: key });
    const lookupKey = text(`key.${key}`).trim();
    return [{ currency, interval, amount, seatAmount: seatAmount || null, ...(lookupKey ? { lookupKey } : {}) }];
  });
  const holds = features.flatMap(({ key, kind }) => {
    const typed = text(`holds.${key}`).trim();
    if (typed === "") return [];
    const value = worthOf(kind, typed);
    if (value === null) faults.push({ of: "value", name: key });
    return value === null ? [] : [{ feature: key, value }];
  });
  const grace = text("graceDays").trim();
  const days = /^\d{1,2}$/.test(grace) && Number(grace) <= MOST_GRACE ? { graceDays: Number(grace) } : {};
  if (grace !== "" && days.graceDays === undefined) faults.push({ of: "grace", name: "graceDays" });
  const typedTrial = text("trialDays").trim();
  const trial = typedTrial === "" ? 0 : /^\d{1,3}$/.test(typedTrial) ? Number(typedTrial) : MOST_TRIAL + 1;
  if (trial === 1 || trial > MOST_TRIAL) faults.push({ of: "trial", name: "trialDays" });
  const terms = { trialDays: trial, trialWithoutCard: withoutCardOf(text("trialCard")) };
  return {
    wish: {
      name: both("name"),
      summary: both("summary"),
      prices,
      holds,
      ...days,
      ...terms,
      pauseKeeps: text("pauseKeeps") === "on",
    },
    faults,
  };
}

function worthOf(kind: Kind, typed: string): FeatureValue | null {
  if (kind === "boolean") return typed === "yes";
  if (!/^\d{1,9}$/.test(typed)) return null;
  return kind === "number" ? Number(typed) : { monthly: Number(typed) };
}

/** `49` or `49,50`, as it is typed. */
export function typedAmount(minorUnits: number): string {
  return minorUnits % 100 === 0 ? String(minorUnits / 100) : (minorUnits / 100).toFixed(2).replace(".", ",");
}
