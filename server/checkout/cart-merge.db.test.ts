import { beforeAll, describe, expect, it } from "vitest";
import { type TestBrowser, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const [bag, towel] = ["bag", "towel"] as const;
let variants: Record<string, string> = {};
beforeAll(async () => {
  const rows = await sql<{ id: string; product_id: string }[]>`
    select id, product_id from variants where product_id in ('bag', 'towel')`;
  variants = Object.fromEntries(rows.map(({ id, product_id }) => [product_id, id]));
});
const add = (browser: TestBrowser, productId: string, quantity: number) =>
  browser.caller.checkout.cart.add({ variantId: variants[productId] ?? "", quantity });
const lines = async (browser: TestBrowser) =>
  (await browser.caller.checkout.cart.get()).lines.map(({ productId, quantity }) => [productId, quantity]);
const openCarts = (customerId: string) =>
  sql`select id from carts where customer_id = ${customerId} and status = 'open' and not direct`;

/** A guest's browser, and the same one once its owner has signed in to an account that had put things aside elsewhere. */
async function comingHome(email: string, earlier: Record<string, number>, now: Record<string, number>) {
  const session = await shop.member(email);
  const elsewhere = shop.browser({ session });
  for (const [productId, quantity] of Object.entries(earlier)) await add(elsewhere, productId, quantity);
  const guest = shop.browser();
  for (const [productId, quantity] of Object.entries(now)) await add(guest, productId, quantity);
  const home = shop.browser({ session });
  home.cartToken = guest.cartToken;
  return { guest, home, elsewhere, customerId: session.customerId ?? "" };
}

describe("a guest's cart and the account's", () => {
  it("is kept for the guest: the same browser finds it again, another one does not", async () => {
    const guest = shop.browser();
    await add(guest, bag, 2);
    const later = shop.browser();
    later.cartToken = guest.cartToken;
    expect(await lines(later)).toEqual([["bag", 2]]);
    expect(await lines(shop.browser())).toEqual([]);
  });

  it("are one after the sign-in: nothing is lost, and at most what one can buy of a thing", async () => {
    const { home, elsewhere } = await comingHome("hem@example.se", { bag: 60, towel: 1 }, { bag: 50 });
    expect(await lines(home)).toEqual([
      ["bag", 99],
      ["towel", 1],
    ]);
    await add(home, towel, 1);
    const together = [
      ["bag", 99],
      ["towel", 2],
    ];
    expect(await lines(home)).toEqual(together);
    expect(await lines(elsewhere)).toEqual(together);
  });

  it("are put together once, however many windows change them at the same moment", async () => {
    const { home, customerId } = await comingHome("fönster@example.se", { bag: 3 }, { towel: 2 });
    await Promise.all(Array.from({ length: 6 }, () => add(home, towel, 1)));
    expect(await lines(home)).toEqual([
      ["towel", 8],
      ["bag", 3],
    ]);
    expect(await openCarts(customerId)).toHaveLength(1);
  });

  it("are paid as one order, and are empty then in every browser", async () => {
    const { home, guest, elsewhere, customerId } = await comingHome("betalar@example.se", { bag: 1 }, { towel: 1 });
    const started = await home.caller.checkout.start({ source: { cart: true } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url);
    await home.caller.checkout.confirm({ ref: started.ref });
    await shop.work();
    const order = await home.caller.orders.byRef({ ref: started.ref });
    expect(order.lines.map(({ productId }) => productId).sort()).toEqual(["bag", "towel"]);
    for (const browser of [home, guest, elsewhere]) expect(await lines(browser)).toEqual([]);
    expect(await openCarts(customerId)).toEqual([]);
  });
});
