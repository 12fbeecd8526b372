import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import superjson from "superjson";
import { afterAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { createLog } from "../kernel/log.ts";
import { createRuntime } from "../wire.ts";
import { createApp } from "./app.ts";
import { programDoor } from "./program-door.ts";

const shop = await testCheckoutShop();
const lines: string[] = [];
const log = createLog({
  process: "web",
  level: "trace",
  destination: new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  }),
});
/** Two web processes on one database. */
const other = createRuntime(shop.runtime.config, { process: "web" });
const parts = {
  remix: async () => new Response("no page", { status: 404 }),
  webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  endpoints: [],
  migrations: 0,
  development: false,
  draining: () => false,
};
async function serve(runtime: typeof shop.runtime) {
  const app = createApp({ ...parts, runtime });
  const edge = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(programDoor(runtime, (request, response) => void edge(request, response)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const [one, two] = [await serve({ ...shop.runtime, log }), await serve(other)];
afterAll(async () => {
  await Promise.all([one, two].map(({ server }) => new Promise((resolve) => server.close(resolve))));
  await other.close();
});

const owner = await shop.member("nyckel@example.se");
const session = { ...owner, authenticatedAt: new Date() };
const signedIn = () => shop.browser({ session }).caller;
const make = (more: object = {}) =>
  signedIn().apiKeys.make({ name: "Import", scopes: ["account.read"], budgetPeriod: "month", ...more });

async function me(base: string, headers: Record<string, string>) {
  const response = await fetch(`${base}/api/trpc/identity.me`, { headers });
  const body = (await response.json()) as { result?: { data: never }; error?: { json: { data: { reason: string } } } };
  return {
    status: response.status,
    reason: body.error?.json.data.reason ?? null,
    who: body.result ? superjson.deserialize<{ email: string } | null>(body.result.data) : null,
  };
}
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe("an API key", () => {
  it("says who its owner is, without a cookie, to every process", async () => {
    const { secret } = await make();
    for (const { base } of [one, two])
      expect(await me(base, bearer(secret))).toEqual({
        status: 200,
        reason: null,
        who: expect.objectContaining({ email: "nyckel@example.se", staffRole: null }),
      });
  });

  it("is refused by every process from the first request after it was revoked", async () => {
    const { id, secret } = await make();
    expect((await me(two.base, bearer(secret))).status).toBe(200);
    await signedIn().apiKeys.revoke({ id });
    for (const { base } of [one, two])
      expect(await me(base, bearer(secret))).toEqual({ status: 401, reason: "api_keys.refused", who: null });
    await signedIn().apiKeys.revoke({ id });
    const acts = await shop.sql`select action from audit_entries where subject = ${id} order by id`;
    expect(acts.map(({ action }) => action)).toEqual(["api_keys.make", "api_keys.revoke"]);
  });

  it("ends with all the others when its owner ends them, and nobody else's with it", async () => {
    const stranger = await shop.member("annan-nyckel@example.se");
    const theirs = await shop
      .browser({ session: { ...stranger, authenticatedAt: new Date() } })
      .caller.apiKeys.make({ name: "Theirs", scopes: ["account.read"], budgetPeriod: "month" });
    const [first, second] = [await make(), await make()];
    await signedIn().apiKeys.revokeAll();
    expect(await signedIn().apiKeys.revokeAll()).toBe(0);
    for (const { secret } of [first, second]) expect((await me(two.base, bearer(secret))).status).toBe(401);
    expect((await me(two.base, bearer(theirs.secret))).status).toBe(200);
  });

  it("is not looked up any more for an address that guesses, whatever it shows", async () => {
    const { secret } = await make();
    const runtime = createRuntime(shop.runtime.config, { process: "web" });
    const guessed = await serve(runtime);
    const { callLimits } = runtime.providers;
    expect((await me(guessed.base, bearer(`kv_test_${"y".repeat(43)}`))).status).toBe(401);
    expect((await me(guessed.base, bearer(secret))).status).toBe(200);
    for (let i = 0; i < 1199; i++) await callLimits.consume("guesses", "127.0.0.1");
    const refused = await fetch(`${guessed.base}/api/trpc/identity.me`, { headers: bearer(secret) });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    // Each process counts for itself.
    expect((await me(two.base, bearer(secret))).status).toBe(200);
    await new Promise((resolve) => guessed.server.close(resolve));
    await runtime.close();
  });

  it("is made fifty times and no more, also by many at once", async () => {
    const many = await shop.member("manga-nycklar@example.se");
    const browser = shop.browser({ session: { ...many, authenticatedAt: new Date() } });
    const wish = { name: "One of many", scopes: ["account.read" as const], budgetPeriod: "month" as const };
    const made = await Promise.allSettled(Array.from({ length: 60 }, () => browser.caller.apiKeys.make(wish)));
    expect(made.filter(({ status }) => status === "fulfilled").length).toBe(50);
  });

  it("that is unknown, of another kind of shop or no key at all opens nothing, also what is anybody's", async () => {
    for (const secret of [`kv_test_${"x".repeat(43)}`, `kv_live_${"x".repeat(43)}`, "kv_test_"])
      expect(await me(one.base, bearer(secret))).toMatchObject({ status: 401, reason: "api_keys.refused" });
    expect(await me(one.base, bearer("sk_test_something"))).toMatchObject({ status: 200, who: null });
  });

  it("runs out, and ends with its owner's account", async () => {
    const short = await make({ days: 1 });
    await shop.sql`update api_keys set expires_at = now() - interval '1 second' where id = ${short.id}`;
    expect((await me(one.base, bearer(short.secret))).status).toBe(401);
    const kept = await make();
    await shop.sql`update users set disabled_at = now() where id = ${owner.userId}`;
    expect((await me(one.base, bearer(kept.secret))).status).toBe(401);
    await shop.sql`update users set disabled_at = null where id = ${owner.userId}`;
    expect((await me(one.base, bearer(kept.secret))).status).toBe(200);
  });

  it("does what its scopes say and nothing else, and never what asks who one is", async () => {
    const { secret } = await make({ scopes: ["credits.read"] });
    expect(await me(one.base, bearer(secret))).toMatchObject({ status: 403, reason: "api_keys.scope_missing" });
    const wide = await make({ scopes: ["account.read", "credits.read", "credits.spend", "credits.buy"] });
    const response = await fetch(`${one.base}/api/trpc/apiKeys.make`, {
      method: "POST",
      headers: { ...bearer(wide.secret), "content-type": "application/json" },
      body: JSON.stringify(superjson.serialize({ name: "more", scopes: ["account.read"] })),
    });
    expect(response.status).toBe(403);
  });

  it("leaves cookies out of it: another site's page gains nothing by either", async () => {
    const { secret } = await make();
    const crossSite = { origin: "https://evil.example", "sec-fetch-site": "cross-site", cookie: "__Host-sid=x" };
    expect((await me(one.base, { ...bearer(secret), ...crossSite })).who?.email).toBe("nyckel@example.se");
    const post = await fetch(`${one.base}/api/trpc/identity.signOut`, { method: "POST", headers: crossSite });
    expect(post.status).toBe(403);
  });

  it("has a limit of its own, told with when to come again, that leaves other keys alone", async () => {
    const [slow, free] = [await make({ rateLimit: 2 }), await make()];
    const answers: number[] = [];
    for (let i = 0; i < 3; i++) answers.push((await me(one.base, bearer(slow.secret))).status);
    expect(answers).toEqual([200, 200, 429]);
    const refused = await fetch(`${one.base}/api/trpc/identity.me`, { headers: bearer(slow.secret) });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await me(one.base, bearer(free.secret))).status).toBe(200);
  });

  it("is never stored or logged in clear", async () => {
    const { secret, prefix } = await make();
    lines.length = 0;
    await me(one.base, bearer(secret));
    await fetch(`${one.base}/api/trpc/none.${secret}`, { headers: bearer(secret) });
    log.error({ err: new Error(`the caller sent ${secret}`), authorization: `Bearer ${secret}` }, `key ${secret}`);
    expect(lines.length).toBeGreaterThan(0);
    const hidden = secret.slice(prefix.length);
    expect(lines.filter((line) => line.includes(hidden))).toEqual([]);
    const tables = await shop.sql<
      { name: string }[]
    >`select tablename as name from pg_tables where schemaname = 'public'`;
    for (const { name } of tables) {
      const found = await shop.sql`select 1 from ${shop.sql(name)} t where t::text like ${`%${hidden}%`} limit 1`;
      expect(found, name).toHaveLength(0);
    }
  });

  it("tells when it was last used, written at most once a minute", async () => {
    const { id, secret } = await make();
    await me(one.base, bearer(secret));
    const [first] = await shop.sql`select last_used_at from api_keys where id = ${id}`;
    await me(one.base, bearer(secret));
    const [second] = await shop.sql`select last_used_at from api_keys where id = ${id}`;
    expect(first?.last_used_at).not.toBeNull();
    expect(second?.last_used_at).toEqual(first?.last_used_at);
  });
});

describe("who may do what to keys", () => {
  it("a key takes a fresh proof to make", async () => {
    const stale = { ...owner, authenticatedAt: new Date(Date.now() - 11 * 60_000) };
    await expect(
      shop.browser({ session: stale }).caller.apiKeys.make({ name: "x", scopes: ["account.read"] }),
    ).rejects.toThrow(/Confirm with the password/);
  });

  it("nobody sees or ends another's, and nobody can change one", async () => {
    const { id } = await make();
    const stranger = await shop.member("annan@example.se");
    const theirs = shop.browser({ session: { ...stranger, authenticatedAt: new Date() } }).caller;
    await expect(theirs.apiKeys.revoke({ id })).rejects.toThrow(/no such API key/);
    expect((await theirs.apiKeys.mine()).map((key) => key.id)).toEqual([]);
    const asOwner = shop.runtime.ctx(
      { kind: "customer", userId: owner.userId, customerId: owner.customerId ?? "", tokens: [] },
      "test",
    );
    const { apiKeys } = await import("../../drizzle/schema/api-keys.ts");
    await expect(asOwner.db.transaction((tx) => tx.update(apiKeys).set({ scopes: [] }))).rejects.toThrow();
  });

  it("staff see a customer's keys, and support ends one with a reason", async () => {
    const { id } = await make({ name: "Kassan", budgetCredits: 500 });
    const staff = { ...owner, userId: "usr_support", customerId: null, staffRole: "support" as const };
    const office = shop.browser({ session: staff }).caller;
    const { items: keys } = await office.apiKeys.ofCustomer({ customerId: owner.customerId ?? "" });
    expect(keys.find((key) => key.id === id)).toMatchObject({ name: "Kassan", state: "active", budgetCredits: 500 });
    await office.apiKeys.revokeOfCustomer({ id, reason: "the customer asked on the phone" });
    const { items: after } = await office.apiKeys.ofCustomer({ customerId: owner.customerId ?? "" });
    expect(after.find((key) => key.id === id)?.state).toBe("revoked");
    const [act] =
      await shop.sql`select actor, reason from audit_entries where subject = ${id} and action = 'api_keys.revoke'`;
    expect(act).toEqual({ actor: "staff:usr_support", reason: "the customer asked on the phone" });
  });
});
