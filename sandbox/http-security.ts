import { randomBytes } from "node:crypto";

export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

export interface PagePolicy {
  nonce: string;
  /** Other origins that a form on this page may end up at. */
  formTargets?: readonly string[];
  /** Whether the page shows mail in a frame without any rights. */
  frames?: boolean;
}

/** Headers of every page: nothing from elsewhere runs, frames it or is told where it came from. */
export function pageHeaders({ nonce, formTargets = [], frames = false }: PagePolicy): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    // A browser holds the redirect that answers a form to the same list.
    `form-action 'self' ${[...new Set(formTargets)].join(" ")}`.trim(),
    frames ? "frame-src 'self'" : "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "X-Content-Type-Options": "nosniff",
    // A page that tells nobody where it came from would send its own forms without an origin, and they would be refused as a stranger's.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
  };
}

/** The origin of an address; undefined when it is none. */
export function originOf(address: string | null | undefined): string | undefined {
  return address && URL.canParse(address) ? new URL(address).origin : undefined;
}

const thisMachine = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a browser says that this call comes from a page of another site. A name that merely points at this machine
 * is another site too, so the name must be one of the machine's own or the one in the settings.
 */
export function isCrossSite(header: (name: string) => string | undefined, publicUrl: string): boolean {
  const [origin, fetchSite] = [header("origin"), header("sec-fetch-site")];
  if (fetchSite !== undefined && fetchSite !== "same-origin" && fetchSite !== "none") return true;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const { host, hostname } = new URL(origin);
  return host !== header("host") || !(thisMachine.has(hostname) || origin === originOf(publicUrl));
}
