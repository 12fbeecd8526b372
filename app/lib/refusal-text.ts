import { catalogues, fillMessage, type MessageKey } from "./i18n/translate.ts";
import type { Locale } from "./locale.ts";
import type { Refusal } from "./refusal.ts";

/** The page's words for a refusal: by its code where there are some, else by its kind. */
export function refusalText(refusal: Refusal, locale: Locale): string {
  const key = `errors.code.${refusal.code}`;
  if (Object.hasOwn(catalogues[locale], key)) return fillMessage(locale, key as MessageKey, textsOf(refusal.details));
  const byKind: Partial<Record<Refusal["kind"], MessageKey>> = {
    conflict: "errors.conflict",
    rate_limited: "errors.rateLimited",
    unavailable: "errors.unavailable",
  };
  return fillMessage(locale, byKind[refusal.kind] ?? "errors.form");
}

function textsOf(details: Record<string, unknown>): Record<string, string | number> {
  const entries = Object.entries(details).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  return Object.fromEntries(entries);
}
