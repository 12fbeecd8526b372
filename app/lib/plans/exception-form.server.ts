import type { FormValues } from "../form-values.ts";
import { shopInstant } from "../format/shop-instant.ts";
import { fillMessage } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { featureValueOf } from "./plan-words.ts";

/** What stood in the form of an exception, as it was typed. */
export type TypedException = {
  readonly feature: string;
  readonly value: string;
  /** As the shop's clock shows it; empty: from now. */
  readonly from: string;
  readonly days: string;
  readonly reason: string;
};

export type ExceptionErrors = { readonly value?: string; readonly from?: string; readonly days?: string };

type Wish = {
  readonly feature: string;
  readonly value: boolean | number;
  readonly startsAt?: Date | undefined;
  readonly endsAt?: Date | undefined;
  readonly days?: number | undefined;
  readonly reason: string;
};

/**
 * The exception that a form asks for; null, with what to write instead, where something in it cannot be read: what cannot be
 * read as a number of days is no exception without an end. A form that saves carries the instants that were shown.
 */
export function readException(
  form: FormValues,
  locale: Locale,
): { readonly typed: TypedException; readonly wish: Wish | null; readonly errors: ExceptionErrors } {
  const text = (name: string) => form.maybe(name)?.trim() ?? "";
  const typed: TypedException = {
    ...{ feature: text("feature"), value: text("value"), from: text("from"), days: text("days") },
    reason: text("reason"),
  };
  const [value, days] = [featureValueOf(typed.value), typed.days === "" ? undefined : form.wholeNumber("days")];
  const instant = (name: string) => (text(name) === "" ? undefined : new Date(text(name)));
  const from = shopInstant(typed.from);
  const startsAt = instant("startsAt") ?? (from === undefined ? undefined : new Date(from));
  const errors: ExceptionErrors = {
    ...(value === null && { value: fillMessage(locale, "errors.code.entitlements.bad_value") }),
    ...(typed.from !== "" && from === undefined && { from: fillMessage(locale, "plans.office.badFrom") }),
    ...(typed.days !== "" && !(days && days <= 3_650) && { days: fillMessage(locale, "plans.office.badDays") }),
  };
  if (value === null || Object.keys(errors).length > 0) return { typed, wish: null, errors };
  const endsAt = instant("endsAt");
  return { typed, wish: { feature: typed.feature, value, startsAt, endsAt, days, reason: typed.reason }, errors };
}

/** What the form that saves is to carry: the end that was shown, not one that is counted anew. */
export function savedAs(
  wish: Wish,
  shown: { readonly steps: readonly { readonly at: Date; readonly source: string }[] },
) {
  const [last] = shown.steps.slice(-1);
  const endsAt = last?.source === "plan" && (wish.days !== undefined || wish.endsAt) ? last.at : null;
  return {
    ...{ feature: wish.feature, value: wish.value, reason: wish.reason },
    ...{ startsAt: wish.startsAt?.toISOString() ?? "", endsAt: endsAt?.toISOString() ?? "" },
  };
}
