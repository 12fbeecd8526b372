import type { Config } from "../kernel/config.ts";

/** Stands where a response's own nonce comes. */
const NONCE = "{nonce}";

/** Where a form of ours may lead: ourselves and the payment provider's pages (a browser checks redirects of forms too). */
function formTargets(config: Config): string {
  return [
    "'self'",
    config.sandboxUrl ? new URL(config.sandboxUrl).origin : "https://checkout.stripe.com https://billing.stripe.com",
  ].join(" ");
}

/**
 * The Content-Security-Policy of a page. Scripts and style elements need the response's nonce; style attributes are
 * allowed because components place things by them. `development` lets Vite's client connect.
 */
export function contentSecurityPolicy(config: Config, nonce: string, development: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'${development ? " 'unsafe-inline'" : ""}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "frame-src 'self'",
    `form-action ${formTargets(config)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}

/** What every answer carries whatever it is; made once, since nothing in it is of one request. */
export function staticSecurityHeaders(config: Config): Readonly<Record<string, string>> {
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "X-Frame-Options": "DENY",
    ...(config.baseUrl.startsWith("https://")
      ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
      : {}),
  };
}

/** Adds what every answer carries; a route that set one of these itself keeps its own. */
export function securityHeaders(config: Config, development: boolean): (headers: Headers, nonce: string) => void {
  const fixed = Object.entries(staticSecurityHeaders(config));
  const [before = "", ...after] = contentSecurityPolicy(config, NONCE, development).split(NONCE);
  return (headers, nonce) => {
    if (!headers.has("Content-Security-Policy"))
      headers.set(
        "Content-Security-Policy",
        after.reduce((policy, part) => policy + nonce + part, before),
      );
    for (const [name, value] of fixed) if (!headers.has(name)) headers.set(name, value);
  };
}
