import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { loadConfig } from "../kernel/config.ts";
import { createRuntime } from "../wire.ts";
import { createApp } from "./app.ts";
import { endpoints } from "./endpoints.ts";

const { urls } = await testDatabase();
const KEY = "source-key-of-the-partner-0123456";
/** Every limit is one request: whoever is counted is refused at the second. */
const runtime = createRuntime(
  loadConfig({
    DATABASE_URL: urls.member,
    DATABASE_SERVICE_URL: urls.service,
    STRIPE_SECRET_KEY: "sk_test_nobody",
    STRIPE_API_BASE: "http://127.0.0.1:9",
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    SANDBOX_CONTROL_TOKEN: "0123456789abcdef",
    SOURCE_API_KEY: KEY,
    RATE_LIMIT_SCALE: "0.001",
    LOG_LEVEL: "fatal",
  }),
  { process: "web" },
);
const { routes, inbox, close } = await endpoints(runtime);
afterAll(async () => {
  await close();
  await runtime.close();
});
const app = createApp({
  runtime: { ...runtime, providers: { ...runtime.providers } },
  remix: async (request, { comeBack }) => {
    if (new URL(request.url).pathname === "/broken") throw new Error("nothing can be read");
    return new Response("a page", { status: comeBack === null ? 200 : 429 });
  },
  webhooks: inbox,
  endpoints: routes,
  migrations: 0,
  development: false,
  draining: () => false,
});

type Limited = { readonly ask: readonly { readonly path: string; readonly init?: RequestInit }[] };
const NO_KEY = { headers: { authorization: "Bearer kv_live_no-such-key" } };
const form = { method: "POST", body: "a=b", headers: { origin: "http://localhost:3000" } };
const json = (body: unknown, headers: Record<string, string> = {}) => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers },
});

/**
 * Every address that the web process answers, as Hono knows it, with what is asked of it here; or why it needs no limit. A
 * new one fails the first test until it stands here and is limited. What a procedure costs is counted once more
 * (`server/trpc/rate-limits.db.test.ts`); notifications have a door of their own (`webhooks.http.test.ts`).
 */
const ADDRESSES: Readonly<Record<string, Limited | { readonly without: string }>> = {
  "ALL /*": {
    ask: [
      { path: "/" },
      { path: "/products?q=x" },
      { path: "/login", init: form },
      { path: "/nowhere" },
      { path: "/login.data", init: form },
      { path: "/", init: { method: "HEAD" } },
    ],
  },
  "ALL /api/billing/checkout": { ask: [{ path: "/api/billing/checkout" }] },
  "ALL /api/billing/portal": { ask: [{ path: "/api/billing/portal" }] },
  "ALL /api/checkout": { ask: [{ path: "/api/checkout" }] },
  "ALL /api/entitlements": {
    ask: [{ path: "/api/entitlements", init: json({}, { origin: "http://localhost:3000" }) }],
  },
  "ALL /api/trpc/*": {
    ask: [
      { path: "/api/trpc/identity.me" },
      { path: "/api/trpc/nothing.there" },
      { path: "/api/trpc/identity.signIn", init: json({ json: {} }, { origin: "http://localhost:3000" }) },
      { path: "/api/trpc/identity.me", init: NO_KEY },
      { path: "/api/trpc/nothing.there", init: NO_KEY },
      { path: "/api/trpc/identity.me,nothing.there?batch=1&input=%7B%7D", init: NO_KEY },
    ],
  },
  "GET /.well-known/entitlement-keys.json": { ask: [{ path: "/.well-known/entitlement-keys.json" }] },
  "ALL /assets/*": { without: "files of the build, as they lie there" },
  "GET /api/entitlements": { ask: [{ path: "/api/entitlements?orgId=org_1" }] },
  "GET /api/webhooks/stripe/logs": { ask: [{ path: "/api/webhooks/stripe/logs" }] },
  "GET /apple-touch-icon.png": { without: "a file of the build, as it lies there" },
  "GET /favicon.svg": { without: "a file of the build, as it lies there" },
  "GET /healthz": { ask: [{ path: "/healthz" }] },
  "GET /media/:id{img_[0-9a-f]{32}}": { ask: [{ path: `/media/img_${"0".repeat(32)}` }] },
  "GET /metrics": { ask: [{ path: "/metrics" }] },
  "GET /share.png": { without: "a file of the build, as it lies there" },
  "GET /readyz": { ask: [{ path: "/readyz" }] },
  "POST /_sandbox/clock": { without: "in the sandbox profile only, for the sandbox's own token" },
  "POST /api/billing/checkout": {
    ask: [{ path: "/api/billing/checkout", init: json({}, { origin: "http://localhost:3000" }) }],
  },
  "POST /api/billing/portal": {
    ask: [{ path: "/api/billing/portal", init: json({}, { origin: "http://localhost:3000" }) }],
  },
  "POST /api/campaigns/webhook": {
    ask: [
      { path: "/api/campaigns/webhook", init: json({ action: "ping" }) },
      { path: "/api/campaigns/webhook", init: json({ action: "ping" }, { authorization: `Bearer ${KEY}` }) },
    ],
  },
  "POST /checkout": { ask: [{ path: "/checkout", init: json({}, { origin: "http://localhost:3000" }) }] },
  "POST /api/checkout": {
    ask: [
      { path: "/api/checkout", init: json({}) },
      { path: "/api/checkout", init: { method: "POST", body: "no JSON", ...NO_KEY } },
    ],
  },
};

let hosts = 0;
const ask = ({ path, init }: Limited["ask"][number], address: string) =>
  app.fetch(new Request(`http://localhost:3000${path}`, init), { incoming: { socket: { remoteAddress: address } } });

describe("R31: every address that anybody may ask", () => {
  test("stands in the table", () => {
    const answered = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
    expect([...answered].toSorted()).toEqual(Object.keys(ADDRESSES).toSorted());
  });

  const limited = Object.entries(ADDRESSES).flatMap(([name, entry]) =>
    "ask" in entry ? entry.ask.map((one) => [name, `${one.init?.method ?? "GET"} ${one.path}`, one] as const) : [],
  );
  test.each(limited)(
    "%s: %s is refused to an address that comes too often, and to no other",
    async (_name, _what, one) => {
      const [often, other] = [`198.51.100.${++hosts}`, `203.0.113.${hosts}`];
      const statuses: number[] = [];
      let last = await ask(one, often);
      for (; last.status !== 429 && statuses.length < 15; last = await ask(one, often)) statuses.push(last.status);
      expect(statuses.length, "let in first").toBeGreaterThan(0);
      expect(last.status).toBe(429);
      expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(last.headers.get("x-content-type-options")).toBe("nosniff");
      expect((await ask(one, other)).status).toBe(statuses[0]);
    },
  );
});

describe("R31: the campaign webhook", () => {
  const ping = (address: string, key = KEY) =>
    ask(
      { path: "/api/campaigns/webhook", init: json({ action: "ping" }, { authorization: `Bearer ${key}` }) },
      address,
    );

  test("counts what it refuses by itself: a partner behind the same address is still heard", async () => {
    const address = "198.51.100.200";
    const { callLimits } = runtime.providers;
    expect((await ping(address, "wrong-key")).status).toBe(401);
    await expect(callLimits.consume("refusals", address)).rejects.toMatchObject({ kind: "rate_limited" });
    expect((await ping(address)).status).toBe(200);
    expect((await ping("198.51.100.201", "wrong-key")).status).toBe(401);
  });
});

describe("where not even an error page can be made", () => {
  const person = (path: string, address: string, language: string) =>
    ask({ path, init: { headers: { accept: "text/html,*/*", "accept-language": language } } }, address);

  test("a person gets a page in their language with the id of the error, a program JSON", async () => {
    const shown = await person("/broken", "198.51.100.210", "sv");
    expect(shown.status).toBe(500);
    expect(shown.headers.get("content-type")).toContain("text/html");
    const [page, requestId] = [await shown.text(), shown.headers.get("x-request-id")];
    expect(page).toContain("Sidan kunde inte visas");
    expect(page).toContain(`<code>${requestId}</code>`);
    // The one style element is let in by the policy of this very answer.
    const nonce = /<style nonce="([^"]+)">/.exec(page)?.[1];
    expect(shown.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
    const told = await ask({ path: "/broken", init: { headers: { accept: "*/*" } } }, "198.51.100.211");
    expect([told.status, Object.keys(await told.json())]).toEqual([500, ["error", "requestId"]]);
  });

  test("a person who asks too often is told in words when to come again", async () => {
    let last = await person("/", "198.51.100.212", "en");
    // The pages' own limit is answered by the pages; behind it is the edge's.
    for (let n = 0; n < 15 && !last.headers.has("connection"); n++) last = await person("/", "198.51.100.212", "en");
    expect([last.status, last.headers.get("connection")]).toEqual([429, "close"]);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await last.text()).toContain("There were too many requests");
  });
});
