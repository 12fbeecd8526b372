import type { MetaDescriptor } from "@remix-run/node";
import { t } from "./i18n/translate.ts";
import type { Locale } from "./locale.ts";

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
  /** The whole address of a picture of it. */
  image?: { readonly url: string; readonly alt: string } | null;
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
    ...(page.image
      ? [
          { property: "og:image", content: page.image.url },
          { property: "og:image:alt", content: page.image.alt },
        ]
      : []),
    { name: "twitter:card", content: page.image ? "summary_large_image" : "summary" },
  ];
}
