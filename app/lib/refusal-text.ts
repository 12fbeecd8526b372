import { formatDate } from "./format/dates.ts";
import { wordsOf } from "./i18n/catalogues.ts";
import { fillMessage, type MessageKey } from "./i18n/translate.ts";
import type { Locale } from "./locale.ts";
import type { Refusal } from "./refusal.ts";

const BY_KIND: Partial<Record<Refusal["kind"], MessageKey>> = {
  conflict: "errors.conflict",
  rate_limited: "errors.rateLimited",
  unavailable: "errors.unavailable",
};

/** The field of a form that a refusal is about, where the server does not name one itself. */
const FIELD_OF_CODE: Record<string, string> = {
  "identity.weak_password": "password",
  "identity.wrong_password": "password",
  "identity.wrong_code": "code",
  "identity.email_unchanged": "email",
};

/** The page's words for a refusal: by its code (and what exactly is wrong) where there are some, else by its kind. */
export function refusalText(refusal: Refusal, locale: Locale): string {
  const code = `errors.code.${refusal.code}`;
  const known = [`${code}.${String(refusal.details.problem)}`, code].find(isMessageKey);
  return known
    ? fillMessage(locale, known, textsOf(refusal.details, locale))
    : fillMessage(locale, BY_KIND[refusal.kind] ?? "errors.form");
}

/** A refusal as the errors of a form: at its field where it has one, else above the form. */
export function formErrors(
  refusal: Refusal,
  locale: Locale,
): { formErrors: string[] } | { fieldErrors: Record<string, string[]> } {
  const text = refusalText(refusal, locale);
  const { field = FIELD_OF_CODE[refusal.code] } = refusal.details;
  return typeof field === "string" ? { fieldErrors: { [field]: [text] } } : { formErrors: [text] };
}

function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(wordsOf("sv", key), key);
}

/** What is said of a refusal, instants (`…At`) as the day in words. */
function textsOf(details: Record<string, unknown>, locale: Locale): Record<string, string | number> {
  const entries = Object.entries(details).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name.endsWith("At") ? formatDate(String(value), locale, "prose") : value]),
  );
}
