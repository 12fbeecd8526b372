import { INTL_TAG, type Locale } from "../locale.ts";

/** `SE` is Sverige in Swedish and Sweden in English; what is no country code stays as it is. */
export function countryName(code: string, locale: Locale): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(INTL_TAG[locale], { type: "region" }).of(code) ?? code;
}
