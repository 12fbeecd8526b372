import type { Profile } from "../kernel/config.ts";

/** How a cookie of ours is named and whether it is Secure. */
export type CookiePolicy = { readonly prefix: "__Host-" | ""; readonly secure: boolean };

const OWN_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * `__Host-` and Secure wherever the browser keeps them: on https, and in most browsers on this machine's own addresses.
 * On plain http elsewhere (a phone on the local network), and in Safari even on localhost, such a cookie is dropped and
 * nobody could sign in, so outside live an unprefixed one is used there.
 */
export function cookiePolicy(profile: Profile, url: URL, userAgent: string | null = null): CookiePolicy {
  const kept = url.protocol === "https:" || (OWN_MACHINE.test(url.hostname) && !isSafari(userAgent));
  return kept || profile === "live" ? { prefix: "__Host-", secure: true } : { prefix: "", secure: false };
}

/** Safari and every other browser on WebKit; Chromium's name themselves in the same line. */
function isSafari(userAgent: string | null): boolean {
  return userAgent !== null && /AppleWebKit\//.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent);
}
