import type { FeatureValue } from "../../drizzle/schema/plans.ts";

export type { FeatureValue } from "../../drizzle/schema/plans.ts";
export type FeatureKind = "boolean" | "number" | "metered";

/** Whether a value of this kind can be said of a feature: on or off, a whole number from 0, or one for each month. */
export function isValueOf(kind: FeatureKind, value: unknown): value is FeatureValue {
  if (kind === "boolean") return typeof value === "boolean";
  if (kind === "number") return isCount(value);
  return typeof value === "object" && value !== null && "monthly" in value && isCount(value.monthly);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Whether there is any of it: what a gate asks, whatever the feature's kind. What nobody said anything of is off. */
export function isOn(value: FeatureValue | undefined): boolean {
  if (value === undefined) return false;
  if (typeof value === "object") return value.monthly > 0;
  return typeof value === "number" ? value > 0 : value;
}
