/** What a request says about where it came from. */
export type RequestOrigin = {
  readonly method: string;
  /** The `Origin` header; null when missing. */
  readonly origin: string | null;
  /** The `Sec-Fetch-Site` header; null when missing. */
  readonly fetchSite: string | null;
  /** Whether it carries a cookie of ours that stands for somebody: a session or a cart. */
  readonly hasCookie: boolean;
  /** The shop's own origins: the configured one and the one this request was sent to. */
  readonly ownOrigins: readonly string[];
};

export type OriginVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: "cross_site" | "foreign_origin" | "no_origin" };

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change state on behalf of the browser's cookies. Reads always may. Everything else must come from
 * our own pages: browsers say so in Origin, or at least in Sec-Fetch-Site. A program that says neither and carries no
 * cookie of ours has nothing to abuse; with one it is refused. Sign-in is checked like the rest (nobody is signed in by
 * another site), whatever the body's content type.
 */
export function judgeRequestOrigin(request: RequestOrigin): OriginVerdict {
  if (SAFE_METHODS.has(request.method.toUpperCase())) return { allowed: true };
  if (request.fetchSite !== null && request.fetchSite !== "same-origin" && request.fetchSite !== "none") {
    return { allowed: false, reason: "cross_site" };
  }
  if (request.origin !== null) {
    return request.ownOrigins.includes(request.origin)
      ? { allowed: true }
      : { allowed: false, reason: "foreign_origin" };
  }
  if (request.fetchSite === null && request.hasCookie) return { allowed: false, reason: "no_origin" };
  return { allowed: true };
}
