import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { ROUTE_ADDRESSES } from "../../scripts/test/route-addresses.ts";
import { hashPassword } from "../identity/index.ts";
import { loadConfig } from "../kernel/config.ts";
import { appRouter } from "../trpc/router.ts";
import { createRuntime } from "../wire.ts";
import { createApp } from "./app.ts";
import { requestState } from "./request-context.ts";

const PASSWORD = "blåbärssoppa till frukost";
const { urls } = await testDatabase();
const runtime = createRuntime(
  loadConfig({
    DATABASE_URL: urls.member,
    DATABASE_SERVICE_URL: urls.service,
    STRIPE_SECRET_KEY: "sk_test_nobody",
    STRIPE_API_BASE: "http://127.0.0.1:9",
    SESSION_SECRET: "a secret of at least thirty-two characters",
    LOG_LEVEL: "fatal",
  }),
  { process: "web" },
);
const app = createApp({
  runtime,
  remix: async (_request, { viewer }) => Response.json(viewer),
  webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  endpoints: [],
  migrations: 0,
  development: false,
  draining: () => false,
});
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await runtime.close();
});

beforeAll(async () => {
  const hash = await hashPassword(PASSWORD);
  const { sql } = runtime.service;
  await sql`insert into users (id, email, email_normalized, email_verified_at, password_hash, locale, created_at)
    values ('usr_a', 'anna@example.com', 'anna@example.com', now(), ${hash}, 'sv', now())`;
  await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
    values ('cus_a', 'usr_a', 'anna@example.com', 'anna@example.com', 'sv', now())`;
});

const call = (path: string, init: RequestInit & { headers?: Record<string, string> }) =>
  fetch(`${origin}${path}`, { redirect: "manual", ...init });
const mutate = (procedure: string, input: unknown, headers: Record<string, string> = {}) =>
  call(`/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, ...headers },
    body: JSON.stringify({ json: input }),
  });
const signIn = (headers: Record<string, string> = {}) =>
  mutate("identity.signIn", { email: "anna@example.com", password: PASSWORD }, headers);
const cookieOf = (response: Response) => response.headers.getSetCookie().find((line) => line.includes("sid=")) ?? "";
const jar = (response: Response) => cookieOf(response).split(";")[0] ?? "";
const viewer = async (cookie: string) =>
  ((await (await call("/account", { headers: { cookie } })).json()) as { kind: string }).kind;
const sessions = async () =>
  (await runtime.service.sql`select id, revoked_at is null as open from sessions order by id`).map((row) => row.open);

describe("R23: the session cookie", () => {
  test("is locked to this host, out of scripts' reach, and new at each sign-in", async () => {
    const [one, two] = [await signIn(), await signIn()];
    expect(cookieOf(one)).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; SameSite=Lax; HttpOnly; Secure; Max-Age=\d+$/);
    expect(cookieOf(one).length).toBeLessThan(4096);
    expect(jar(two)).not.toBe(jar(one));
    expect([await viewer(jar(one)), await viewer(jar(two))]).toEqual(["customer", "customer"]);
    expect(one.headers.get("cache-control")).toBe("no-store");
  });

  test("signing in again in the same browser ends the session before", async () => {
    const before = jar(await signIn());
    const after = jar(await signIn({ cookie: before }));
    expect([await viewer(before), await viewer(after)]).toEqual(["anonymous", "customer"]);
  });

  test("is gone, and worth nothing, after signing out; a call without a body will do", async () => {
    const cookie = jar(await signIn());
    const out = await call("/api/trpc/identity.signOut", {
      method: "POST",
      headers: { origin, cookie, "content-type": "application/json" },
    });
    expect([out.status, cookieOf(out)]).toEqual([200, expect.stringMatching(/^__Host-sid=; .*Max-Age=0$/)]);
    expect(await viewer(cookie)).toBe("anonymous");
  });

  test("under the unprefixed name counts for nothing here: a sibling site could have set it", async () => {
    const cookie = jar(await signIn()).replace("__Host-", "");
    expect(await viewer(cookie)).toBe("anonymous");
  });

  test("never leads to another site after signing in", async () => {
    const response = await mutate("identity.signIn", {
      email: "anna@example.com",
      password: PASSWORD,
      redirectTo: "//evil.example/x",
    });
    expect(await response.json()).toMatchObject({ result: { data: { json: { redirect: "/account" } } } });
  });
});

test("staff who look as a customer have a database in which nothing can be changed, whatever would", async () => {
  const { sql } = runtime.service;
  const cookie = jar(await signIn());
  const request = new Request(`${origin}/account`, { headers: { cookie } });
  const change = async () => {
    const { ctx } = await requestState(runtime, request, "127.0.0.1", "test");
    return ctx.db.transaction((tx) => tx.execute("update customers set name = name where id = 'cus_a'"));
  };
  await change();
  await sql`insert into users (id, email, email_normalized, email_verified_at, password_hash, locale, created_at)
    values ('usr_seen', 'seen@example.com', 'seen@example.com', now(), 'x', 'sv', now())`;
  await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
    values ('cus_seen', 'usr_seen', 'seen@example.com', 'seen@example.com', 'sv', now())`;
  await sql`update users set staff_role = 'support' where id = 'usr_a'`;
  const [session] = await sql<{ id: string }[]>`select id from sessions order by created_at desc, id desc limit 1`;
  await sql`insert into impersonations (id, session_id, staff_user_id, as_customer_id, reason, started_at, expires_at)
    values ('imp_a', ${session?.id ?? ""}, 'usr_a', 'cus_seen', 'looks', now(), now() + interval '1 hour')`;
  await expect(change()).rejects.toMatchObject({ cause: { code: "25006" } });
  await sql`delete from impersonations where id = 'imp_a'`;
  await sql`update users set staff_role = null where id = 'usr_a'`;
});

test("staff without a second factor are staff in every shop but a live one", async () => {
  await runtime.service.sql`update users set staff_role = 'owner' where id = 'usr_a'`;
  const request = new Request(`${origin}/admin`, { headers: { cookie: jar(await signIn()) } });
  const lookedAt = async (profile: "sandbox" | "test" | "live") => {
    // A live shop's cookies are the same: the tests reach it by https or this machine's name.
    const shop = { ...runtime, config: { ...runtime.config, profile } };
    return (await requestState(shop, request, "127.0.0.1", "test")).ctx.session;
  };
  expect(await lookedAt("sandbox")).toMatchObject({ staffRole: "owner", staffLocked: false });
  expect(await lookedAt("live")).toMatchObject({ staffRole: "owner", staffLocked: true });
  await runtime.service.sql`update users set staff_role = null where id = 'usr_a'`;
});

describe("R25: another site", () => {
  const mutations = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)
    .filter(([, procedure]) => procedure._def.type === "mutation")
    .map(([path]) => path);
  const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  let cookie = "";
  beforeAll(async () => {
    cookie = jar(await signIn());
  });

  test("there are mutations to try", () => expect(mutations.length).toBeGreaterThan(10));

  test.each(mutations)("cannot make a visitor's browser call %s", async (path) => {
    const before = await sessions();
    const attempts = [
      call(`/api/trpc/${path}`, {
        method: "POST",
        headers: { ...evil, cookie, "content-type": "application/json" },
        body: '{"json":{}}',
      }),
      call(`/api/trpc/${path}`, {
        method: "POST",
        headers: { ...evil, cookie, "content-type": "text/plain" },
        body: '{"json":{}}',
      }),
      call(`/api/trpc/${path}`, {
        method: "POST",
        headers: { ...evil, cookie, "content-type": "application/x-www-form-urlencoded" },
        body: "json=1",
      }),
      call(`/api/trpc/${path}`, { method: "POST", headers: { origin: "https://evil.example", cookie } }),
      call(`/api/trpc/${path}`, { method: "POST", headers: { cookie } }),
      ...["PUT", "PATCH", "DELETE"].map((method) =>
        call(`/api/trpc/${path}`, { method, headers: { ...evil, cookie } }),
      ),
    ];
    const answers = await Promise.all(attempts);
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 403));
    expect(answers.flatMap((answer) => answer.headers.getSetCookie())).toEqual([]);
    // A link or an image is a GET: it reads at most.
    const get = await call(`/api/trpc/${path}?input=%7B%22json%22%3A%7B%7D%7D`, {
      headers: { cookie, "sec-fetch-site": "cross-site" },
    });
    expect(get.status).toBe(405);
    expect(await sessions()).toEqual(before);
  });

  test("cannot sign a visitor in as somebody else, nor post to a page", async () => {
    expect((await signIn(evil)).status).toBe(403);
    // Stripe's notifications prove themselves by their signature.
    const pages = ROUTE_ADDRESSES.filter((path) => path !== "/api/webhooks/stripe");
    for (const path of [...pages, "/logout.data"]) {
      const form = call(path, {
        method: "POST",
        headers: { ...evil, cookie, "content-type": "application/x-www-form-urlencoded" },
        body: "a=b",
      });
      expect((await form).status, path).toBe(403);
    }
    expect(await viewer(cookie)).toBe("customer");
  });
});

describe("R31: an address that asks too often", () => {
  const narrow = createRuntime({ ...runtime.config, RATE_LIMIT_SCALE: 0.01 }, { process: "web" });
  const limited = createApp({
    runtime: narrow,
    remix: async (_request, { caller, comeBack }) => {
      const refused = await caller.identity.me().catch((error: { code?: string }) => error.code);
      return new Response(String(refused), { status: comeBack === null ? 200 : 429 });
    },
    webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
    endpoints: [],
    migrations: 0,
    development: false,
    draining: () => false,
  });
  afterAll(() => narrow.close());
  const ask = (path: string, address: string, headers: Record<string, string> = {}) =>
    limited.fetch(new Request(`http://127.0.0.1${path}`, { headers }), {
      incoming: { socket: { remoteAddress: address } },
    });

  test("is told to come back later on pages, where nothing is done for it; others are not", async () => {
    for (let n = 0; n < 12; n++) expect((await ask("/", "198.51.100.7")).status).toBe(200);
    // Whatever it says of itself: no proxy of ours stands in front.
    const refused = await ask("/", "198.51.100.7", { "x-forwarded-for": "203.0.113.9" });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.text()).toBe("TOO_MANY_REQUESTS");
    expect((await ask("/", "198.51.100.8")).status).toBe(200);
  });

  test("cannot hide many calls in one batch", async () => {
    const batch = (calls: number, address: string) =>
      ask(`/api/trpc/${Array.from({ length: calls }, () => "identity.me").join(",")}?batch=1&input={}`, address);
    expect((await batch(21, "198.51.100.9")).status).toBe(400);
    for (let n = 0; n < 3; n++) expect((await batch(20, "198.51.100.10")).status).toBe(200);
    const over = await batch(20, "198.51.100.10");
    expect(over.status).toBe(429);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await batch(1, "198.51.100.11")).status).toBe(200);
  });
});
