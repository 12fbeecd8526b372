import type { RequestState } from "./request-context.ts";

/**
 * Pages that hold nothing of who looks at them: no form with a key of its own, nothing of the account. A test renders each
 * of them twice and compares. The membership pages are not among them: their form carries a key that makes a purchase happen once.
 */
const SHARED = /^\/(products(\/[\w-]{1,80})?|terms|villkor|privacy|integritet)?$/;

/** Cookies that choose how a page looks, not whose it is. */
const LOOKS = new Set(["locale", "theme"]);

/**
 * Under which key others may get the same document; null when they may not. Whoever carries a session, a cart or any cookie
 * that we do not know, or proves who they are, gets a document of their own.
 */
export function sharedPageKey(
  request: Request,
  facts: Pick<RequestState, "jar" | "prefix"> & { ctx: { browser: { locale: string } }; url: URL; theme: string },
): string | null {
  const { url, jar, prefix, theme } = facts;
  if (request.method !== "GET" || !SHARED.test(url.pathname) || url.search.length > 200) return null;
  if (request.headers.has("authorization")) return null;
  for (const name of jar.keys()) if (!name.startsWith(prefix) || !LOOKS.has(name.slice(prefix.length))) return null;
  return [url.origin, url.pathname, url.search, facts.ctx.browser.locale, theme].join(" ");
}
