import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { convergeCheckout } from "../checkout/index.ts";
import { createInbox } from "../webhooks/index.ts";
import { createApp } from "./app.ts";
import { billingEndpoints } from "./billing-endpoints.ts";
import { entitlementsEndpoint } from "./entitlements-endpoint.ts";
import { webhookDoor } from "./webhook-door.ts";

const shop = await testCheckoutShop({ TRUST_USER_ID_HEADER: "1" });
const { sql, stripe } = shop;
const organizations = testPlans(shop);
const { log, metrics, clock, service, config } = shop.runtime;
const secrets = config.STRIPE_WEBHOOK_SECRET ?? [];
const inbox = createInbox({ service, log, metrics, clock, secrets, livemode: false });

async function serve(runtime: typeof shop.runtime): Promise<string> {
  const app = createApp({
    runtime,
    remix: async () => new Response("no page", { status: 404 }),
    webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
    endpoints: [billingEndpoints, entitlementsEndpoint],
    migrations: 0,
    development: false,
    draining: () => false,
  });
  const server = createServer(
    webhookDoor(runtime, inbox, getRequestListener(app.fetch, { overrideGlobalObjects: false })),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const base = await serve(shop.runtime);
const closed = await serve({ ...shop.runtime, config: { ...config, TRUST_USER_ID_HEADER: undefined } });
afterAll(() => inbox.close());

const owner = await shop.member("agare@example.se");
const helper = await shop.member("hjalpare@example.se");
const stranger = await shop.member("framling@example.se");

/** A company of the owner's, with somebody who may use what it has. */
const company = () =>
  organizations.company([
    [owner, "owner"],
    [helper, "member"],
  ]);

type Answer = { status: number; body: Record<string, unknown> };
async function call(
  path: string,
  options: { as?: string; body?: unknown; headers?: Record<string, string>; at?: string } = {},
): Promise<Answer> {
  const { as, body, headers, at = base } = options;
  const response = await fetch(`${at}${path}`, {
    method: body === undefined ? "GET" : "POST",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { "content-type": "application/json", ...(as ? { "x-user-id": as } : {}), ...headers },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const checkout = (body: unknown, as: string = owner.userId) => call("/api/billing/checkout", { body, as });
const flags = async (orgId: string) =>
  (await call(`/api/entitlements?orgId=${orgId}`, { as: owner.userId })).body.entitlements as Record<string, boolean>;
const buy = (orgId: string) => organizations.buy(owner, orgId);

describe("POST /api/billing/checkout", () => {
  it("answers exactly as documented, and Stripe is told for which organization", async () => {
    const orgId = await company();
    const { status, body } = await checkout({ orgId, planCode: "pro", interval: "month" });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ success: true, planCode: "pro", interval: "month", orgId },
      sessionId: expect.stringMatching(/^cs_/),
      url: expect.stringMatching(/^http/),
    });
    const page = await stripe.checkout.sessions.retrieve(String(body.sessionId));
    expect(page).toMatchObject({
      mode: "subscription",
      currency: "usd",
      amount_total: 4_900,
      metadata: { org_id: orgId },
    });
    expect(await checkout({ orgId, planCode: "enterprise", interval: "year" })).toMatchObject({ status: 200 });
  });

  it("is one page for one wish, asked for by ten at once", async () => {
    const orgId = await company();
    const pages = await Promise.all(
      Array.from({ length: 10 }, () => checkout({ orgId, planCode: "enterprise", interval: "year" })),
    );
    expect(new Set(pages.map(({ body }) => body.sessionId)).size).toBe(1);
  });

  it("refuses in the documented shape, naming the field", async () => {
    const orgId = await company();
    const right = { orgId, planCode: "pro", interval: "month" };
    const refusal = (words: RegExp) => ({ success: false, error: expect.stringMatching(words) });
    expect(await call("/api/billing/checkout", { body: right })).toEqual({ status: 401, body: refusal(/Sign in/) });
    expect(await checkout(right, stranger.userId)).toEqual({ status: 403, body: refusal(/not a member/) });
    expect(await checkout(right, helper.userId)).toEqual({ status: 403, body: refusal(/owner/) });
    expect(await checkout({ ...right, orgId: "org_none" })).toEqual({
      status: 404,
      body: refusal(/no such organization/),
    });
    expect(await checkout({ ...right, planCode: "gold" })).toEqual({
      status: 400,
      body: refusal(/^planCode: .*pro or enterprise/),
    });
    expect(await checkout({ ...right, planCode: "pilot" })).toEqual({
      status: 400,
      body: refusal(/^planCode: Pilot needs no checkout/),
    });
    expect(await checkout({ ...right, interval: "week" })).toEqual({ status: 400, body: refusal(/^interval: /) });
    expect(await checkout({ ...right, seats: 0 })).toEqual({ status: 400, body: refusal(/^seats: /) });
    expect(await checkout({ ...right, seats: 2 })).toEqual({ status: 400, body: refusal(/^seats: No seats are sold/) });
    expect(await checkout({ ...right, amount: 1 })).toEqual({ status: 400, body: refusal(/^amount: /) });
    expect(await checkout({ planCode: "pro", interval: "month" })).toEqual({ status: 400, body: refusal(/^orgId: /) });
    expect(await checkout([1])).toEqual({ status: 400, body: refusal(/^body: /) });
    expect(await call("/api/billing/checkout", { as: owner.userId })).toMatchObject({ status: 405 });
  });

  it("sells a personal organization no seats that nobody can have", async () => {
    const [own] = await sql`select o.id from organizations o join organization_members m on m.organization_id = o.id
      where o.kind = 'personal' and m.user_id = ${owner.userId}`;
    const right = { orgId: String(own?.id), planCode: "enterprise", interval: "month" };
    expect(await checkout({ ...right, seats: 7 })).toEqual({
      status: 400,
      body: { success: false, error: expect.stringMatching(/^seats: A personal organization/) },
    });
    expect(await sql`select id from checkouts where organization_id = ${right.orgId}`).toEqual([]);
    expect(await checkout({ ...right, seats: 5 })).toMatchObject({ status: 200 });
    expect(await checkout({ ...right, orgId: await company(), seats: 7 })).toMatchObject({ status: 200 });
  });

  it("an organization that pays already gets 409 and the portal's address", async () => {
    const orgId = await company();
    await buy(orgId);
    const again = await checkout({ orgId, planCode: "enterprise", interval: "month" });
    expect(again).toEqual({
      status: 409,
      body: { success: false, error: expect.stringContaining("already"), url: expect.stringMatching(/^http/) },
    });
  });

  it("a call whose outcome nobody knows is found out, and what is paid on its page counts once", async () => {
    const orgId = await company();
    const lost = [{ method: "POST", path: "/v1/checkout/sessions", times: 20, kind: "reset", when: "after" }];
    await shop.sandbox.control("faults", { body: { calls: lost } });
    expect(await checkout({ orgId, planCode: "pro", interval: "year" })).toMatchObject({
      status: 503,
      body: { success: false },
    });
    await shop.sandbox.control("faults", { method: "DELETE" });
    await shop.work();
    const [row] = await sql`select status, url, stripe_session_id from checkouts where organization_id = ${orgId}`;
    expect(row?.status).toBe("open");
    await shop.pay(row?.url);
    await Promise.all(
      [1, 2, 3].map(() => convergeCheckout(shop.worker(), { stripeSessionId: row?.stripe_session_id })),
    );
    await shop.work();
    expect(await organizations.planOf(orgId)).toBe("pro");
    expect(await organizations.changesOf(orgId)).toEqual(["pilot>pro"]);
  });
});

describe("POST /api/billing/portal", () => {
  it("opens the pages of what the organization bought, and leads back to us alone", async () => {
    const orgId = await company();
    const open = (returnUrl?: string, as = owner.userId) =>
      call("/api/billing/portal", { body: { orgId, ...(returnUrl ? { returnUrl } : {}) }, as });
    expect(await open()).toEqual({ status: 409, body: { success: false, error: expect.stringContaining("nothing") } });
    await buy(orgId);
    expect(await open(`${config.baseUrl}/billing`)).toEqual({
      status: 200,
      body: { success: true, orgId, url: expect.stringMatching(/^http/) },
    });
    for (const foreign of [
      "https://evil.example/x",
      "//evil.example",
      "javascript:alert(1)",
      "https://x@localhost:3000/",
    ])
      expect(await open(foreign)).toEqual({
        status: 400,
        body: { success: false, error: expect.stringMatching(/^returnUrl: /) },
      });
    expect(await open(undefined, helper.userId)).toMatchObject({ status: 403 });
    expect(await open(undefined, stranger.userId)).toMatchObject({ status: 403 });
    const [customer] =
      await sql`select reusable, organization_id from provider_customers where organization_id = ${orgId}`;
    expect(customer).toEqual({ reusable: false, organization_id: orgId });
  });
});

describe("GET /api/entitlements", () => {
  it("answers the eight, and everything when asked", async () => {
    const orgId = await company();
    const { status, body } = await call(`/api/entitlements?orgId=${orgId}`, { as: helper.userId });
    expect(status).toBe(200);
    const off = {
      ...{ canUseAllModules: false, canExportPDF: false, canExportJSON: false, canUseGptTestReal: false },
      ...{ hasAPI: false, canExportBundleZip: false, hasWhiteLabel: false, hasSeatsGT1: false },
    };
    expect(body).toEqual({ success: true, orgId, entitlements: off, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
    await buy(orgId);
    const pro = { ...off, canUseAllModules: true, canExportPDF: true, canExportJSON: true, canUseGptTestReal: true };
    await expect.poll(() => flags(orgId)).toEqual(pro);
    const all = await call(`/api/entitlements?orgId=${orgId}&all=1`, { as: owner.userId });
    expect(all.body.entitlements).toEqual({
      ...pro,
      canExportMD: true,
      hasCloudHistory: true,
      hasEvaluatorAI: true,
      seats: 1,
    });
  });

  it("is for members, and for keys that may read it", async () => {
    const orgId = await company();
    const path = `/api/entitlements?orgId=${orgId}`;
    expect(await call(path)).toMatchObject({ status: 401, body: { success: false } });
    expect(await call(path, { as: stranger.userId })).toMatchObject({ status: 403, body: { success: false } });
    expect(await call("/api/entitlements?orgId=org_none", { as: owner.userId })).toMatchObject({ status: 404 });
    expect(await call("/api/entitlements", { as: owner.userId })).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/^orgId: /) },
    });
    const session = { ...owner, authenticatedAt: new Date() };
    const { apiKeys } = shop.browser({ session }).caller;
    const reads = await apiKeys.make({ name: "Reads", scopes: ["entitlements.read"] });
    const other = await apiKeys.make({ name: "Other", scopes: ["credits.read"] });
    const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });
    expect(await call(path, bearer(reads.secret))).toMatchObject({ status: 200, body: { success: true } });
    expect(await call(path, bearer(other.secret))).toMatchObject({ status: 403, body: { success: false } });
    expect(await call(path, bearer(`${reads.secret}x`))).toMatchObject({ status: 401 });
  });

  it("believes x-user-id only where the switch is on, and never beside a key", async () => {
    const orgId = await company();
    const path = `/api/entitlements?orgId=${orgId}`;
    expect(await call(path, { as: owner.userId, at: closed })).toMatchObject({ status: 401 });
    expect(await call(path, { as: "usr_none" })).toMatchObject({ status: 401 });
    expect(await call(path, { as: owner.userId, headers: { authorization: "Bearer kv_test_nothing" } })).toMatchObject({
      status: 401,
    });
  });
});

describe("every refusal", () => {
  const refusal = { success: false, error: expect.any(String) };

  it("has the documented shape where the edge refuses: another method, another site", async () => {
    const post = await fetch(`${base}/api/entitlements?orgId=org_none`, { method: "POST" });
    expect([post.status, post.headers.get("allow"), await post.json()]).toEqual([405, "GET, HEAD", refusal]);
    const put = await fetch(`${base}/api/billing/portal`, { method: "PUT" });
    expect([put.status, put.headers.get("allow"), await put.json()]).toEqual([405, "POST", refusal]);
    const foreign = { origin: "https://evil.example", cookie: "sid=x" };
    expect(await call("/api/billing/checkout", { body: {}, headers: foreign })).toEqual({ status: 403, body: refusal });
    expect(await call("/api/billing/nothing", { body: {} })).toEqual({ status: 415, body: refusal });
  });

  it("tells nothing of what went wrong inside", async () => {
    const look = () => Promise.reject(new Error("Failed query: select secret from users where email = 'x@example.se'"));
    const providers = { ...shop.runtime.providers, entitlements: { look } };
    const at = await serve({
      ...shop.runtime,
      providers,
      log: { ...log, error: () => {} } as typeof log,
      ctx: (...of) => ({ ...shop.runtime.ctx(...of), providers, log: { ...log, error: () => {} } as typeof log }),
    });
    const failed = await call("/api/entitlements?orgId=org_x", { as: owner.userId, at });
    expect(failed).toEqual({ status: 500, body: refusal });
    expect(JSON.stringify(failed.body)).not.toMatch(/select|users|@/);
  });
});

describe("the document's health checks", () => {
  it("curl of the webhook: a signature that is none is refused", async () => {
    const answer = await call("/api/webhooks/stripe", {
      body: { test: true },
      headers: { "stripe-signature": "test" },
    });
    expect(answer).toMatchObject({ status: 400, body: { error: "Invalid signature" } });
  });

  it("curl of the entitlements: answers in their shape, to nobody with 401 and to a member with what there is", async () => {
    const ask = () => call("/api/entitlements?orgId=test", { as: "test" });
    expect(await ask()).toEqual({ status: 401, body: { success: false, error: expect.any(String) } });
    const at = clock.now().toISOString();
    await sql`insert into users (id, email, email_normalized, password_hash, locale, created_at) values ('test', 'test@example.se', 'test@example.se', '-', 'en', ${at})`;
    await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at) values ('cus_test', 'test', 'test@example.se', 'test@example.se', 'en', ${at})`;
    await sql`insert into organizations (id, kind, name, created_by, created_at) values ('test', 'company', 'Test', 'test', ${at})`;
    await sql`insert into organization_members (id, organization_id, user_id, role, joined_at) values ('omb_test_x', 'test', 'test', 'owner', ${at})`;
    expect(await ask()).toMatchObject({ status: 200, body: { success: true, orgId: "test" } });
  });
});
