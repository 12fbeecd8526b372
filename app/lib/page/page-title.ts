import type { MetaDescriptor } from "@remix-run/node";
import { t } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";

/** `What · Kraftverk`. A form that was refused puts `Fel:` in front, see `ui/error-summary.tsx`. */
export function pageTitle(what: string, locale: Locale): string {
  return `${what} · ${t(locale)("words.product")}`;
}

/** Title and description of a page, for the browser and for whoever is sent a link to it. */
export function pageMeta(page: {
  title: string;
  description?: string;
  locale: Locale;
  type?: "website" | "product";
}): MetaDescriptor[] {
  const title = pageTitle(page.title, page.locale);
  if (!page.description) return [{ title }];
  return [
    { title },
    { name: "description", content: page.description },
    { property: "og:title", content: page.title },
    { property: "og:description", content: page.description },
    { property: "og:type", content: page.type ?? "website" },
    { property: "og:site_name", content: t(page.locale)("words.product") },
    { property: "og:locale", content: page.locale === "sv" ? "sv_SE" : "en_GB" },
    // The picture itself stands beside the page's address: see `ui/frame/page-addresses.tsx`.
    { name: "twitter:card", content: "summary_large_image" },
  ];
}
