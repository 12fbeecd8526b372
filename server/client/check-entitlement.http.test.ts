import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { decodeProtectedHeader, SignJWT } from "jose";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { createEntitlementKeys } from "../entitlements/index.ts";
import { createApp } from "../http/app.ts";
import { entitlementKeysEndpoint } from "../http/entitlement-keys-endpoint.ts";
import type { Runtime } from "../wire.ts";
import { createClient, createTokenChecker, TokenRefused } from "./index.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { company, buy } = testPlans(shop);
/** Every request that came, by its path. */
const came: string[] = [];
async function serve(runtime: Runtime) {
  const app = createApp({
    ...{ runtime, migrations: 0, development: false, draining: () => false, endpoints: [entitlementKeysEndpoint] },
    remix: async () => new Response("no page", { status: 404 }),
    webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  });
  const answer: typeof app.fetch = (request, ...rest) => {
    came.push(new URL(request.url).pathname);
    return app.fetch(request, ...rest);
  };
  const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const { server, url } = await serve(shop.runtime);
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterEach(() => vi.useRealTimers());

const owner = { ...(await shop.member("agare@example.se")), authenticatedAt: new Date() };
const organizationId = await company([[owner, "owner"]]);
const others = await company([[await shop.member("annan@example.se"), "owner"]]);
const { caller } = shop.browser({ session: owner });
const { secret } = await caller.apiKeys.make({ name: "App", scopes: ["entitlements.read"], budgetPeriod: "month" });
const issuer = shop.runtime.config.baseUrl;
const client = () => createClient({ url, apiKey: secret, issuer });
const say = (feature: string, value: boolean) => sql`insert into entitlements
  (id, organization_id, feature, value, source, reason, starts_at, created_by, created_at)
  values (${`ent_${feature}`}, ${organizationId}, ${feature}, ${String(value)}, 'override', 'agreed', '2020-01-01', 'staff:usr_1', now())`;

describe("a signed entitlement token", () => {
  it("is asked for once, checked with keys that are fetched once, and then without any call", async () => {
    await buy(owner, organizationId, "pro");
    const { hasEntitlement } = client();
    came.length = 0;
    expect(await hasEntitlement(organizationId, "hasCloudHistory")).toBe(true);
    expect(came.toSorted()).toEqual(["/.well-known/entitlement-keys.json", "/api/trpc/entitlements.token"]);
    for (const feature of ["canExportMD", "hasEvaluatorAI", "seats"])
      expect(await hasEntitlement(organizationId, feature)).toBe(true);
    for (const feature of ["hasAPI", "canExportBundleZip", "noSuchFeature", "toString"])
      expect(await hasEntitlement(organizationId, feature)).toBe(false);
    expect(came).toHaveLength(2);
    await expect(hasEntitlement(others, "canExportMD")).rejects.toMatchObject({
      data: { reason: "entitlements.not_a_member" },
    });
  });

  it("goes on saying what was lost for five minutes at most; asked online the shop says what is now", async () => {
    const { hasEntitlement, entitlementToken } = client();
    const check = createTokenChecker({ url, issuer });
    const token = await entitlementToken(organizationId);
    await say("hasEvaluatorAI", false);
    await expect.poll(() => hasEntitlement(organizationId, "hasEvaluatorAI", { online: true })).toBe(false);
    expect(await hasEntitlement(organizationId, "hasEvaluatorAI")).toBe(true);
    const { expiresAt, entitlements, plan } = await check(token);
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(300_000);
    expect([plan, entitlements.hasEvaluatorAI]).toEqual(["pro", true]);
    expect(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).not.toMatch(/@|usr_|cus_/);
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: now + 290_000 });
    expect(await check(token)).toMatchObject({ plan: "pro" });
    // Five minutes at most, with all that clocks may differ: another machine's check is no later than this one's.
    vi.setSystemTime(now + 301_000);
    await expect(check(token)).rejects.toBeInstanceOf(TokenRefused);
    came.length = 0;
    vi.setSystemTime(now + 601_000);
    await check((await caller.entitlements.token({ organizationId })).token);
    expect(came).toEqual(["/.well-known/entitlement-keys.json"]);
  });

  it("is refused when it was changed, signed by somebody else, made for something else, or is another shop's", async () => {
    const check = createTokenChecker({ url, issuer });
    const token = await client().entitlementToken(organizationId);
    const [header = "", , signature = ""] = token.split(".");
    const wish = { entitlements: { hasAPI: true } };
    const changed = [header, Buffer.from(JSON.stringify(wish)).toString("base64url"), signature].join(".");
    const { kid } = decodeProtectedHeader(token);
    const { key } = createEntitlementKeys(["another shop's secret of thirty-two bytes"]).signing;
    const sign = (typ: string, by = key) =>
      new SignJWT(wish)
        .setProtectedHeader({ alg: "EdDSA", kid: String(kid), typ })
        .setIssuer(issuer)
        .setSubject(organizationId)
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign(by);
    const own = shop.runtime.providers.entitlementKeys.signing.key;
    const unsigned = `${Buffer.from('{"alg":"none","typ":"entitlements+jwt"}').toString("base64url")}.${token.split(".")[1]}.`;
    for (const bad of [changed, await sign("entitlements+jwt"), await sign("JWT", own), unsigned, "no token"])
      await expect(check(bad)).rejects.toBeInstanceOf(TokenRefused);
    await expect(createTokenChecker({ url, issuer: "https://other.example" })(token)).rejects.toBeInstanceOf(
      TokenRefused,
    );
  });

  it("outlives a change of the shop's secret, while the older one is listed and no longer", async () => {
    const old = shop.runtime.config.SESSION_SECRET[0];
    const rotated = (secrets: [string, ...string[]]): Runtime => {
      const providers = {
        ...shop.runtime.providers,
        entitlementKeys: { ...createEntitlementKeys(secrets), issuer },
      };
      return { ...shop.runtime, providers, ctx: (...of) => ({ ...shop.runtime.ctx(...of), providers }) };
    };
    const [both, alone] = [
      await serve(rotated(["a new secret of the shop, thirty-two bytes", old])),
      await serve(rotated(["a new secret of the shop, thirty-two bytes"])),
    ];
    const token = await client().entitlementToken(organizationId);
    expect(await createTokenChecker({ url: both.url, issuer })(token)).toMatchObject({ organizationId });
    await expect(createTokenChecker({ url: alone.url, issuer })(token)).rejects.toBeInstanceOf(TokenRefused);
    const renewed = await createClient({ url: both.url, apiKey: secret, issuer }).entitlementToken(organizationId);
    expect(decodeProtectedHeader(renewed).kid).not.toBe(decodeProtectedHeader(token).kid);
    expect(await createTokenChecker({ url: alone.url, issuer })(renewed)).toMatchObject({ organizationId });
    for (const one of [both, alone]) await new Promise((resolve) => one.server.close(resolve));
  });

  it("its keys are for everybody to fetch and keep, and hold nothing secret", async () => {
    const answer = await fetch(`${url}/.well-known/entitlement-keys.json`);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([["alg", "crv", "kid", "kty", "use", "x"]]);
  });
});

describe("the example program", () => {
  const run = async (organization: string) => {
    const env = {
      ...process.env,
      KRAFTVERK_URL: url,
      KRAFTVERK_API_KEY: secret,
      ORGANIZATION: organization,
      ISSUER: issuer,
    };
    const { stdout } = await promisify(execFile)(process.execPath, ["examples/prompt-workshop.ts"], { env });
    return stdout;
  };

  it("does what the organization's plan opens", async () => {
    const small = await company([[owner, "owner"]]);
    expect(await run(small)).toBe(
      [
        ...["The first module is open.", "# Prompt", "", "Write a poem about rust.", "Kept on this machine alone."],
        ...["Tested as a rehearsal: real tests are in a larger plan.", ""],
      ].join("\n"),
    );
    const large = await company([[owner, "owner"]]);
    await buy(owner, large, "pro");
    expect(await run(large)).toBe(
      [
        ...["All modules are open.", "# Prompt", "", "Write a poem about rust.", "Kept in the cloud."],
        ...["Evaluated: 4 of 5.", "Tested for real.", ""],
      ].join("\n"),
    );
  });
});
