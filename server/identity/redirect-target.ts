const BASE = "https://shop.invalid";
/** Characters and escapes that browsers or proxies may read as a line break, a separator or another host. */
const SUSPICIOUS = /[\p{Cc}\\]|%(?:0[0-9a-f]|1[0-9a-f]|7f|5c)/iu;

/**
 * Where to go after signing in: a path of this shop, or `fallback`. Never another site, whatever the address tries
 * (`//host`, `/\host`, `/.//host`, `javascript:`, user@host, encoded line breaks), and never back to a page that signs in.
 */
export function redirectTarget(wanted: string | null | undefined, fallback = "/account"): string {
  if (!wanted || wanted.length > 500 || !wanted.startsWith("/") || SUSPICIOUS.test(wanted)) return fallback;
  if (!URL.canParse(wanted, BASE)) return fallback;
  const url = new URL(wanted, BASE);
  if (url.origin !== BASE || url.pathname.startsWith("//")) return fallback;
  if (/^\/(login|signup|verify|reset|forgot|api)(\/|\.data|$)/.test(url.pathname)) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
