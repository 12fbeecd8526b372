/** The languages of the interface. A page is in one of them, never in both. */
export type Locale = "sv" | "en";

export const LOCALES: readonly Locale[] = ["sv", "en"];

/** Intl tags. Never en-SE: it writes kronor the Swedish way and euros the English way on the same page. */
export const INTL_TAG: Record<Locale, string> = { sv: "sv-SE", en: "en-GB" };

/** Addresses that exist once per language: visiting one chooses it. */
const PAGES_BY_LANGUAGE: ReadonlyArray<Record<Locale, string>> = [
  { sv: "/medlemskap", en: "/membership" },
  { sv: "/villkor", en: "/terms" },
  { sv: "/integritet", en: "/privacy" },
];

export function isLocale(value: unknown): value is Locale {
  return value === "sv" || value === "en";
}

/** The language an address is written in, or null where both languages share it. */
export function localeOfPath(pathname: string): Locale | null {
  for (const page of PAGES_BY_LANGUAGE) {
    for (const locale of LOCALES) {
      if (isUnder(pathname, page[locale])) return locale;
    }
  }
  return null;
}

/** The language that an address says: by its name, else by `lang`; null where it says none. */
export function localeOfAddress({ pathname, searchParams }: Pick<URL, "pathname" | "searchParams">): Locale | null {
  const lang = searchParams.get("lang");
  return localeOfPath(pathname) ?? (isLocale(lang) ? lang : null);
}

/** The same page in the other language; the address itself where both share it. */
export function pathInLocale(pathname: string, locale: Locale): string {
  for (const page of PAGES_BY_LANGUAGE) {
    for (const from of LOCALES) {
      if (isUnder(pathname, page[from])) return page[locale] + pathname.slice(page[from].length);
    }
  }
  return pathname;
}

/** The same address, asked for in a language that was chosen: a language that it said itself would speak against it. */
export function addressInLocale(address: string, locale: Locale): string {
  const url = new URL(address, "http://here");
  url.searchParams.delete("lang");
  return pathInLocale(url.pathname, locale) + url.search + url.hash;
}

/** The address of a page that has one per language, e.g. `pageIn("/membership", "sv")` is `/medlemskap`. */
export function pageIn(path: "/membership" | "/terms" | "/privacy", locale: Locale): string {
  return pathInLocale(path, locale);
}

function isUnder(pathname: string, page: string): boolean {
  return pathname === page || pathname.startsWith(`${page}/`) || pathname.startsWith(`${page}?`);
}
