import type { Config } from "../kernel/config.ts";

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

/** Adds what every answer carries; a route that set one of these itself keeps its own. */
export function addSecurityHeaders(headers: Headers, config: Config, nonce: string, development: boolean): void {
  const defaults: Record<string, string> = {
    "Content-Security-Policy": contentSecurityPolicy(config, nonce, development),
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
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
}
