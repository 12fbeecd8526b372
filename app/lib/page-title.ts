import type { MetaDescriptor } from "@remix-run/node";
import { t } from "./i18n/translate.ts";
import type { Locale } from "./locale.ts";

/** `What · Kraftverk`. A form that was refused puts `Fel:` in front, see `ui/error-summary.tsx`. */
export function pageTitle(what: string, locale: Locale): string {
  return `${what} · ${t(locale)("words.product")}`;
}

/** Title and description of a page. */
export function pageMeta(page: { title: string; description?: string; locale: Locale }): MetaDescriptor[] {
  const meta: MetaDescriptor[] = [{ title: pageTitle(page.title, page.locale) }];
  if (page.description) meta.push({ name: "description", content: page.description });
  return meta;
}
