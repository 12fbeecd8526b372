import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { createApp } from "./app.ts";
import { programDoor } from "./program-door.ts";

const shop = await testCheckoutShop();
const { runtime } = shop;
const app = createApp({
  runtime,
  remix: async () => new Response("no page", { status: 404 }),
  webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  endpoints: [],
  migrations: 0,
  development: false,
  draining: () => false,
});
const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
/** What the door did not answer itself. */
const passedOn: string[] = [];
const edge: RequestListener = (request, response) => void listener(request, response);
const door = programDoor(runtime, (request, response) => {
  passedOn.push(request.url ?? "");
  edge(request, response);
});
const servers = [createServer(edge), createServer(door)];
const [behind = "", before = ""] = await Promise.all(
  servers.map(async (server) => {
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }),
);
afterAll(() => servers.forEach((server) => void server.close().closeAllConnections()));

const owner = await shop.member("program@example.se");
const { caller } = shop.browser({ session: { ...owner, authenticatedAt: new Date() } });
const scopes = ["account.read", "credits.read", "credits.spend"] as const;
const { secret } = await caller.apiKeys.make({ name: "All", scopes: [...scopes], budgetPeriod: "month" });
const narrow = await caller.apiKeys.make({ name: "Little", scopes: ["account.read"], budgetPeriod: "month" });

type Asked = { path: string; method?: string; key?: string; headers?: Record<string, string>; body?: string };

async function ask(base: string, { path, method = "POST", key = secret, headers = {}, body }: Asked) {
  const response = await fetch(`${base}/api/trpc/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const head = ["content-type", "retry-after", "cache-control", "set-cookie", "x-content-type-options"];
  return {
    status: response.status,
    head: head.map((name) => response.headers.get(name)),
    said: await response.text(),
    requestId: response.headers.get("x-request-id"),
    policy: response.headers.get("content-security-policy"),
  };
}
const json = (input: unknown) => JSON.stringify({ json: input });
const wish = { credits: 7, reason: "räksmörgås", idempotencyKey: "one" };
const query = (input: unknown) => `?input=${encodeURIComponent(json(input))}`;

/** Asked at the door and behind it: the same answer to the byte, the request's own id aside. */
async function bothAnswer(asked: Asked) {
  const [one, other] = [await ask(behind, asked), await ask(before, asked)];
  expect(other).toMatchObject({ status: one.status, head: one.head, said: one.said });
  expect(other.policy).toContain("default-src 'none'");
  return other;
}

describe("a program's one call at the door", () => {
  it.each<[string, number, Asked]>([
    ["is answered", 200, { path: "credits.balance", method: "GET" }],
    ["with an input is answered", 200, { path: `credits.balance${query({ feature: "å" })}`, method: "GET" }],
    ["is refused what there is not enough of", 409, { path: "credits.consume", body: json(wish) }],
    ["is refused a wrong field", 400, { path: "credits.consume", body: json({ ...wish, credits: -1 }) }],
    ["is refused without a body", 400, { path: "credits.consume" }],
    ["is refused what is no JSON", 400, { path: "credits.consume", body: "{" }],
    ["is refused an input that is no JSON", 400, { path: "credits.balance?input=%7B", method: "GET" }],
    ["is refused what its key may not", 403, { path: "credits.consume", key: narrow.secret, body: json(wish) }],
    ["is refused what no key may", 403, { path: "apiKeys.mine", method: "GET" }],
    ["is refused a key that is none", 401, { path: "identity.me", method: "GET", key: `kv_test_${"x".repeat(43)}` }],
    ["is refused a key of a live shop", 401, { path: "identity.me", method: "GET", key: `kv_live_${"x".repeat(43)}` }],
  ])("%s, as behind it", async (_what, status, asked) => {
    passedOn.length = 0;
    expect((await bothAnswer(asked)).status).toBe(status);
    expect(passedOn).toEqual([]);
  });

  it("carries the request's id and the headers of every answer", async () => {
    const headers = { "x-request-id": "program-request-1" };
    const { requestId, policy, head } = await ask(before, { path: "credits.balance", method: "GET", headers });
    expect(requestId).toBe("program-request-1");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(head).toContain("nosniff");
  });

  it.each<[string, Asked]>([
    [
      "several calls in one request",
      { path: `credits.balance,identity.me?batch=1&input=${encodeURIComponent('{"0":{"json":{}}}')}`, method: "GET" },
    ],
    [
      "a stream",
      {
        path: `credits.balance?batch=1&input=${encodeURIComponent('{"0":{"json":{}}}')}`,
        method: "GET",
        headers: { "trpc-accept": "application/jsonl" },
      },
    ],
    ["a procedure that is not there", { path: "credits.nothing", method: "GET" }],
    ["what every object has", { path: "toString", method: "GET" }],
    ["another method", { path: "credits.consume", method: "GET" }],
    ["another kind of body", { path: "credits.consume", body: "credits=1", headers: { "content-type": "text/plain" } }],
    [
      "a form",
      { path: "credits.consume", body: "credits=1", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    ["a query beside a body", { path: "credits.consume?x=1", body: json(wish) }],
    ["no key of ours", { path: "credits.balance", method: "GET", key: "sk_test_something" }],
    ["too large a body", { path: "credits.consume", body: json({ ...wish, reason: "x".repeat(1_000_001) }) }],
  ])("that is %s goes on to the edge", async (_what, asked) => {
    passedOn.length = 0;
    await bothAnswer(asked);
    expect(passedOn).toHaveLength(1);
  });

  it("is not looked at any more from an address that guesses", async () => {
    for (let i = 0; i < 1300; i++) await runtime.providers.callLimits.consume("guesses", "127.0.0.1").catch(() => {});
    const asked = { path: "credits.balance", method: "GET" };
    const both = [await ask(behind, asked), await ask(before, asked)];
    // Of the seconds that are left one may have passed between the two.
    for (const { head } of both) expect(Number(head.splice(1, 1)[0])).toBeGreaterThan(0);
    const [{ status, head, said }, other] = both as [(typeof both)[0], (typeof both)[0]];
    expect(status).toBe(429);
    expect(other).toMatchObject({ status, head, said });
  });
});
