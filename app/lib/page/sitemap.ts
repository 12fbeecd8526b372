import { PRIVATE_PATHS, pageAddresses } from "./page-address.ts";

/** The pages that are there whatever is sold; those that have an address per language by their Swedish one. */
const PAGES = ["/", "/medlemskap", "/products", "/plans", "/villkor", "/integritet", "/cookies"] as const;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Every page that may be found, once per language, each naming the others (sitemaps.org, with Google's `hreflang`). */
export function sitemap(baseUrl: string, productIds: readonly string[]): string {
  const absolute = (path: string) => escaped(new URL(path, baseUrl).href);
  const link = (lang: string, path: string) =>
    `    <xhtml:link rel="alternate" hreflang="${lang}" href="${absolute(path)}"/>`;
  const entries = [...PAGES, ...productIds.map((id) => `/products/${encodeURIComponent(id)}`)].flatMap((page) => {
    const { languages, anyLanguage } = pageAddresses(page);
    const links = [...languages.map(({ locale, path }) => link(locale, path)), link("x-default", anyLanguage)];
    return languages.map(({ path }) =>
      ["  <url>", `    <loc>${absolute(path)}</loc>`, ...links, "  </url>"].join("\n"),
    );
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...entries,
    "</urlset>",
    "",
  ].join("\n");
}

/** What crawlers are asked to leave alone, and where the list of pages is. */
export function robots(baseUrl: string): string {
  return [
    "User-agent: *",
    ...PRIVATE_PATHS.map((path) => `Disallow: /${path}`),
    "",
    `Sitemap: ${new URL("/sitemap.xml", baseUrl).href}`,
    "",
  ].join("\n");
}
