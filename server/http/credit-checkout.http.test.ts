import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { convergeCheckout } from "../checkout/index.ts";
import { convergeRefunds } from "../payments/index.ts";
import { createInbox } from "../webhooks/index.ts";
import { createApp } from "./app.ts";
import { creditCheckout } from "./credit-checkout.ts";
import { webhookDoor } from "./webhook-door.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const app = createApp({
  runtime: shop.runtime,
  remix: async () => new Response("no page", { status: 404 }),
  webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  endpoints: [creditCheckout],
  migrations: 0,
  development: false,
  draining: () => false,
});
const { log, metrics, clock, service, config } = shop.runtime;
const secrets = config.STRIPE_WEBHOOK_SECRET ?? [];
const inbox = createInbox({ service, log, metrics, clock, secrets, livemode: false });
const server = createServer(
  webhookDoor(shop.runtime, inbox, getRequestListener(app.fetch, { overrideGlobalObjects: false })),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await inbox.close();
});

const buyer = await shop.member("krediter@example.se");
const session = { ...buyer, authenticatedAt: new Date() };
const mine = () => shop.browser({ session }).caller;
const key = await mine().apiKeys.make({ name: "Tool", scopes: ["credits.buy", "credits.read"] });
const bearer = { authorization: `Bearer ${key.secret}` };

async function buy(body: unknown, headers: Record<string, string> = bearer) {
  const response = await fetch(`${base}/checkout`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: response.status, body: (await response.json()) as { id: string; url: string; code?: string } };
}
const balance = async () => (await mine().credits.balance({})).available;

describe("POST /checkout", () => {
  it("answers with the payment page for 1.00 USD and 100 credits, and tells Stripe whom they are for", async () => {
    const { status, body } = await buy({ quantity: 1 });
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual(["id", "url"]);
    const page = await shop.stripe.checkout.sessions.retrieve(body.id, { expand: ["line_items.data.price.product"] });
    expect(page).toMatchObject({ amount_total: 100, currency: "usd", mode: "payment", url: body.url });
    expect(page.line_items?.data[0]?.price?.product).toMatchObject({ name: "Credits", description: "100 Credits" });
    const [checkout] = await sql`select id from checkouts where stripe_session_id = ${body.id}`;
    expect(page.metadata).toEqual({ checkout_id: checkout?.id, userId: buyer.userId, keyId: key.id });
  });

  it("is one page however often it is asked for, and another for another quantity", async () => {
    const [one, two] = await Promise.all([buy({ quantity: 2 }), buy({ quantity: 2 })]);
    expect(one.body).toEqual(two.body);
    expect((await buy({ quantity: 3 })).body.id).not.toBe(one.body.id);
  });

  it("the same Idempotency-Key gets the same answer, and 409 with another body", async () => {
    const headers = { ...bearer, "idempotency-key": "credits-1" };
    const one = await buy({ quantity: 5, currency: "EUR" }, headers);
    expect(await buy({ quantity: 5, currency: "EUR" }, headers)).toEqual(one);
    expect(await buy({ quantity: 6, currency: "EUR" }, headers)).toMatchObject({ status: 409 });
  });

  it("is closed to nobody, to a key that may not buy, and to another's key", async () => {
    expect(await buy({ quantity: 1 }, {})).toMatchObject({ status: 401 });
    const reading = await mine().apiKeys.make({ name: "Reader", scopes: ["credits.read"] });
    expect(await buy({ quantity: 1 }, { authorization: `Bearer ${reading.secret}` })).toMatchObject({
      status: 403,
      body: { code: "api_keys.scope_missing" },
    });
    const stranger = await shop.member("annan@example.se");
    const theirs = await shop
      .browser({ session: { ...stranger, authenticatedAt: new Date() } })
      .caller.apiKeys.make({ name: "Theirs", scopes: ["credits.buy"] });
    expect(await buy({ quantity: 1, keyId: theirs.id })).toMatchObject({
      status: 404,
      body: { code: "api_keys.not_found" },
    });
  });

  it.each([
    [{}, "quantity is missing."],
    [{ quantity: 0 }, "quantity must be at least 1."],
    [{ quantity: 100 }, "quantity must be at most 99."],
    [{ quantity: 1, amount: 5000 }, "amount is not known here."],
    [{ quantity: "1" }, "quantity must be a number."],
    [[1], "body must be an object."],
    [null, "body must be an object."],
  ])("%j is refused in words", async (body, error) =>
    expect(await buy(body)).toEqual({ status: 400, body: { error, field: error.split(" ")[0] } }),
  );

  it("sells credit packs alone", async () => {
    expect(await buy({ quantity: 1, productId: "bag" })).toMatchObject({ status: 404 });
    expect(await buy({ quantity: 1, productId: "credits-1000", currency: "SEK" })).toMatchObject({ status: 200 });
  });
});

describe("what was bought", () => {
  it("is granted once, as many as were frozen, whatever is told how often and whatever the catalogue says by then", async () => {
    const before = await balance();
    const { body } = await buy({ quantity: 3 });
    await sql`update products set credits_per_unit = 7 where id = 'credits-100'`;
    await shop.pay(body.url);
    await Promise.all([1, 2, 3].map(() => convergeCheckout(shop.worker(), { stripeSessionId: body.id })));
    await shop.work();
    await convergeCheckout(shop.worker(), { stripeSessionId: body.id });
    expect(await balance()).toBe(before + 300);
    await sql`update products set credits_per_unit = 100 where id = 'credits-100'`;
    const [order] =
      await sql`select status, total_amount::int, tax_amount::int from orders order by placed_at desc, id desc limit 1`;
    expect(order).toEqual({ status: "completed", total_amount: 300, tax_amount: 60 });
  });

  it("is not granted before the money is there", async () => {
    const before = await balance();
    const { body } = await buy({ quantity: 4 });
    await shop.pay(body.url, { card: "4000 0000 0000 9995" });
    await convergeCheckout(shop.worker(), { stripeSessionId: body.id });
    expect(await balance()).toBe(before);
  });
});

describe("what was paid back", () => {
  async function bought(quantity: number) {
    const { body } = await buy({ quantity });
    await shop.pay(body.url);
    await convergeCheckout(shop.worker(), { stripeSessionId: body.id });
    await shop.work();
    const page = await shop.stripe.checkout.sessions.retrieve(body.id);
    return String(page.payment_intent);
  }
  async function payBack(intent: string, amount?: number) {
    await shop.stripe.refunds.create({ payment_intent: intent, ...(amount ? { amount } : {}) });
    for (let times = 0; times < 2; times++) {
      await convergeRefunds(shop.worker(), { paymentExternalId: intent });
      await shop.work();
    }
  }

  it("takes back what its share bought, once, and the rest with the rest", async () => {
    const before = await balance();
    const intent = await bought(9);
    expect(await balance()).toBe(before + 900);
    await payBack(intent, 300);
    expect(await balance()).toBe(before + 600);
    await payBack(intent);
    expect(await balance()).toBe(before);
  });

  it("takes nothing of another purchase for what was spent already", async () => {
    const all = await balance();
    if (all > 0) await mine().credits.consume({ credits: all, reason: "empty it", idempotencyKey: "empty" });
    const spent = await bought(10);
    await mine().credits.consume({ credits: 400, reason: "work", idempotencyKey: "spend-1" });
    await bought(11);
    expect(await balance()).toBe(1_700);
    await payBack(spent);
    expect(await balance()).toBe(1_100);
  });
});

describe("POST /stripe-webhook", () => {
  const tell = async (event: object) => {
    const payload = JSON.stringify(event);
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    const signature = shop.stripe.webhooks.generateTestHeaderString({ payload, secret: secrets[0] ?? "", timestamp });
    const response = await fetch(`${base}/stripe-webhook`, {
      method: "POST",
      body: payload,
      headers: { "stripe-signature": signature },
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const event = (id: string, type: string, object: object) => ({
    ...{ id, object: "event", type, livemode: false, created: Math.floor(clock.now().getTime() / 1000) },
    data: { object },
  });

  it("answers with what became of the event, and keeps with it what was granted", async () => {
    const { body } = await buy({ quantity: 6 });
    await shop.pay(body.url);
    const paid = event("evt_credits_1", "checkout.session.completed", { id: body.id, object: "checkout.session" });
    const answered = (status: string, type: string) => ({
      status: 200,
      body: { received: true, result: { status, event: type } },
    });
    expect(await tell(paid)).toEqual(answered("queued", "checkout.session.completed"));
    expect(await tell(paid)).toEqual(answered("duplicate", "checkout.session.completed"));
    expect(await tell(event("evt_credits_2", "customer.created", { id: "cus_x", object: "customer" }))).toEqual(
      answered("ignored", "customer.created"),
    );
    await shop.work();
    const [stored] = await sql`select status, result from webhook_events where id = 'stripe:evt_credits_1'`;
    expect(stored).toEqual({
      status: "handled",
      result: { status: "success", userId: buyer.userId, credits: 600, newTotal: await balance() },
    });
    // The buyer is back before the event is worked off: it says what was granted all the same.
    const faster = await buy({ quantity: 7 });
    await shop.pay(faster.body.url);
    const page = await shop.stripe.checkout.sessions.retrieve(faster.body.id);
    await tell(event("evt_credits_faster", "checkout.session.completed", page));
    await convergeCheckout(shop.worker(), { stripeSessionId: faster.body.id });
    const after = await balance();
    await mine().credits.consume({ credits: 1, reason: "work", idempotencyKey: "meanwhile" });
    await shop.work();
    const [late] = await sql`select result, effect from webhook_events where id = 'stripe:evt_credits_faster'`;
    expect(late).toEqual({
      result: { status: "success", userId: buyer.userId, credits: 700, newTotal: after },
      effect: expect.stringContaining("brought up to date meanwhile"),
    });
    const office = shop.browser({ session: { ...session, staffRole: "support" as const } }).caller;
    const shown = await office.webhooks.events.get({ id: "stripe:evt_credits_1" });
    expect(JSON.parse(shown.result ?? "")).toMatchObject({ status: "success", credits: 600 });
  });

  it("refuses what is not signed", async () => {
    const response = await fetch(`${base}/stripe-webhook`, { method: "POST", body: "{}" });
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 400,
      body: { error: "Invalid signature" },
    });
  });

  it("lays a payment that names no purchase of ours, or somebody else, before a person", async () => {
    const before = await balance();
    const foreign = await shop.stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [
        { price_data: { currency: "usd", unit_amount: 100, product_data: { name: "Credits" } }, quantity: 1 },
      ],
      metadata: { userId: buyer.userId, amount: "100" },
      success_url: "http://localhost:3000/",
    });
    await shop.pay(foreign.url ?? "");
    await tell(event("evt_credits_3", "checkout.session.completed", { id: foreign.id, object: "checkout.session" }));
    await shop.work();
    const [dead] = await sql`select status, last_error from webhook_events where id = 'stripe:evt_credits_3'`;
    expect(dead).toEqual({ status: "dead", last_error: expect.stringContaining("checkout.foreign_pointer") });

    const { body } = await buy({ quantity: 7 });
    await shop.pay(body.url);
    await sql`update checkouts set credit_pointer = ${JSON.stringify({ userId: "usr_other", keyId: key.id })}::text::jsonb where stripe_session_id = ${body.id}`;
    await tell(event("evt_credits_4", "checkout.session.completed", { id: body.id, object: "checkout.session" }));
    await shop.work();
    const [other] = await sql`select status, last_error from webhook_events where id = 'stripe:evt_credits_4'`;
    expect(other).toEqual({ status: "dead", last_error: expect.stringContaining("checkout.foreign_pointer") });
    const [checkout] =
      await sql`select failure_code, next_check_at from checkouts where stripe_session_id = ${body.id}`;
    expect(checkout).toEqual({ failure_code: "mismatch", next_check_at: null });
    expect(await balance()).toBe(before);
  });

  it("a call whose outcome nobody knows is found out, and what is paid on its page is granted once", async () => {
    const before = await balance();
    const lost = [{ method: "POST", path: "/v1/checkout/sessions", times: 20, kind: "reset", when: "after" }];
    await shop.sandbox.control("faults", { body: { calls: lost } });
    expect(await buy({ quantity: 8 })).toMatchObject({ status: 503, body: { code: "unknown" } });
    await shop.sandbox.control("faults", { method: "DELETE" });
    await shop.work();
    const [row] =
      await sql`select status, url, stripe_session_id from checkouts where total_amount = 800 and currency = 'USD'`;
    expect(row?.status).toBe("open");
    await shop.pay(row?.url);
    await convergeCheckout(shop.worker(), { stripeSessionId: row?.stripe_session_id });
    await shop.work();
    expect(await balance()).toBe(before + 800);
  });
});
