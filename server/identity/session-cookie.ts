import type { Profile } from "../kernel/config.ts";

/** How a cookie of ours is named and whether it is Secure. */
export type CookiePolicy = { readonly prefix: "__Host-" | ""; readonly secure: boolean };

const TRUSTWORTHY = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * `__Host-` and Secure wherever a browser takes them: https, and this machine's own addresses. On plain http elsewhere
 * (a phone on the local network) browsers would drop such a cookie, so outside live an unprefixed one is used.
 */
export function cookiePolicy(profile: Profile, url: URL): CookiePolicy {
  const secure = profile === "live" || url.protocol === "https:" || TRUSTWORTHY.test(url.hostname);
  return secure ? { prefix: "__Host-", secure } : { prefix: "", secure };
}
