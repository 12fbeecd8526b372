import type { FeatureValue } from "../../drizzle/schema/plans.ts";
import { type PlanContent, type PlanPrice, priceKey } from "./plan-content.ts";

/** One thing that differs between two versions. Null: it is not there. */
export type PlanChange =
  | {
      readonly what: "name" | "summary";
      readonly locale: "sv" | "en";
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      /** `seat_price`: of each seat beyond those that the version holds. */
      readonly what: "price" | "seat_price";
      readonly currency: PlanPrice["currency"];
      readonly interval: PlanPrice["interval"];
      /** Minor units, tax included. */
      readonly before: number | null;
      readonly after: number | null;
    }
  | {
      readonly what: "lookup_key";
      readonly currency: PlanPrice["currency"];
      readonly interval: PlanPrice["interval"];
      readonly before: string;
      readonly after: string;
    }
  | { readonly what: "grace_days" | "trial_days"; readonly before: number | null; readonly after: number }
  | { readonly what: "pause_keeps"; readonly before: boolean | null; readonly after: boolean }
  | {
      /** What a trial's end brings without a card; null: it needs one from the start. */
      readonly what: "trial_without_card";
      readonly before: PlanContent["trialWithoutCard"];
      readonly after: PlanContent["trialWithoutCard"];
    }
  | {
      readonly what: "feature";
      readonly feature: string;
      readonly before: FeatureValue | null;
      readonly after: FeatureValue | null;
    };

/** What a version says other than another one, in the order of the editor; of nothing everything is new. */
export function planDiff(before: PlanContent | null, after: PlanContent): PlanChange[] {
  return [
    ...texts(before, after),
    ...prices(before, after),
    ...days(before, after),
    ...pause(before?.pauseKeeps ?? null, after.pauseKeeps),
    ...holds(before?.holds ?? {}, after.holds),
  ];
}

function days(before: PlanContent | null, after: PlanContent): PlanChange[] {
  const was = before?.graceDays ?? null;
  const trial = before?.trialDays ?? 0;
  const end = before?.trialWithoutCard ?? null;
  return [
    ...(was === after.graceDays ? [] : [{ what: "grace_days" as const, before: was, after: after.graceDays }]),
    ...(trial === after.trialDays ? [] : [{ what: "trial_days" as const, before: trial, after: after.trialDays }]),
    ...(end === after.trialWithoutCard
      ? []
      : [{ what: "trial_without_card" as const, before: end, after: after.trialWithoutCard }]),
  ];
}

function pause(before: boolean | null, after: boolean): PlanChange[] {
  return (before ?? false) === after ? [] : [{ what: "pause_keeps", before, after }];
}

function texts(before: PlanContent | null, after: PlanContent): PlanChange[] {
  return (["name", "summary"] as const).flatMap((what) =>
    (["sv", "en"] as const).flatMap((locale) => {
      const [was, is] = [before?.[what][locale] || null, after[what][locale] || null];
      return was === is ? [] : [{ what, locale, before: was, after: is }];
    }),
  );
}

function prices(before: PlanContent | null, after: PlanContent): PlanChange[] {
  const was = new Map((before?.prices ?? []).map((price) => [priceKey(price), price]));
  const is = new Map(after.prices.map((price) => [priceKey(price), price]));
  return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap((key): PlanChange[] => {
    const [old, next] = [was.get(key), is.get(key)];
    const place = next ?? old;
    if (!place) return [];
    const { currency, interval } = place;
    const sum: PlanChange[] =
      old?.amount === next?.amount
        ? []
        : [{ what: "price", currency, interval, before: old?.amount ?? null, after: next?.amount ?? null }];
    const [each, eachNext] = [old?.seatAmount ?? null, next?.seatAmount ?? null];
    const seat: PlanChange[] =
      each === eachNext ? [] : [{ what: "seat_price", currency, interval, before: each, after: eachNext }];
    const found: PlanChange[] =
      old && next && old.lookupKey !== next.lookupKey
        ? [{ what: "lookup_key", currency, interval, before: old.lookupKey, after: next.lookupKey }]
        : [];
    return [...sum, ...seat, ...found];
  });
}

/** The features that two versions, or what somebody has and would have, say differently. */
export function holds(before: PlanContent["holds"], after: PlanContent["holds"]): (PlanChange & { what: "feature" })[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((feature) => {
    const [was, is] = [before[feature] ?? null, after[feature] ?? null];
    return JSON.stringify(was) === JSON.stringify(is)
      ? []
      : [{ what: "feature" as const, feature, before: was, after: is }];
  });
}
