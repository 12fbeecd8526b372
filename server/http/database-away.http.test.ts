import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { ensureBuild, productEnv, startProduct, webhookSecret } from "../../scripts/test/product.ts";
import { ROUTE_ADDRESSES } from "../../scripts/test/route-addresses.ts";
import { connect } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";

/** What stands between the product and its database, and can be shut as a database that stops: nobody answers there. */
async function door(to: URL) {
  const open = new Set<Socket>();
  const take = (incoming: Socket) => {
    const outgoing = dial(Number(to.port), to.hostname);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy()).on("close", () => other.destroy() && open.delete(one));
      one.pipe(other);
    }
  };
  let server: Server = createServer(take);
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    through(url: string) {
      const changed = new URL(url);
      changed.host = `127.0.0.1:${port}`;
      return changed.href;
    },
    async shut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
    async open() {
      server = createServer(take);
      await listen(port);
    },
  };
}

const { urls } = await testDatabase();
await ensureBuild();
await seedDemo({ serviceUrl: urls.service });
const database = await door(new URL(urls.service));
const web = await startProduct(
  "web",
  productEnv({ ...urls, member: database.through(urls.member), service: database.through(urls.service) }),
);
const service = connect(urls.service, { name: "test" });
afterAll(async () => {
  await web.end("SIGTERM");
  await database.shut();
  await service.close();
});

const sid = "member-while-away";
const browser = { "user-agent": "Mozilla/5.0 Chrome/140.0", accept: "text/html,*/*;q=0.8" };
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${web.url}${path}`, { redirect: "manual", ...init, headers: { ...browser, ...init.headers } });
const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields),
  headers: { origin: web.url, ...headers },
});
const json = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "content-type": "application/json", accept: "application/json", ...headers },
});
function notification(id: string): RequestInit {
  const payload = JSON.stringify({
    ...{ id, object: "event", type: "customer.updated", livemode: false, api_version: Stripe.API_VERSION },
    ...{ created: Math.floor(Date.now() / 1000), data: { object: { id: "cus_away", object: "customer" } } },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
  return { method: "POST", body: payload, headers: { "stripe-signature": signature } };
}
const announcement = json(
  { action: "deleted", campaignId: "away-1" },
  { authorization: "Bearer source-key-of-the-tests" },
);
const member = { cookie: `__Host-sid=${sid}` };
const keyed = { authorization: "Bearer kv_test_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };

/** How often the process has counted that the database was away. */
async function timesAway(): Promise<number> {
  const metrics = await (await ask("/metrics")).text();
  return Number(/errors_total\{kind="database"[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0);
}

async function makeMember(): Promise<void> {
  const { sql } = service;
  await sql`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at)
    values ('usr_away', 'away@example.se', 'away@example.se', 'x', 'sv', 'owner', now())`;
  await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
    values ('cus_away', 'usr_away', 'away@example.se', 'away@example.se', 'sv', now())`;
  await sql`insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
    values ('ses_away', 'usr_away', ${hashToken(sid)}, now(), now(), now() + interval '1 day')`;
}

describe("while the database does not answer", () => {
  beforeAll(async () => {
    await makeMember();
    expect((await ask("/products")).status).toBe(200);
    expect((await ask("/account", { headers: member })).status).toBe(200);
    await database.shut();
  });

  test.each([
    ["a page that is shared", "/products", {}],
    ["a page with a form", "/medlemskap", {}],
    ["an address that leads nowhere", "/products/none", {}],
    ["a guest's cart", "/cart", { cookie: "__Host-cart=guest-while-away" }],
    ["a member's page", "/account", member],
    ["the back office", "/admin", member],
  ])("%s says so, in both languages, and when to come again", async (_what, path, headers) => {
    for (const [locale, title, act] of [
      ["sv", "Butiken svarar inte just nu", "Ladda om sidan"],
      ["en", "The shop does not answer right now", "Reload the page"],
    ] as const) {
      if (path === "/medlemskap" && locale === "en") continue;
      const cookie = ["cookie" in headers ? headers.cookie : "", `__Host-locale=${locale}`].filter(Boolean).join("; ");
      const response = await ask(path, { headers: { ...headers, cookie } });
      const page = await response.text();
      expect(response.status, page).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(page).toContain(`<html lang="${locale}"`);
      expect(page).toContain(title);
      expect(page).toContain(act);
      expect(page).not.toMatch(/ECONNREFUSED|CONNECTION_|127\.0\.0\.1:\d+|at .*\.ts:/);
    }
  });

  test("a part of a page that a script asks for says so, too, also where nobody knows who asks", async () => {
    for (const [path, headers] of [
      ["/products.data", {}],
      ["/account.data", member],
    ] as const) {
      const response = await ask(path, { headers: { ...headers, accept: "*/*" } });
      expect(response.status).toBe(503);
      expect(response.headers.get("content-type")).toContain("text/x-script");
      expect(await response.text()).toContain("database.away");
    }
  });

  test("a form that is sent is not taken for done", async () => {
    const sent = await ask("/login", form({ email: "a@example.se", password: "what it was, once" }));
    expect(sent.status).toBe(503);
    expect(Number(sent.headers.get("retry-after"))).toBeGreaterThan(0);
    for (const path of ["/account/security/email", "/admin/settings/company", "/logout"])
      expect((await ask(path, form({ email: "b@example.se" }, member))).status, path).toBe(503);
  });

  test.each([
    ["a procedure", "/api/trpc/catalog.memberships.list", {}],
    ["a procedure asked with a key", "/api/trpc/identity.me", { headers: { ...keyed, accept: "*/*" } }],
    ["a procedure asked with a cookie", "/api/trpc/identity.me", { headers: { ...member, accept: "*/*" } }],
    ["the buy button for programs", "/api/checkout", json({ productId: "tygkasse" })],
    ["billing", "/api/billing/portal", json({}, keyed)],
    ["entitlements", "/api/entitlements", { headers: { ...keyed, accept: "*/*" } }],
    ["the inbox as JSON", "/api/webhooks/stripe/logs", { headers: { ...member, accept: "*/*" } }],
    ["a picture", `/media/img_${"0".repeat(32)}`, { headers: { accept: "image/*" } }],
    ["Stripe's notification", "/api/webhooks/stripe", notification("evt_away_1")],
    ["the same by its other name", "/stripe-webhook", notification("evt_away_2")],
    ["a partner's announcement", "/api/campaigns/webhook", announcement],
  ] as const)("%s is answered 503 and when to come again", async (_what, path, init) => {
    const response = await ask(path, init as RequestInit);
    const body = await response.text();
    expect(response.status, body).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(body).not.toMatch(/ECONNREFUSED|CONNECTION_|127\.0\.0\.1:\d+/);
  });

  test.each([
    ["nobody's procedure", "/api/trpc/catalog.memberships.list", { accept: "*/*" }],
    ["a key's", "/api/trpc/identity.me", { ...keyed, accept: "*/*" }],
    ["a member's", "/api/trpc/identity.me", { ...member, accept: "*/*" }],
    ["a member's page", "/account", member],
  ])("%s counts once", async (_what, path, headers) => {
    const before = await timesAway();
    expect((await ask(path, { headers })).status).toBe(503);
    expect((await timesAway()) - before).toBe(1);
  });

  test("a visitor's page counts, too", async () => {
    const before = await timesAway();
    expect((await ask("/cart", { headers: { cookie: "__Host-cart=guest-while-away" } })).status).toBe(503);
    expect((await timesAway()) - before).toBeGreaterThan(0);
  });

  test("the process lives, is not ready, and calls it no fault of its own", async () => {
    expect((await ask("/healthz")).status).toBe(200);
    expect((await ask("/readyz")).status).toBe(503);
    const metrics = await (await ask("/metrics")).text();
    expect(metrics).not.toMatch(/errors_total\{kind="bug"/);
    expect(web.log.filter(({ level }) => level === "error" || level === "fatal").map(({ msg }) => msg)).toEqual([
      // What was sent to us and could not be kept is sent again by its sender; it is told as loudly as before.
      "a webhook could not be stored",
      "a webhook could not be stored",
      "campaign announcement failed",
    ]);
  });

  test("no page and no form calls it a fault, whoever asks", async () => {
    const wrong: string[] = [];
    for (const path of ROUTE_ADDRESSES)
      for (const [what, init] of [
        ["", {}],
        ["signed in", { headers: member }],
        ["a form", form({ email: "b@example.se" }, member)],
      ] as const) {
        const { status } = await ask(path, init);
        if (status === 500) wrong.push(`${path} ${what}`);
      }
    expect(wrong).toEqual([]);
    const failed = web.log.filter(({ msg }) => msg === "page failed").map(({ err }) => JSON.stringify(err));
    expect(failed).toEqual([]);
  });

  test("all comes back by itself within seconds, with everything that was sent again", async () => {
    await database.open();
    const back = performance.now();
    await expect.poll(async () => (await ask("/readyz")).status, { timeout: 60_000, interval: 100 }).toBe(200);
    expect((await ask("/products")).status).toBe(200);
    expect((await ask("/account", { headers: member })).status).toBe(200);
    expect((await ask("/api/webhooks/stripe", notification("evt_away_1"))).status).toBe(200);
    expect((await ask("/api/campaigns/webhook", announcement)).status).toBe(200);
    expect(performance.now() - back).toBeLessThan(30_000);
    const stored = await service.sql`select id from webhook_events where external_id like 'evt_away%'`;
    expect(stored).toHaveLength(1);
  });

  test("a form sent to a page that takes none is the sender's mistake", async () => {
    for (const path of ["/products", "/products.data"])
      expect((await ask(path, form({ email: "b@example.se" }))).status, path).toBe(405);
    expect(await (await ask("/metrics")).text()).not.toMatch(/errors_total\{kind="bug"/);
  });
});
