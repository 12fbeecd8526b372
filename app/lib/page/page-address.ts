import { isLocale, LOCALES, type Locale, localeOfPath, pathInLocale } from "../locale.ts";

/** What is nobody's to find: accounts, the back office, carts, and pages that a bearer token opens. */
export const PRIVATE_PATHS = [
  ...["account", "admin", "api", "cart", "checkout", "order", "price", "withdraw", "login", "logout", "signup"],
  ...["forgot", "reset", "verify", "preferences", "join", "confirm-address", "undo-address"],
] as const;
const PRIVATE = new RegExp(`^/(${PRIVATE_PATHS.join("|")})(/|$)`);

export function isPublicPage(pathname: string): boolean {
  return !PRIVATE.test(pathname);
}

export type PageAddresses = {
  readonly canonical: string;
  readonly languages: readonly { readonly locale: Locale; readonly path: string }[];
  /** For those whose language is none of these: the address that says none, where there is one. */
  readonly anyLanguage: string;
};

/**
 * The one address of a page, and its address in each language: a name of its own where it has one per language, else the
 * shared name with `lang`. Filters and places in a list are views of the same page.
 */
export function pageAddresses(pathname: string, lang: string | null = null): PageAddresses {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, "") : pathname;
  if (localeOfPath(path) !== null) {
    const languages = LOCALES.map((locale) => ({ locale, path: pathInLocale(path, locale) }));
    return { canonical: path, languages, anyLanguage: pathInLocale(path, "sv") };
  }
  const languages = LOCALES.map((locale) => ({ locale, path: `${path}?lang=${locale}` }));
  return { canonical: isLocale(lang) ? `${path}?lang=${lang}` : path, languages, anyLanguage: path };
}
