import { afterEach, describe, expect, it } from "vitest";
import { type TestBrowser, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { releaseStock } from "../inventory/index.ts";
import { newId } from "../kernel/id.ts";
import { convergeCheckout } from "./converge-checkout.ts";
import type { SessionFacts } from "./gateway.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const [SMOOTH, KNOBBLY, CHALK] = ["massage-ball-smooth", "massage-ball-knobbly", "chalk-one"] as const;

type Started = Awaited<ReturnType<TestBrowser["caller"]["checkout"]["start"]>>;
type Opened = Extract<Started, { outcome: "open" }>;
function opened(started: Started): Opened {
  if (started.outcome !== "open") throw new Error(`expected an open page, got ${JSON.stringify(started)}`);
  return started;
}

/** Sets what lies at the two places, by movements as everything else. */
async function lay(variantId: string, warehouse: number, desk: number): Promise<void> {
  for (const [location, wanted] of [
    ["warehouse", warehouse],
    ["front-desk", desk],
  ] as const) {
    const [level] =
      await sql`select on_hand from stock_levels where variant_id = ${variantId} and location_id = ${location}`;
    const delta = wanted - Number(level?.on_hand ?? 0);
    if (delta === 0) continue;
    const id = newId("stm");
    await sql`insert into stock_movements (id, variant_id, location_id, delta, reason, actor, idempotency_key, at)
      values (${id}, ${variantId}, ${location}, ${delta}, 'counted', 'test', ${id}, ${new Date().toISOString()})`;
  }
}
const levels = async (variantId: string) => {
  const [row] =
    await sql`select sum(on_hand)::int as on_hand, sum(reserved)::int as reserved from stock_levels where variant_id = ${variantId}`;
  return row;
};
const reservations = async (checkoutId: string) =>
  (await sql`select status from stock_reservations where checkout_id = ${checkoutId}`).map((row) => row.status);
const orderOf = async (checkoutId: string) =>
  (await sql`select id, status from orders where checkout_id = ${checkoutId}`)[0];
const buy = (variantId: string, quantity = 1, browser = shop.browser()) =>
  browser.caller.checkout.start({ source: { productId: variantId.replace(/-[a-z]+$/, ""), variantId, quantity } });

/** Every level is the sum of its movements and of the reservations that stand, and nothing is promised twice. */
async function expectSound(): Promise<void> {
  const broken = await sql`
    select l.variant_id, l.location_id from stock_levels l where l.reserved > l.on_hand or l.reserved < 0
      or l.on_hand <> (select coalesce(sum(delta), 0) from stock_movements m where m.variant_id = l.variant_id and m.location_id = l.location_id)
      or l.reserved <> (select coalesce(sum(quantity), 0) from stock_reservations r
        where r.variant_id = l.variant_id and r.location_id = l.location_id and r.status = 'reserved')`;
  expect(broken).toEqual([]);
  const [deadlocks] = await sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`;
  expect(deadlocks?.n).toBe(0);
}
afterEach(expectSound);

describe("a hundred buyers of ten things", () => {
  it("open ten payment pages; ninety are told that it is sold out", async () => {
    await lay(SMOOTH, 6, 4);
    const before = (await sql`select count(*)::int as n from checkouts`)[0]?.n;
    const started = await Promise.all(Array.from({ length: 100 }, () => buy(SMOOTH)));
    const open = started.filter(({ outcome }) => outcome === "open");
    const refused = started.filter((one) => one.outcome === "sold_out");
    expect([open.length, refused.length]).toEqual([10, 90]);
    expect(new Set(refused.map(({ items }) => JSON.stringify(items)))).toEqual(
      new Set([JSON.stringify([{ variantId: SMOOTH, left: 0, name: "Massageboll, Slät" }])]),
    );
    expect(await levels(SMOOTH)).toEqual({ on_hand: 10, reserved: 10 });
    // Those who were refused left nothing behind.
    expect((await sql`select count(*)::int as n from checkouts`)[0]?.n).toBe(before + 10);
    const [shown] = (await shop.browser().caller.catalog.products.get({ id: "massage-ball" })).variants;
    expect(shown).toMatchObject({ id: SMOOTH, stock: { state: "sold_out", left: null } });
  });

  it("whose carts name the same things in another order wait for each other", async () => {
    await lay(KNOBBLY, 30, 30);
    await lay(CHALK, 30, 30);
    const started = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const browser = shop.browser();
        const [first, second] = n % 2 === 0 ? [KNOBBLY, CHALK] : [CHALK, KNOBBLY];
        await browser.caller.checkout.cart.add({ variantId: first, quantity: 1 });
        await browser.caller.checkout.cart.add({ variantId: second, quantity: 1 });
        return browser.caller.checkout.start({ source: { cart: true } });
      }),
    );
    expect(started.map(({ outcome }) => outcome)).toEqual(Array(40).fill("open"));
    expect(await levels(CHALK)).toEqual({ on_hand: 60, reserved: 40 });
    expect(await levels(KNOBBLY)).toEqual({ on_hand: 60, reserved: 40 });
  });
});

describe("goods that are set aside", () => {
  it("leave the shelf when they are paid, once, however often we hear of it", async () => {
    await lay("jump-rope-black", 1, 1);
    const purchase = opened(await buy("jump-rope-black", 2));
    expect(await reservations(purchase.checkoutId)).toEqual(["reserved", "reserved"]);
    await shop.pay(purchase.url);
    await Promise.all([1, 2, 3].map(() => convergeCheckout(shop.worker(), { checkoutId: purchase.checkoutId })));
    expect(await reservations(purchase.checkoutId)).toEqual(["consumed", "consumed"]);
    expect(await levels("jump-rope-black")).toEqual({ on_hand: 0, reserved: 0 });
    const order = await orderOf(purchase.checkoutId);
    const sold = await sql`select location_id, delta from stock_movements where order_id = ${order?.id} order by 1`;
    expect(sold).toEqual([
      { location_id: "front-desk", delta: -1 },
      { location_id: "warehouse", delta: -1 },
    ]);
  });

  it("go back when the page could not be opened", async () => {
    await lay("jump-rope-yellow", 3, 0);
    const [price] =
      await sql`select stripe_price_id as id from prices where product_id = 'jump-rope' and currency = 'SEK' and active`;
    await stripe.prices.update(price?.id, { active: false });
    expect((await buy("jump-rope-yellow")).outcome).toBe("unavailable");
    await stripe.prices.update(price?.id, { active: true });
    await shop.work();
    expect(await levels("jump-rope-yellow")).toEqual({ on_hand: 3, reserved: 0 });
  });

  it("follow the cart to its next page", async () => {
    await lay("bands-light", 3, 0);
    const browser = shop.browser();
    await browser.caller.checkout.cart.add({ variantId: "bands-light", quantity: 1 });
    const first = opened(await browser.caller.checkout.start({ source: { cart: true } }));
    await browser.caller.checkout.cart.setQuantity({ variantId: "bands-light", quantity: 3 });
    const second = opened(await browser.caller.checkout.start({ source: { cart: true } }));
    expect(await reservations(first.checkoutId)).toEqual(["released"]);
    expect(await reservations(second.checkoutId)).toEqual(["reserved"]);
    expect((await buy("bands-light")).outcome).toBe("sold_out");
    // A visitor sees that there are none; whose they are sees no such thing.
    expect((await browser.caller.checkout.cart.get()).lines[0]?.tooFew).toBeNull();
  });

  it("are told in the cart when there are fewer, and only then how many", async () => {
    await lay("bands-medium", 2, 0);
    const browser = shop.browser();
    await browser.caller.checkout.cart.add({ variantId: "bands-medium", quantity: 3 });
    expect((await browser.caller.checkout.cart.get()).lines[0]?.tooFew).toBe(2);
    expect(await browser.caller.checkout.start({ source: { cart: true } })).toEqual({
      outcome: "sold_out",
      items: [{ variantId: "bands-medium", left: 2, name: "Gummiband, Medel" }],
    });
    expect((await browser.caller.checkout.cart.get()).lines).toHaveLength(1);
  });
});

describe("a page that is paid after its goods went back", () => {
  it("is honored from what is free", async () => {
    await lay("wrist-wraps-black", 1, 0);
    const purchase = opened(await buy("wrist-wraps-black"));
    await releaseStock(shop.worker(), { checkoutId: purchase.checkoutId });
    expect(await levels("wrist-wraps-black")).toEqual({ on_hand: 1, reserved: 0 });
    await shop.pay(purchase.url);
    await convergeCheckout(shop.worker(), { checkoutId: purchase.checkoutId });
    expect((await orderOf(purchase.checkoutId))?.status).toBe("confirmed");
    expect(await levels("wrist-wraps-black")).toEqual({ on_hand: 0, reserved: 0 });
  });

  it("is an order all the same when they have gone to others, and staff are told", async () => {
    await lay("wrist-wraps-yellow", 1, 0);
    const late = opened(await buy("wrist-wraps-yellow"));
    await releaseStock(shop.worker(), { checkoutId: late.checkoutId });
    const quick = opened(await buy("wrist-wraps-yellow"));
    await shop.pay(late.url);
    await convergeCheckout(shop.worker(), { checkoutId: late.checkoutId });
    await convergeCheckout(shop.worker(), { checkoutId: late.checkoutId });
    const order = await orderOf(late.checkoutId);
    expect(order?.status).toBe("confirmed");
    expect(await sql`select variant_id, quantity from stock_shortages where order_id = ${order?.id}`).toEqual([
      { variant_id: "wrist-wraps-yellow", quantity: 1 },
    ]);
    expect(await sql`select kind from alerts where subject = ${order?.id}`).toEqual([{ kind: "inventory.oversold" }]);
    // What was promised to the quick one is still theirs.
    expect(await reservations(quick.checkoutId)).toEqual(["reserved"]);
    await shop.pay(quick.url);
    await convergeCheckout(shop.worker(), { checkoutId: quick.checkoutId });
    expect(await levels("wrist-wraps-yellow")).toEqual({ on_hand: 0, reserved: 0 });
  });
});

it("an order whose money never came gives its goods back", async () => {
  await lay("cap-black", 2, 0);
  const purchase = opened(await buy("cap-black", 2));
  await shop.pay(purchase.url);
  const ctx = shop.worker();
  const { checkout } = ctx.providers;
  const as = (status: "processing" | "failed") => ({
    ...ctx,
    providers: {
      ...ctx.providers,
      checkout: {
        ...checkout,
        findSession: async (id: string): Promise<SessionFacts | null> => {
          const facts = await checkout.findSession(id);
          return facts?.payment
            ? { ...facts, paymentStatus: "unpaid", payment: { ...facts.payment, status, paidAt: null } }
            : null;
        },
      },
    },
  });
  await convergeCheckout(as("processing"), { checkoutId: purchase.checkoutId });
  expect(await levels("cap-black")).toEqual({ on_hand: 0, reserved: 0 });
  await convergeCheckout(as("failed"), { checkoutId: purchase.checkoutId });
  await shop.work();
  expect((await orderOf(purchase.checkoutId))?.status).toBe("cancelled");
  expect(await levels("cap-black")).toEqual({ on_hand: 2, reserved: 0 });
});

it("a page that nobody pays on gives its goods back when it expires", async () => {
  await lay("cap-yellow", 1, 0);
  const purchase = opened(await buy("cap-yellow"));
  expect((await buy("cap-yellow")).outcome).toBe("sold_out");
  await shop.advance("PT37M");
  await convergeCheckout(shop.worker(), { checkoutId: purchase.checkoutId });
  await shop.work();
  expect(await reservations(purchase.checkoutId)).toEqual(["released"]);
  expect((await buy("cap-yellow")).outcome).toBe("open");
});
