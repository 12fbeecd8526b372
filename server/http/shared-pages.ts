import type { Company } from "../kernel/company.ts";
import type { Runtime } from "../wire.ts";
import type { RequestState } from "./request-context.ts";
import type { Standing } from "./standing.ts";

/**
 * Pages that hold nothing of who looks at them but in the frame around them: no form with a key of its own, nothing of the
 * account. A test renders each of them twice and compares. The membership pages are not among them: their form carries a
 * key that makes a purchase happen once.
 */
const SHARED = /^\/(products(\/[\w-]{1,80})?|terms|villkor|privacy|integritet)?$/;

/** Cookies that choose how a page looks, not whose it is: all that a shared page is told of a visitor's. */
const LOOKS = ["locale", "theme"] as const;

/** Whether a request asks for a page that others may get alike, if they are of the same standing. */
export function mayShare(request: Request, url: URL, { ctx, cookies }: Pick<RequestState, "ctx" | "cookies">): boolean {
  if (request.method !== "GET" || !SHARED.test(url.pathname) || url.search.length > 200) return false;
  // Staff who look as a customer see whom they look as; a visitor who is given a cookie gets an answer of their own.
  return !request.headers.has("authorization") && !ctx.session?.impersonation && cookies.length === 0;
}

/** Under which key others may get the same document: everything that it is made of. */
export function sharedPageKey(
  url: URL,
  looks: { readonly locale: string; readonly theme: string; readonly company: Company },
  { viewer, cartCount }: Standing,
): string {
  const { kind, role } = viewer;
  const seller = JSON.stringify(looks.company);
  return [url.origin, url.pathname, url.search, looks.locale, looks.theme, kind, role ?? "-", cartCount, seller].join(
    " ",
  );
}

/**
 * The same request as it would come from somebody of whom only language and theme are known. A shared page is made from
 * this one, so whatever its loaders ask, there is nothing of the visitor to be found: the document cannot hold it.
 */
export function nobodysRequest(
  runtime: Pick<Runtime, "ctx">,
  url: URL,
  state: RequestState,
  requestId: string,
): { request: Request; state: RequestState } {
  const { prefix, cookieValue } = state;
  const chosen = LOOKS.flatMap((name) => {
    const value = cookieValue(name);
    return value !== undefined && /^\w{1,20}$/.test(value) ? [[name, value] as const] : [];
  });
  const jar = new Map(chosen.map(([name, value]) => [`${prefix}${name}`, value]));
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const request = new Request(url, cookie === "" ? {} : { headers: { cookie } });
  const { browser } = state.ctx;
  const ctx = {
    ...runtime.ctx({ kind: "anonymous", tokens: [] }, requestId),
    session: null,
    keyRefused: false,
    browser: {
      ...browser,
      ip: "0.0.0.0",
      userAgent: null,
      cartToken: null,
      idempotencyKey: null,
      secondStepToken: null,
      knownDevice: null,
    },
  };
  return {
    request,
    state: { ...state, ctx, jar, retryAfterSeconds: null, cookieValue: (name) => jar.get(`${prefix}${name}`) },
  };
}
