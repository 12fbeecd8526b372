import type { MiddlewareHandler } from "hono";
import { cookiePolicy, judgeRequestOrigin } from "../identity/index.ts";
import type { Runtime } from "../wire.ts";
import { parseCookies } from "./cookies.ts";
import { refusalBody } from "./documented-addresses.ts";
import { requestUrl, shownKey } from "./request-context.ts";

/** Of an answer before the body was read: without it the connection would be dropped under the caller's next request. */
export const CLOSE = { Connection: "close" };

/** Callers that prove themselves by a signature or a bearer key of their own and carry no cookie. */
export function proveThemselves(path: string): boolean {
  return path === "/api/webhooks/stripe" || path === "/api/campaigns/webhook" || path.startsWith("/_sandbox/");
}

/** Refuses what a page of another site makes a browser send, with its cookies, unread. */
export function refuseOtherSites(runtime: Runtime): MiddlewareHandler {
  return (c, next) => {
    // A key is no cookie: no page of another site can make a browser send one.
    if (proveThemselves(c.req.path) || shownKey(c.req.raw) !== null) return next();
    const verdict = judgeRequestOrigin(originOf(c.req.raw, runtime));
    if (verdict.allowed) return next();
    runtime.log.warn(
      { security: "request_origin", reason: verdict.reason, path: c.req.path },
      "refused a cross-site request",
    );
    const error = "This request came from another site. Open the page and try again.";
    return Promise.resolve(c.json(refusalBody(c.req.path, error), 403, CLOSE));
  };
}

function originOf(request: Request, { config }: Runtime) {
  const url = requestUrl(request, config);
  const { prefix } = cookiePolicy(config.profile, url, request.headers.get("user-agent"));
  const jar = parseCookies(request.headers.get("cookie"));
  return {
    method: request.method,
    origin: request.headers.get("origin"),
    fetchSite: request.headers.get("sec-fetch-site"),
    hasCookie: jar.has(`${prefix}sid`) || jar.has(`${prefix}cart`),
    // A live shop has one address; elsewhere a phone on the local network may use this machine's.
    ownOrigins:
      config.profile === "live" ? [new URL(config.baseUrl).origin] : [new URL(config.baseUrl).origin, url.origin],
  };
}
