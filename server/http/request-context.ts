import { randomUUID } from "node:crypto";
import { bearerKey, resumeKey, resumeOrganizationKey } from "../api-keys/index.ts";
import { accountActor, cookiePolicy, resumeSession } from "../identity/index.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Config } from "../kernel/config.ts";
import type { Database } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Browser, RequestCtx, Session } from "../trpc/context.ts";
import type { Runtime } from "../wire.ts";
import { addressBlock, clientAddress } from "./client-address.ts";
import { type CookieOptions, parseCookies, serializeCookie } from "./cookies.ts";
import { requestLocale } from "./locale.ts";
import { userOfHeader } from "./user-header.ts";

const CART_DAYS = 60;
const DEVICE_DAYS = 365;

/** One request's context and the cookies it wants set; the answer takes {@link RequestState.cookies} along. */
export type RequestState = {
  readonly ctx: RequestCtx;
  readonly cookies: string[];
  /** Set when something was refused for now. */
  readonly retryAfterSeconds: number | null;
  readonly cookieValue: (name: string) => string | undefined;
  /** Every cookie that came, by its full name, and what ours begin with. */
  readonly jar: ReadonlyMap<string, string>;
  readonly prefix: string;
  setCookie(name: string, value: string, options?: CookieOptions): void;
};

/** The address a browser used, through trusted proxies. */
export function requestUrl(request: Request, config: Config): URL {
  const url = new URL(request.url);
  if (config.TRUST_PROXY > 0) {
    const protocol = request.headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim();
    const host = request.headers.get("x-forwarded-host")?.split(",").at(-1)?.trim();
    if (protocol === "http" || protocol === "https") url.protocol = `${protocol}:`;
    if (host) url.host = host;
  }
  return url;
}

/** The address whose requests are counted: the browser's, through trusted proxies. */
export function callerAddress(request: Request, socketAddress: string, config: Pick<Config, "TRUST_PROXY">): string {
  return addressBlock(clientAddress(socketAddress, request.headers.get("x-forwarded-for"), config.TRUST_PROXY));
}

/** A request id from in front of us is taken over when it looks like one, so that one id runs from edge to job. */
export function requestIdFrom(given: string | readonly string[] | null | undefined): string {
  return typeof given === "string" && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Addresses that programs call: there an API key stands for its owner, and cookies for nobody. */
const FOR_PROGRAMS = /^\/(api\/trpc\/|api\/checkout$|checkout$|api\/billing\/|api\/entitlements$)/;

/** The API key that a program shows where one may be shown. Such a request needs no cookie, and none of it is read. */
export function shownKey(request: Request): string | null {
  if (!FOR_PROGRAMS.test(new URL(request.url).pathname)) return null;
  return bearerKey(request.headers.get("authorization"));
}

const opened = new WeakSet<Request>();

/** Whether the key that a request showed was looked up and is one of ours, whatever it may do. */
export function keyOpens(request: Request): boolean {
  return opened.has(request);
}

/**
 * Builds the context of one request: one look-up of the session or the API key when there is one, none otherwise. `lookUp`
 * false: nobody is looked up, as the database does not answer.
 */
export async function requestState(
  runtime: Runtime,
  request: Request,
  socketAddress: string,
  requestId: string,
  { lookUp = true } = {},
): Promise<RequestState> {
  const { config } = runtime;
  invariant(runtime.member, "only web answers requests");
  const url = requestUrl(request, config);
  const policy = cookiePolicy(config.profile, url, request.headers.get("user-agent"));
  const key = shownKey(request);
  const jar = parseCookies(key === null ? request.headers.get("cookie") : null);
  const cookies: string[] = [];
  const setCookie: RequestState["setCookie"] = (name, value, options) => {
    cookies.push(serializeCookie(`${policy.prefix}${name}`, value, { secure: policy.secure, ...options }));
  };
  const cookieValue = (name: string) => jar.get(`${policy.prefix}${name}`);
  const token = lookUp ? cookieValue("sid") : undefined;
  const live = config.profile === "live";
  const at = runtime.technical.now();
  const ofCookie = token ? await resumeSession(runtime.member, token, at, { staffNeedSecondFactor: live }) : null;
  const ofKey = key === null ? null : await callerOfKey(runtime, key);
  if (ofKey !== null && ofKey.keyRefused !== true) opened.add(request);
  const session = ofKey === null ? (ofCookie ?? (lookUp ? await userOfHeader(runtime, request) : null)) : ofKey.session;
  // Staff who look as a customer do not bring the cart of their own browser along.
  const cartToken = session?.impersonation ? null : (cookieValue("cart") ?? null);
  const state = {
    cookies,
    cookieValue,
    jar,
    prefix: policy.prefix,
    setCookie,
    retryAfterSeconds: null as number | null,
  };
  const secondsUntil = (end: Date) => (end.getTime() - runtime.technical.now().getTime()) / 1000;
  const browser: Browser = {
    ip: callerAddress(request, socketAddress, config),
    userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? null,
    locale: requestLocale(
      url.pathname,
      cookieValue("locale"),
      request.headers.get("accept-language"),
      url.searchParams.get("lang"),
    ),
    cartToken,
    idempotencyKey: request.headers.get("idempotency-key"),
    secondStepToken: cookieValue("half") ?? null,
    knownDevice: cookieValue("device") ?? null,
    setSecondStep: (value, expiresAt) => setCookie("half", value, { maxAgeSeconds: secondsUntil(expiresAt) }),
    clearSecondStep: () => setCookie("half", "", { maxAgeSeconds: 0 }),
    setKnownDevice: (value) => setCookie("device", value, { maxAgeSeconds: DEVICE_DAYS * 86_400 }),
    retryAfter: (seconds) => {
      state.retryAfterSeconds = seconds;
    },
    setSession: (value, expiresAt) => setCookie("sid", value, { maxAgeSeconds: secondsUntil(expiresAt) }),
    clearSession: () => setCookie("sid", "", { maxAgeSeconds: 0 }),
    setCartToken: (value) => setCookie("cart", value, { maxAgeSeconds: CART_DAYS * 86_400 }),
  };
  const tokens = cartToken ? [hashToken(cartToken)] : [];
  const ctx = runtime.ctx(actorOf(session, tokens), requestId);
  // The procedures refuse changes themselves; here the database does so too.
  const db = session?.impersonation ? readOnly(ctx.db) : ctx.db;
  const keyRefused = ofKey?.keyRefused ?? false;
  return Object.assign(state, { ctx: { ...ctx, db, session, browser, keyRefused } });
}

/**
 * Who comes with an API key, a person or an organization, and whether it opens nothing (`plan`: an organization's whose plan
 * opens its keys no longer); the same by whichever door (see `program-door.ts`).
 */
export async function callerOfKey(
  runtime: Runtime,
  key: string,
): Promise<Required<Pick<RequestCtx, "session" | "keyRefused">>> {
  invariant(runtime.member, "only web answers requests");
  const asked = [runtime.member, key, runtime.technical.now(), { live: runtime.config.profile === "live" }] as const;
  const found = (await resumeOrganizationKey(...asked)) ?? (await resumeKey(...asked));
  return found === "plan" ? { session: null, keyRefused: found } : { session: found, keyRefused: found === null };
}

/** A database in which nothing can be changed, but as somebody who is named (the member of staff who ends the look). */
function readOnly(db: Database): Database {
  return { transaction: (work, options) => db.transaction(work, { readOnly: options?.as === undefined, ...options }) };
}

/** The actor that row-level security sees for a session (or none). */
export function actorOf(session: Session | null, tokens: readonly string[]): Actor {
  return session ? accountActor(session, tokens) : { kind: "anonymous", tokens };
}
