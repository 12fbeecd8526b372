import { createHash } from "node:crypto";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { parseAnnouncement, receiveAnnouncement, reevaluateReceipt } from "../pricing/index.ts";

const shop = await testCheckoutShop();
const { sql, stripe, runtime } = shop;

async function announce(body: unknown): Promise<string> {
  const parsed = parseAnnouncement(body);
  if (!parsed.ok || parsed.announcement.action === "ping") throw new Error("not an announcement");
  const text = JSON.stringify(body);
  const bodyHash = createHash("sha256").update(text).digest("hex");
  const partner = runtime.ctx({ kind: "partner", name: "source" }, "test");
  const { result } = await receiveAnnouncement(partner, { announcement: parsed.announcement, body: text, bodyHash });
  await shop.work();
  return result;
}
const priceUpdate = {
  stripePriceId: "price_TEST123",
  originalProductId: "test-kund",
  campaignId: "test_campaign",
  campaignName: "Test Campaign",
};

/** Runs `work` while this process can reach the database and the payment provider and nothing else in the world. */
async function offTheNetwork<T>(work: () => Promise<T>): Promise<{ result: T; refused: string[] }> {
  const allowed = new Set([new URL(shop.urls.member).port, new URL(shop.sandbox.url).port]);
  const connect = Socket.prototype.connect;
  const refused: string[] = [];
  Socket.prototype.connect = function refuse(this: Socket, ...args: unknown[]) {
    const [first] = Array.isArray(args[0]) ? args[0] : args;
    const target = (typeof first === "object" && first !== null ? first : { port: first }) as {
      host?: string;
      port?: unknown;
    };
    if (!allowed.has(String(target.port))) {
      refused.push(`${target.host ?? ""}:${String(target.port)}`);
      queueMicrotask(() => this.destroy(new Error("there is no network")));
      return this;
    }
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  try {
    return { result: await work(), refused };
  } finally {
    Socket.prototype.connect = connect;
  }
}

describe("a membership at its campaign price", () => {
  it("the guard that takes the network away does", async () => {
    const { result, refused } = await offTheNetwork(() =>
      fetch("http://127.0.0.1:47111/").then(
        () => "reached",
        () => "refused",
      ),
    );
    expect(result).toBe("refused");
    expect(refused).toEqual(["127.0.0.1:47111"]);
  });

  it("is bought with every host refused but the database and the provider", async () => {
    expect(await announce({ action: "price.updated", priceUpdate })).toBe("created");
    const browser = shop.browser();
    const { result: ref, refused } = await offTheNetwork(async () => {
      const [card] = (await browser.caller.catalog.memberships.list({})).items.filter((one) => one.id === "test-kund");
      expect(card?.price).toMatchObject({ amount: 29_900, campaign: { id: "test_campaign" } });
      const started = await browser.caller.checkout.start({ source: { productId: "test-kund" }, shownAmount: 29_900 });
      if (started.outcome !== "open") throw new Error(started.outcome);
      const session = await stripe.checkout.sessions.retrieve(started.sessionId, { expand: ["line_items"] });
      expect(session).toMatchObject({
        amount_total: 29_900,
        line_items: { data: [{ price: { id: "price_TEST123" } }] },
      });
      await shop.pay(started.url, { email: "kampanj@example.se" });
      await browser.caller.checkout.confirm({ ref: started.ref });
      return started.ref;
    });
    expect(refused).toEqual([]);
    await shop.work();
    expect(await browser.caller.checkout.status({ ref })).toMatchObject({
      state: "done",
      totalAmount: 29_900,
      membership: { nextAmount: 29_900 },
    });
    const [kept] =
      await sql`select s.amount::int, r.campaign_id, r.stripe_price_id, o.tax_amount::int as tax from subscriptions s
      join price_receipts r on r.id = s.price_receipt_id join orders o on o.id = s.order_id`;
    expect(kept).toEqual({ amount: 29_900, campaign_id: "test_campaign", stripe_price_id: "price_TEST123", tax: 1692 });
    const [mail] = await sql`select text from emails where template = 'membership-started'`;
    expect(mail?.text).toContain("Test Campaign");
  });

  it("whose price was archived a moment ago is not sold: the next press is told the price that holds", async () => {
    const price = await stripe.prices.create({
      currency: "sek",
      unit_amount: 24_900,
      recurring: { interval: "month" },
      product: "dagtid",
      tax_behavior: "inclusive",
    });
    const update = { ...priceUpdate, stripePriceId: price.id, originalProductId: "dagtid", campaignId: "short" };
    await announce({ action: "price.updated", priceUpdate: update });
    await stripe.prices.update(price.id, { active: false });
    const browser = shop.browser();
    const start = () => browser.caller.checkout.start({ source: { productId: "dagtid" }, shownAmount: 24_900 });
    expect(await start()).toEqual({ outcome: "unavailable" });
    await shop.work();
    expect(await start()).toMatchObject({
      outcome: "price_changed",
      changes: [{ shownAmount: 24_900, amount: 29_900 }],
    });
  });

  it("is told to be over before anybody pays more", async () => {
    const browser = shop.browser();
    const start = (more = {}) => browser.caller.checkout.start({ source: { productId: "test-kund" }, ...more });
    const open = await start({ shownAmount: 29_900 });
    expect(open.outcome).toBe("open");
    expect(await announce({ action: "deleted", campaignId: "test_campaign" })).toBe("deleted");
    expect(await start({ shownAmount: 29_900 })).toMatchObject({
      outcome: "price_changed",
      changes: [{ shownAmount: 29_900, amount: 39_900 }],
    });
    const dear = await start({ shownAmount: 39_900 });
    if (dear.outcome !== "open" || open.outcome !== "open") throw new Error("both are open");
    expect((await stripe.checkout.sessions.retrieve(dear.sessionId)).amount_total).toBe(39_900);
    await shop.work();
    expect((await stripe.checkout.sessions.retrieve(open.sessionId)).status).toBe("expired");
  });
});

it("every receipt of these purchases comes to the same answer from what is stored on it alone", async () => {
  const receipts = await shop.sql`select * from price_receipts`;
  expect(receipts.length).toBeGreaterThan(3);
  for (const row of receipts) {
    const { rule, amount, campaign_id: campaignId, stripe_price_id: stripePriceId, inputs, alternatives } = row;
    const receipt = { rule, campaignId, stripePriceId, inputs, alternatives, amount: Number(amount) };
    expect(reevaluateReceipt(receipt)).toEqual({ outcome: "same" });
  }
  expect(receipts.some((row) => row.campaign_id !== null)).toBe(true);
});
