import { describe, expect, it } from "vitest";
import { CARDS, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { type TestPurchase, testPurchases } from "../../scripts/test/test-purchases.ts";
import { convergeCheckout } from "./converge-checkout.ts";

const shop = await testCheckoutShop({}, [setByHand("checkout")]);
const { sql, stripe } = shop;
const { begin, bought, leftBehind, eventsOf, converge, alerts } = testPurchases(shop);

describe("what does not match is never fulfilled", () => {
  const nothing = async (purchase: TestPurchase) => {
    const left = await leftBehind(purchase);
    expect(left).toMatchObject({
      orders: [],
      customers: [],
      mails: [],
      checkout: { status: "open", failure_code: "mismatch" },
    });
    expect(await alerts(purchase.checkoutId)).toEqual([{ kind: "checkout.mismatch" }]);
    expect((await purchase.browser.caller.checkout.status({ ref: purchase.ref })).state).toBe("unknown");
  };

  it("another amount than was frozen", async () => {
    const purchase = await bought("bag");
    await sql`update checkouts set total_amount = total_amount + 1 where id = ${purchase.checkoutId}`;
    for (const event of await eventsOf(purchase)) await shop.receive(event);
    await converge(purchase);
    await shop.work();
    await nothing(purchase);
  });

  it("another currency than was frozen", async () => {
    const purchase = await bought("bag");
    await sql`update checkouts set currency = 'EUR' where id = ${purchase.checkoutId}`;
    await converge(purchase);
    await nothing(purchase);
  });

  it("play money in a shop that takes real money", async () => {
    const purchase = await bought("bag");
    const ctx = shop.worker();
    const live = { ...ctx, providers: { ...ctx.providers, checkout: { ...ctx.providers.checkout, livemode: true } } };
    await convergeCheckout(live, { checkoutId: purchase.checkoutId });
    await nothing(purchase);
  });

  it("a page that names a purchase of ours but is not its page", async () => {
    const purchase = await begin("bag");
    const other = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price_data: { currency: "sek", unit_amount: 500, product_data: { name: "Cheap" } }, quantity: 1 }],
      client_reference_id: purchase.checkoutId,
      success_url: "http://localhost:3000/checkout/return",
    });
    await shop.pay(other.url ?? "", { email: purchase.email });
    await convergeCheckout(shop.worker(), { stripeSessionId: other.id });
    await nothing(purchase);
  });

  it("a page of somebody else's on the same account", async () => {
    const other = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [
        { price_data: { currency: "sek", unit_amount: 500, product_data: { name: "Theirs" } }, quantity: 1 },
      ],
      success_url: "http://localhost:3000/",
    });
    const before = await sql`select count(*)::int as n from orders`;
    await convergeCheckout(shop.worker(), { stripeSessionId: other.id });
    expect(await alerts(other.id)).toEqual([]);
    await shop.pay(other.url ?? "");
    await convergeCheckout(shop.worker(), { stripeSessionId: other.id });
    await convergeCheckout(shop.worker(), { stripeSessionId: other.id });
    expect(await alerts(other.id)).toEqual([{ kind: "checkout.foreign_page" }]);
    expect(await sql`select count(*)::int as n from orders`).toEqual(before);
  });
});

describe("a page that is left", () => {
  it("is open while it is open, and a refused card is told with its reason", async () => {
    const purchase = await begin("bag");
    expect((await shop.pay(purchase.url, { card: CARDS.noFunds })).returnedTo).toBeNull();
    await converge(purchase);
    expect(await purchase.browser.caller.checkout.status({ ref: purchase.ref })).toMatchObject({
      state: "failed",
      declineClass: "funds",
      url: purchase.url,
    });
    expect((await leftBehind(purchase)).orders).toEqual([]);
  });

  it("expires with nothing charged, and the cart stays", async () => {
    const purchase = await begin("bag");
    await stripe.checkout.sessions.expire(purchase.sessionId);
    for (const event of await eventsOf(purchase)) await shop.receive(event);
    await shop.work();
    expect((await purchase.browser.caller.checkout.status({ ref: purchase.ref })).state).toBe("expired");
    expect(await leftBehind(purchase)).toMatchObject({
      orders: [],
      cart: { status: "open" },
      checkout: { next_check_at: null },
    });
  });

  it("paid at the last moment, although it counts as expired here, is completed all the same", async () => {
    const purchase = await bought("bag");
    await sql`update checkouts set status = 'expired', next_check_at = null where id = ${purchase.checkoutId}`;
    for (const event of await eventsOf(purchase)) await shop.receive(event);
    await shop.work();
    expect(await leftBehind(purchase)).toMatchObject({
      checkout: { status: "completed" },
      orders: [{ status: "confirmed" }],
    });
  });

  it("closed by us a moment after it was paid is completed", async () => {
    const purchase = await bought("bag");
    await purchase.browser.caller.checkout.abandon({ ref: purchase.ref });
    await shop.work();
    expect(await leftBehind(purchase)).toMatchObject({
      checkout: { status: "completed" },
      orders: [{ status: "confirmed" }],
    });
  });
});

describe("whose purchase it becomes", () => {
  const ownerOf = async ({ checkoutId }: TestPurchase) =>
    (await sql`select customer_id, email from orders where checkout_id = ${checkoutId}`)[0];

  it("a signed-in buyer's own, with a customer at Stripe that is offered again", async () => {
    const session = await shop.member("dora@example.se");
    const browser = shop.browser({ session });
    const first = await begin("bag", browser);
    expect((await stripe.checkout.sessions.retrieve(first.sessionId)).customer_email).toBe("dora@example.se");
    await shop.pay(first.url);
    await converge(first);
    expect(await ownerOf(first)).toEqual({ customer_id: session.customerId, email: "dora@example.se" });
    const second = await begin("bag", browser);
    const [known] =
      await sql`select external_id, reusable from provider_customers where customer_id = ${session.customerId}`;
    expect(known?.reusable).toBe(true);
    expect((await stripe.checkout.sessions.retrieve(second.sessionId)).customer).toBe(known?.external_id);
  });

  it("a guest's, found again by the address and never offered to others at Stripe", async () => {
    const [one, two] = [await begin("bag"), await begin("bag")];
    for (const purchase of [one, two]) {
      await shop.pay(purchase.url, { email: "Erik@Example.se" });
      await converge(purchase);
    }
    expect((await ownerOf(one))?.customer_id).toBe((await ownerOf(two))?.customer_id);
    const known =
      await sql`select reusable from provider_customers where customer_id = ${(await ownerOf(one))?.customer_id}`;
    expect(known.map((row) => row.reusable)).toEqual([false, false]);
  });

  it("a guest's whose address an account has proven is the account's", async () => {
    const session = await shop.member("frida@example.se");
    const purchase = await begin("bag");
    await shop.pay(purchase.url, { email: "frida@example.se" });
    await converge(purchase);
    expect((await ownerOf(purchase))?.customer_id).toBe(session.customerId);
    const mine = await shop.browser({ session }).caller.orders.mine.list({});
    expect(mine.items).toHaveLength(1);
  });
});
