import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { createApp } from "./app.ts";
import { checkoutEndpoint } from "./checkout-endpoint.ts";

const shop = await testCheckoutShop();
const app = createApp({
  runtime: shop.runtime,
  remix: async () => new Response("no page", { status: 404 }),
  webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  endpoints: [checkoutEndpoint],
  migrations: 0,
  development: false,
  draining: () => false,
});
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/checkout`;
afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
const order = (body: unknown, headers: Record<string, string> = {}) => post(JSON.stringify(body), headers);
const answerOf = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as Record<string, string>,
});
const pages = async () => (await shop.sql`select count(*)::int as n from checkouts`)[0]?.n;

describe("POST /api/checkout", () => {
  it("answers with the session and the address to go to, at the shop's price", async () => {
    const response = await order({ productId: "test-kund" });
    const { status, body } = await answerOf(response);
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual(["sessionId", "url"]);
    const session = await shop.stripe.checkout.sessions.retrieve(body.sessionId ?? "");
    expect(session).toMatchObject({ amount_total: 39_900, currency: "sek", url: body.url });
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("the same caller's second request is the same page, by the cookie it was given", async () => {
    const first = await order({ productId: "oppet" });
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const [one, two] = [
      await answerOf(first),
      await answerOf(await order({ productId: "oppet" }, { cookie, origin: new URL(url).origin })),
    ];
    expect(two.body).toEqual(one.body);
  });

  it("the same Idempotency-Key gets the same answer without any cookie, and 409 with another body", async () => {
    const key = { "idempotency-key": "order-4711" };
    const before = await pages();
    const one = await answerOf(await order({ productId: "dagtid" }, key));
    const two = await answerOf(await order({ productId: "dagtid" }, key));
    expect(two).toEqual(one);
    expect(await pages()).toBe(before + 1);
    // Somebody else behind the same address may guess the key: the cart and the order are not theirs by it.
    expect((await order({ productId: "dagtid" }, key)).headers.getSetCookie()).toEqual([]);
    const other = await answerOf(await order({ productId: "oppet" }, key));
    expect(other).toMatchObject({ status: 409, body: { code: "checkout.idempotency_key_reused" } });
  });

  it.each([
    ["too long", "x".repeat(256)],
    ["not plain", "a b"],
  ])("an Idempotency-Key that is %s is refused", async (_what, key) => {
    const { status, body } = await answerOf(await order({ productId: "dagtid" }, { "idempotency-key": key }));
    expect({ status, code: body.code }).toEqual({ status: 400, code: "checkout.idempotency_key_unusable" });
  });

  it("another currency is another page, at that currency's own price", async () => {
    const { body } = await answerOf(await order({ productId: "oppet", currency: "EUR" }));
    expect(await shop.stripe.checkout.sessions.retrieve(body.sessionId ?? "")).toMatchObject({
      amount_total: 3_600,
      currency: "eur",
    });
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["NaN", '{"productId":"bag","quantity":NaN}'],
    ["a list", '[{"productId":"bag"}]'],
    ["null", "null"],
    ["no product", "{}"],
    ["a product that is a list", '{"productId":["bag"]}'],
    ["an object as product", '{"productId":{"$ne":""}}'],
    ["a negative quantity", '{"productId":"bag","quantity":-1}'],
    ["a quantity of 0", '{"productId":"bag","quantity":0}'],
    ["a fraction", '{"productId":"bag","quantity":0.30000000000000004}'],
    ["1e308", '{"productId":"bag","quantity":1e308}'],
    ["1e400", '{"productId":"bag","quantity":1e400}'],
    ["a quantity as text", '{"productId":"bag","quantity":"1e3"}'],
    ["a quantity in a list", '{"productId":"bag","quantity":[1]}'],
    ["too many", '{"productId":"bag","quantity":100}'],
    ["two memberships", '{"productId":"oppet","quantity":2}'],
    ["a foreign currency", '{"productId":"bag","currency":"JPY"}'],
    ["a currency in lower case", '{"productId":"bag","currency":"sek"}'],
    ["a price of its own", '{"productId":"bag","price":1}'],
    ["an amount", '{"productId":"bag","amount":-100}'],
    ["a Stripe price", '{"productId":"bag","stripePriceId":"price_TEST123"}'],
    ["a status", '{"productId":"bag","status":"completed"}'],
    ["a role", '{"productId":"bag","role":"owner","isAdmin":true}'],
    ["a prototype", '{"productId":"bag","__proto__":{"quantity":5}}'],
    ["a constructor", '{"productId":"bag","constructor":{"prototype":{"amount":1}}}'],
  ])("%s is refused and opens nothing", async (_what, body) => {
    const before = await pages();
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty("error");
    expect(await pages()).toBe(before);
  });

  it("several of a membership are bought together up to the most, which the refusal of more names", async () => {
    const { body } = await answerOf(await order({ productId: "oppet-plus", quantity: 4 }));
    const lines = await shop.stripe.checkout.sessions.listLineItems(body.sessionId ?? "");
    expect(lines.data).toMatchObject([{ quantity: 4, amount_total: 199_600 }]);
    const refused = await order({ productId: "oppet-plus", quantity: 5 });
    expect({ status: refused.status, body: await refused.json() }).toEqual({
      status: 400,
      body: {
        ...{ error: "This many cannot be bought at once. At most 4.", code: "checkout.bad_quantity" },
        ...{ field: "quantity", most: 4 },
      },
    });
  });

  it("what is not for sale is not found", async () => {
    expect(await answerOf(await order({ productId: "no-such-thing" }))).toMatchObject({
      status: 404,
      body: { code: "checkout.not_for_sale" },
    });
  });

  it("a body of more than 64 kB is refused", async () => {
    expect((await post(JSON.stringify({ productId: "x".repeat(70_000) }))).status).toBe(413);
  });

  it("another site's page cannot make a visitor's browser order", async () => {
    const response = await order(
      { productId: "bag" },
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    );
    expect(response.status).toBe(403);
  });

  it("only POST", async () => {
    expect((await fetch(url)).status).toBe(405);
  });

  it("says when the provider cannot open a page, and opens it under the same key later", async () => {
    const key = { "idempotency-key": "order-during-an-outage" };
    await shop.sandbox.control("faults", {
      body: { calls: [{ path: "/v1/checkout/sessions", times: 2, kind: "error", status: 429, when: "before" }] },
    });
    const refused = await order({ productId: "bag" }, key);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("5");
    await shop.sandbox.control("faults", { method: "DELETE" });
    expect((await order({ productId: "bag" }, key)).status).toBe(200);
  });
});
