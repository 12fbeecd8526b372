import { LOCALES, type Locale, localeOfPath, pathInLocale } from "./locale.ts";

/** What is nobody's to find: accounts, the back office, carts, and pages that a bearer token opens. */
const PRIVATE =
  /^\/(account|admin|cart|checkout|order|withdraw|login|logout|signup|forgot|reset|verify|preferences|join)(\/|$)/;

export function isPublicPage(pathname: string): boolean {
  return !PRIVATE.test(pathname);
}

/**
 * The one address of a page, and its address in each language where it has one per language. Filters and places in a list
 * are views of the same page.
 */
export function pageAddresses(pathname: string): {
  readonly canonical: string;
  readonly languages: readonly { readonly locale: Locale; readonly path: string }[];
} {
  const canonical = pathname.length > 1 ? pathname.replace(/\/+$/, "") : pathname;
  const perLanguage = localeOfPath(canonical) !== null;
  return {
    canonical,
    languages: perLanguage ? LOCALES.map((locale) => ({ locale, path: pathInLocale(canonical, locale) })) : [],
  };
}
