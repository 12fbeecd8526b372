import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { serveStatic } from "@hono/node-server/serve-static";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { type Context, Hono } from "hono";
import { newNonce } from "../kernel/id.ts";
import { withRequestId } from "../kernel/log.ts";
import { appRouter } from "../trpc/router.ts";
import type { Runtime } from "../wire.ts";
import { limitBody } from "./body-limit.ts";
import { comeBackAfter, comeBackLater, secondsToWait, withRetryAfter } from "./come-back-later.ts";
import { refusalBody } from "./documented-addresses.ts";
import { isVisitOrForm } from "./form-body.ts";
import { healthRoutes } from "./health.ts";
import { type LoadContext, loadContext, pageFailed, themeOf, type WebhookDoor } from "./load-context.ts";
import { CLOSE, proveThemselves, refuseOtherSites } from "./other-sites.ts";
import { createPageCache, type Marks } from "./page-cache.ts";
import { plainPage } from "./plain-page.ts";
import { countRefused } from "./refused-notifications.ts";
import {
  callerAddress,
  keyOpens,
  type RequestState,
  requestIdFrom,
  requestState,
  requestUrl,
  shownKey,
} from "./request-context.ts";
import { routeLabel } from "./route-label.ts";
import { securityHeaders } from "./security-headers.ts";
import { mayShare, nobodysRequest, sharedPageKey } from "./shared-pages.ts";
import { type Standing, standingOf } from "./standing.ts";
import { isOwnPage, unkept } from "./unkept.ts";
import { awayAnswer, stateOrAway, wasAway } from "./while-away.ts";

const BODY_LIMIT = 1_000_000;
/** A picture of three megabytes, with its form around it. */
const UPLOAD_LIMIT = 3_200_000;
/** The pages that pictures are uploaded at. */
const PICTURES = /^\/(admin\/products\/|account\/organization\/brand(\.data)?$)/;
/** Calls in one request; each counts for itself as well. */
const BATCH_LIMIT = 20;
const YEAR = "public, max-age=31536000, immutable";

/** What `server/main.ts` puts together: the Remix build (or Vite's), and what answers before it. */
export type AppParts = {
  readonly runtime: Runtime;
  readonly remix: (request: Request, context: LoadContext) => Promise<Response>;
  readonly webhooks: WebhookDoor;
  /** Endpoints that are answered without Remix, in order. */
  readonly endpoints: readonly ((app: Hono, runtime: Runtime) => void)[];
  readonly migrations: number;
  readonly development: boolean;
  draining(): boolean;
};

type NodeEnv = { incoming?: { socket?: { remoteAddress?: string } }; outgoing?: ServerResponse };

/** The socket's address of a request that Hono's Node adapter handed in. */
export function socketAddress(c: Context): string {
  return (c.env as NodeEnv | undefined)?.incoming?.socket?.remoteAddress ?? "127.0.0.1";
}

/** The whole web process as one fetch handler: assets, health, endpoints, tRPC, then Remix. */
export function createApp(parts: AppParts): Hono {
  const { runtime, development } = parts;
  const app = new Hono();
  const addSecurityHeaders = securityHeaders(runtime.config, development);

  app.use("*", async (c, next) => {
    const started = performance.now();
    const requestId = requestIdFrom(c.req.header("x-request-id"));
    const nonce = newNonce();
    c.set("requestId" as never, requestId as never);
    c.set("nonce" as never, nonce as never);
    await withRequestId(requestId, next);
    addSecurityHeaders(c.res.headers, nonce);
    c.res.headers.set("X-Request-Id", marksOf(c).requestId);
    runtime.metrics.httpSeconds.observe(
      { route: routeLabel(c.req.path), status: String(c.res.status) },
      (performance.now() - started) / 1000,
    );
  });

  app.onError((error, c) => {
    const away = wasAway(runtime, error, { path: c.req.path }) ? awayAnswer(marksOf(c).requestId) : null;
    if (away) return c.json(away.body, away.status, away.headers);
    runtime.metrics.errors.inc({ kind: "bug" });
    runtime.log.error({ err: error, path: c.req.path }, "request failed");
    const page = plainPage(c.req.raw, runtime.config, "failed", marksOf(c));
    return (
      page ??
      c.json(refusalBody(c.req.path, "Something went wrong on our side.", { requestId: marksOf(c).requestId }), 500)
    );
  });

  if (!development)
    app.use(
      "/assets/*",
      serveStatic({ root: "./build/client", onFound: (_path, c) => c.header("Cache-Control", YEAR) }),
    );
  for (const file of ["/favicon.svg", "/apple-touch-icon.png", "/share.png"]) {
    app.get(
      file,
      serveStatic({
        root: development ? "./public" : "./build/client",
        onFound: (_path, c) => c.header("Cache-Control", "public, max-age=86400"),
      }),
    );
  }

  const counting = { callLimits: runtime.providers.callLimits, log: runtime.log };
  app.use("*", async (c, next) => {
    // The sandbox shows a token of its own, and asks as fast as it moves the clock; keys have a count each.
    if (c.req.path.startsWith("/_sandbox/")) return next();
    const address = callerAddress(c.req.raw, socketAddress(c), runtime.config);
    const keyed = shownKey(c.req.raw) !== null;
    const { callLimits } = runtime.providers;
    const wait = keyed
      ? await callLimits.secondsToWait("guesses", address)
      : await secondsToWait(counting, "requests", address);
    // Its body stays unread, as below.
    if (wait !== null)
      return withClose(plainPage(c.req.raw, runtime.config, { wait }, marksOf(c)) ?? comeBackLater(wait));
    await next();
    // Whatever else is wrong with it: a key that opens nothing would else come without a count, in a call that is not there.
    if (!keyed || (c.res.status !== 401 && keyOpens(c.req.raw))) return;
    await secondsToWait(counting, "guesses", address);
    const refused = await secondsToWait(counting, "refusals", address);
    if (refused === null) return;
    // Without this the headers of the first answer, its length among them, would be put on the second.
    c.res = undefined;
    c.res = comeBackLater(refused);
  });

  app.use("*", refuseOtherSites(runtime));

  healthRoutes(app, runtime, { migrations: parts.migrations, draining: parts.draining, address: socketAddress });
  for (const endpoint of parts.endpoints) endpoint(app, runtime);

  const [plain, withPicture] = [limitBody(BODY_LIMIT, CLOSE), limitBody(UPLOAD_LIMIT, CLOSE)];
  app.use("*", (c, next) => (PICTURES.test(c.req.path) ? withPicture : plain)(c, next));

  app.all("/api/trpc/*", async (c) => {
    const state = await requestState(runtime, c.req.raw, socketAddress(c), marksOf(c).requestId);
    const response = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: c.req.raw,
      router: appRouter,
      createContext: () => state.ctx,
      allowMethodOverride: false,
      maxBatchSize: BATCH_LIMIT,
    });
    return unkept(withCookies(withRetryAfter(response, state.retryAfterSeconds), state.cookies));
  });

  const shared = createPageCache();

  app.all("*", async (c) => {
    if (!proveThemselves(c.req.path) && !isVisitOrForm(c.req.raw))
      return c.json(refusalBody(c.req.path, "A page takes a form and nothing else."), 415, CLOSE);
    const own = marksOf(c);
    const { company } = runtime.providers;
    const [[state, away]] = await Promise.all([
      stateOrAway(runtime, c.req.raw, socketAddress(c), own.requestId),
      company.look(),
    ]);
    const url = requestUrl(c.req.raw, runtime.config);
    const request = behindProxy(c.req.raw, url);
    const wait = (await comeBackAfter(state, c.req.method)) ?? away;
    const webhooks: WebhookDoor = {
      receive: async (...sent) => countRefused(await parts.webhooks.receive(...sent), counting, state.ctx.browser.ip),
    };
    const render = async (asked: Request, by: RequestState, marks: Marks, standing?: Standing) => {
      const response = await parts.remix(asked, loadContext(runtime, by, marks, webhooks, wait, standing));
      const answer = withCookies(withRetryAfter(response, wait?.seconds ?? by.retryAfterSeconds), state.cookies);
      return isOwnPage(url.pathname) ? unkept(answer) : answer;
    };
    if (development || wait !== null || !mayShare(request, url, state)) return render(request, state, own);
    // An id from outside could be any word of the page, and ids are exchanged in shared pages.
    const ours = { ...own, requestId: randomUUID() };
    c.set("requestId" as never, ours.requestId as never);
    return withRequestId(ours.requestId, async () => {
      const standing = await standingOf(state, pageFailed(runtime, state.ctx));
      const key = sharedPageKey(
        url,
        { locale: state.ctx.browser.locale, theme: themeOf(state), company: company.current() },
        standing,
      );
      return shared.answer(key, ours, () => {
        const nobodys = nobodysRequest(runtime, url, state, ours.requestId);
        return render(nobodys.request, nobodys.state, ours, standing);
      });
    });
  });
  return app;
}

function withClose(response: Response): Response {
  response.headers.set("Connection", "close");
  return response;
}

function marksOf(c: Context): Marks {
  return { nonce: c.get("nonce" as never) as string, requestId: c.get("requestId" as never) as string };
}

/** Remix builds redirects and compares origins by the request's own URL: give it the one the browser used. */
function behindProxy(request: Request, url: URL): Request {
  return url.href === request.url ? request : new Request(url, request);
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  if (cookies.length === 0) return response;
  const answer = new Response(response.body, response);
  for (const cookie of cookies) answer.headers.append("Set-Cookie", cookie);
  answer.headers.set("Cache-Control", "no-store");
  return answer;
}
