import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import superjson from "superjson";
import { afterAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { createRuntime } from "../wire.ts";
import { createApp } from "./app.ts";
import { entitlementsEndpoint } from "./entitlements-endpoint.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { company } = testPlans(shop);
/** Two web processes on one database. */
const other = createRuntime(shop.runtime.config, { process: "web" });
async function serve(runtime: typeof shop.runtime) {
  const app = createApp({
    ...{ runtime, migrations: 0, development: false, draining: () => false, endpoints: [entitlementsEndpoint] },
    remix: async () => new Response("no page", { status: 404 }),
    webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  });
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const processes = [await serve(shop.runtime), await serve(other)];
afterAll(async () => {
  await Promise.all(processes.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  await other.close();
});

const fresh = async (email: string) => ({ ...(await shop.member(email)), authenticatedAt: new Date() });
const [owner, worker, stranger] = [
  await fresh("agare@example.se"),
  await fresh("anstalld@example.se"),
  await fresh("annan@example.se"),
];
const organizationId = await company([
  [owner, "owner"],
  [worker, "member"],
]);
const others = await company([[stranger, "owner"]]);
const keysOf = (session: typeof owner) => shop.browser({ session }).caller.apiKeys.organization;
const wish = { organizationId, name: "CRM", scopes: ["entitlements.read", "organization.read"] as never };

/** Staff say that an organization has API keys, as its plan would; and that it has not. */
let said = 0;
async function open(of: string): Promise<void> {
  await sql`insert into entitlements (id, organization_id, feature, value, source, reason, starts_at, created_by, created_at)
    values (${`ent_said_${++said}`}, ${of}, 'hasAPI', 'true', 'override', 'agreed', '2020-01-01', 'staff:usr_1', now())`;
}
const close = (of: string) =>
  sql`update entitlements set replaced_at = now() where organization_id = ${of} and source = 'override' and replaced_at is null`;

async function ask(base: string, secret: string, path: string, input: object) {
  const query = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
  const response = await fetch(`${base}/api/trpc/${path}?input=${query}`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  const body = (await response.json()) as { result?: { data: never }; error?: { json: { data: { reason: string } } } };
  const data = body.result ? superjson.deserialize<never>(body.result.data) : null;
  return { status: response.status, reason: body.error?.json.data.reason ?? null, data };
}
const rest = (base: string, secret: string, of = organizationId) =>
  fetch(`${base}/api/entitlements?orgId=${of}`, { headers: { authorization: `Bearer ${secret}` } });

describe("a key of an organization", () => {
  it("is made where the plan has that, by those who look after the organization", async () => {
    await expect(keysOf(owner).make(wish)).rejects.toMatchObject({
      cause: { code: "entitlements.missing", details: { feature: "hasAPI" } },
    });
    await open(organizationId);
    const asOwner = shop.browser({ session: owner }).caller;
    await expect.poll(async () => (await asOwner.entitlements.get({ organizationId })).flags.hasAPI).toBe(true);
    await expect(keysOf(worker).make(wish)).rejects.toMatchObject({ cause: { code: "organizations.role_missing" } });
    await expect(keysOf(stranger).make(wish)).rejects.toMatchObject({ cause: { code: "entitlements.not_a_member" } });
    for (const scope of ["account.read", "credits.spend", "plans.buy"])
      await expect(keysOf(owner).make({ ...wish, scopes: [scope] as never })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    const { secret, prefix } = await keysOf(owner).make(wish);
    expect(secret).toMatch(/^kv_test_org_[\w-]{43}$/);
    expect(secret.startsWith(prefix)).toBe(true);
    const page = await keysOf(owner).list({ organizationId });
    expect(page.items).toMatchObject([{ name: "CRM", state: "active", budgetCredits: null }]);
    expect(JSON.stringify(page)).not.toContain(secret.slice(20));
    const [act] = await sql`select actor, subject from audit_entries where action = 'organizations.make_key'`;
    expect(act).toEqual({ actor: `customer:${owner.customerId}`, subject: organizationId });
  });

  it("asks for its organization in every process, and is nobody in any other", async () => {
    const { secret } = await keysOf(owner).make(wish);
    await open(others);
    for (const { base } of processes) {
      const members = await ask(base, secret, "organizations.members.list", { organizationId });
      const emails = (members.data as unknown as { items: { email: string }[] }).items.map(({ email }) => email);
      expect(emails.toSorted()).toEqual(["agare@example.se", "anstalld@example.se"]);
      const held = await ask(base, secret, "entitlements.get", { organizationId });
      expect(held).toMatchObject({ status: 200, data: { flags: { hasAPI: true }, role: null } });
      expect((await rest(base, secret)).status).toBe(200);
      expect(await ask(base, secret, "organizations.members.list", { organizationId: others })).toMatchObject({
        status: 404,
        reason: "organizations.not_found",
      });
      expect(await ask(base, secret, "entitlements.get", { organizationId: others })).toMatchObject({
        status: 403,
        reason: "entitlements.not_a_member",
      });
      for (const path of ["identity.me", "credits.balance", "organizations.mine", "orders.mine.list"])
        expect(await ask(base, secret, path, {})).toMatchObject({ status: 403, reason: "api_keys.scope_missing" });
    }
  });

  it("does what its scopes name and no more", async () => {
    const { secret } = await keysOf(owner).make({ ...wish, scopes: ["entitlements.read"] as never });
    const [{ base }] = processes as [(typeof processes)[0]];
    expect((await rest(base, secret)).status).toBe(200);
    expect(await ask(base, secret, "organizations.members.list", { organizationId })).toMatchObject({
      status: 403,
      reason: "api_keys.scope_missing",
    });
  });

  it("stays when its maker leaves, and is neither listed nor ended among the own keys of its maker", async () => {
    const { id, secret } = await keysOf(owner).make(wish);
    const mine = shop.browser({ session: owner }).caller.apiKeys;
    expect(await mine.mine()).toEqual([]);
    await expect(mine.revoke({ id })).rejects.toMatchObject({ cause: { code: "api_keys.not_found" } });
    expect(await mine.revokeAll()).toBe(0);
    await sql`update organization_members set role = 'owner' where user_id = ${worker.userId}`;
    await sql`update organization_members set left_at = now() where user_id = ${owner.userId} and organization_id = ${organizationId}`;
    for (const { base } of processes) expect((await rest(base, secret)).status).toBe(200);
    await expect(keysOf(owner).revoke({ organizationId, id })).rejects.toMatchObject({
      cause: { code: "organizations.not_found" },
    });
    await keysOf(worker).revoke({ organizationId, id });
    await keysOf(worker).revoke({ organizationId, id });
    for (const { base } of processes) expect((await rest(base, secret)).status).toBe(401);
    const ended = await sql`select 1 from audit_entries where action = 'organizations.revoke_key'`;
    expect(ended).toHaveLength(1);
  });

  it("rests from the moment in which the plan has it no longer, says so, and works again when it has", async () => {
    const { secret } = await keysOf(worker).make(wish);
    const own = await shop.browser({ session: worker }).caller.apiKeys.make({
      ...{ name: "Mine", scopes: ["entitlements.read"], budgetPeriod: "month" },
    });
    for (const { base } of processes) expect((await rest(base, secret)).status).toBe(200);
    await close(organizationId);
    for (const { base } of processes) {
      expect(await ask(base, secret, "organizations.members.list", { organizationId })).toMatchObject({
        status: 403,
        reason: "entitlements.missing",
      });
      const refused = await rest(base, secret);
      expect([refused.status, await refused.json()]).toEqual([
        403,
        { success: false, error: expect.stringContaining("plan does not include this") },
      ]);
      // A person's own key is never gated.
      expect((await rest(base, own.secret)).status).toBe(200);
    }
    expect((await keysOf(worker).list({ organizationId })).items.length).toBeGreaterThan(0);
    await open(organizationId);
    for (const { base } of processes) expect((await rest(base, secret)).status).toBe(200);
  });
});
