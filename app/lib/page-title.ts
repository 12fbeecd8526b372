import type { MetaDescriptor } from "@remix-run/node";
import { t } from "./i18n/translate.ts";
import type { Locale } from "./locale.ts";

/** `What · Kraftverk`, with `Fel:` in front after a submit that failed. */
export function pageTitle(what: string, locale: Locale, failed = false): string {
  const title = `${what} · ${t(locale)("words.product")}`;
  return failed ? `${t(locale)("errors.prefix")} ${title}` : title;
}

/** Title and description of a page. */
export function pageMeta(page: {
  title: string;
  description?: string;
  locale: Locale;
  failed?: boolean;
}): MetaDescriptor[] {
  const meta: MetaDescriptor[] = [{ title: pageTitle(page.title, page.locale, page.failed) }];
  if (page.description) meta.push({ name: "description", content: page.description });
  return meta;
}
