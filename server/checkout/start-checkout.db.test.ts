import { describe, expect, it } from "vitest";
import { type TestBrowser, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;

type Started = Awaited<ReturnType<TestBrowser["caller"]["checkout"]["start"]>>;
type Opened = Extract<Started, { outcome: "open" }>;

function opened(started: Started): Opened {
  if (started.outcome !== "open") throw new Error(`expected an open page, got ${started.outcome}`);
  return started;
}
const membership = { source: { productId: "test-kund" } } as const;
const pagesAtStripe = async () => (await stripe.checkout.sessions.list({ limit: 100 })).data;
const bagVariant = async () => String((await sql`select id from variants where product_id = 'bag'`)[0]?.id);
const statusOf = ({ ref }: { ref: string }) => shop.browser().caller.checkout.status({ ref });
/** Sets a default price as if it had always been that; the shop's own way keeps the history, which is not the matter here. */
async function repriced(productId: string, change: () => Promise<void>): Promise<void> {
  const rows =
    await sql`select id, amount, stripe_price_id from prices where product_id = ${productId} and currency = 'SEK' and active`;
  const [row] = rows;
  const price = await stripe.prices.create({
    currency: "sek",
    unit_amount: Number(row?.amount) + 5_000,
    product: productId,
    ...(productId === "bag" ? {} : { recurring: { interval: "month" } }),
    tax_behavior: "inclusive",
  });
  await sql`update prices set amount = amount + 5000, stripe_price_id = ${price.id} where id = ${row?.id}`;
  try {
    await change();
  } finally {
    await sql`update prices set amount = ${row?.amount}, stripe_price_id = ${row?.stripe_price_id} where id = ${row?.id}`;
  }
}

describe("one page per cart and price", () => {
  it("fifty presses at once open one", async () => {
    const browser = shop.browser();
    await browser.caller.checkout.cart.add({ variantId: await bagVariant(), quantity: 1 });
    const before = (await pagesAtStripe()).length;
    const presses = await Promise.all(
      Array.from({ length: 50 }, () => browser.caller.checkout.start({ source: { cart: true } })),
    );
    expect(new Set(presses.map((press) => opened(press).url)).size).toBe(1);
    expect((await pagesAtStripe()).length).toBe(before + 1);
    const [row] = await sql`select count(*)::int as n, count(distinct stripe_session_id)::int as pages from checkouts
      where cart_id = (select cart_id from checkouts where id = ${opened(presses[0] as Started).checkoutId})`;
    expect(row).toEqual({ n: 1, pages: 1 });
  });

  it("a double press, a reload and the back button on a membership's card lead to the same page", async () => {
    const browser = shop.browser();
    const first = opened(await browser.caller.checkout.start(membership));
    const [second, third] = await Promise.all([
      browser.caller.checkout.start(membership),
      browser.caller.checkout.start(membership),
    ]);
    expect(opened(second)).toEqual(first);
    expect(opened(third)).toEqual(first);
  });

  it("two browsers never share one", async () => {
    const [one, two] = [
      opened(await shop.browser().caller.checkout.start(membership)),
      opened(await shop.browser().caller.checkout.start(membership)),
    ];
    expect(one.url).not.toBe(two.url);
    expect(one.ref).not.toBe(two.ref);
  });

  it("a double press of a form before the browser has any cookie is told apart by the form's key", async () => {
    const press = { ...membership, formKey: "page-7f3a-4c21-9b0e" };
    const [one, two] = await Promise.all([
      shop.browser().caller.checkout.start(press),
      shop.browser().caller.checkout.start(press),
    ]);
    expect(opened(one).url).toBe(opened(two).url);
    const neighbor = await shop.browser({ ip: "203.0.113.99" }).caller.checkout.start(press);
    expect(opened(neighbor).url).not.toBe(opened(one).url);
  });

  it("whoever guesses the key of a program at the same address gets neither its order nor its cart", async () => {
    const program = () => shop.browser({ idempotencyKey: "order-1" });
    const one = program();
    const first = opened(await one.caller.checkout.start(membership));
    const guessed = program();
    const second = opened(await guessed.caller.checkout.start(membership));
    expect(second.url).toBe(first.url);
    expect([first.ref, second.ref]).toEqual(["", ""]);
    expect((await guessed.caller.checkout.cart.get()).lines).toEqual([]);
    const member = shop.browser({ session: await shop.member("gissar@example.se"), idempotencyKey: "order-1" });
    expect(opened(await member.caller.checkout.start(membership)).url).not.toBe(first.url);
    // With what their browser was given, they are not taken for the program once they are signed out, either.
    const signedOut = shop.browser({ idempotencyKey: "order-1" });
    signedOut.cartToken = member.cartToken;
    expect(opened(await signedOut.caller.checkout.start(membership)).url).not.toBe(first.url);
    const byForm = shop.browser();
    const third = opened(await byForm.caller.checkout.start({ ...membership, formKey: "order-from-a-program-1" }));
    const programs = shop.browser({ idempotencyKey: "order-from-a-program-1" });
    expect(opened(await programs.caller.checkout.start(membership)).url).not.toBe(third.url);
    const own = shop.browser({ idempotencyKey: "order-2" });
    await own.caller.checkout.cart.add({ variantId: await bagVariant(), quantity: 1 });
    expect(opened(await own.caller.checkout.start({ source: { cart: true } })).ref).not.toBe("");
  });

  it("another quantity is another page, and the first one is closed", async () => {
    const browser = shop.browser();
    const variantId = await bagVariant();
    await browser.caller.checkout.cart.add({ variantId, quantity: 1 });
    const first = opened(await browser.caller.checkout.start({ source: { cart: true } }));
    await browser.caller.checkout.cart.setQuantity({ variantId, quantity: 3 });
    const second = opened(await browser.caller.checkout.start({ source: { cart: true } }));
    expect(second.sessionId).not.toBe(first.sessionId);
    await shop.work();
    expect((await stripe.checkout.sessions.retrieve(first.sessionId)).status).toBe("expired");
    expect((await statusOf(first)).state).toBe("expired");
    expect((await stripe.checkout.sessions.retrieve(second.sessionId)).status).toBe("open");
  });

  it("a page that has expired is not handed out again", async () => {
    const browser = shop.browser();
    const first = opened(await browser.caller.checkout.start(membership));
    await sql`update checkouts set expires_at = now() + interval '30 seconds' where id = ${first.checkoutId}`;
    expect(opened(await browser.caller.checkout.start(membership)).sessionId).not.toBe(first.sessionId);
  });
});

describe("a price that is not the one that was shown", () => {
  it("is told before anything is opened, and the open page at the old price is closed", async () => {
    const browser = shop.browser();
    await browser.caller.checkout.cart.add({ variantId: await bagVariant(), quantity: 1 });
    const old = opened(await browser.caller.checkout.start({ source: { cart: true } }));
    await repriced("bag", async () => {
      expect(await browser.caller.checkout.cart.get()).toMatchObject({
        pricesChanged: true,
        lines: [{ changedFrom: expect.any(Number) }],
      });
      const told = await browser.caller.checkout.start({ source: { cart: true } });
      expect(told).toMatchObject({ outcome: "price_changed", changes: [{ currency: "SEK" }] });
      const again = await browser.caller.checkout.start({ source: { cart: true } });
      expect(again.outcome).toBe("price_changed");
      await shop.work();
      expect((await stripe.checkout.sessions.retrieve(old.sessionId)).status).toBe("expired");

      const accepted = opened(
        await browser.caller.checkout.start({ source: { cart: true }, acceptChangedPrices: true }),
      );
      const change = told.outcome === "price_changed" ? told.changes[0] : undefined;
      expect(await stripe.checkout.sessions.retrieve(accepted.sessionId)).toMatchObject({
        amount_total: change?.amount,
      });
      expect((await browser.caller.checkout.cart.get()).pricesChanged).toBe(false);
    });
  });

  it("the card's own price is compared, never charged", async () => {
    const browser = shop.browser();
    expect(await browser.caller.checkout.start({ ...membership, shownAmount: 1 })).toEqual({
      outcome: "price_changed",
      changes: [expect.objectContaining({ shownAmount: 1, amount: 39_900 })],
    });
    const accepted = opened(
      await browser.caller.checkout.start({ ...membership, shownAmount: 1, acceptChangedPrices: true }),
    );
    expect((await stripe.checkout.sessions.retrieve(accepted.sessionId)).amount_total).toBe(39_900);
  });

  it("every page has a receipt of its price, with the rule and what lost", async () => {
    const started = opened(await shop.browser().caller.checkout.start(membership));
    const [row] = await sql`select r.amount::int, r.currency, r.rule, r.stripe_price_id, c.lines from checkouts c
      join price_receipts r on r.id = c.lines->0->>'priceReceiptId' where c.id = ${started.checkoutId}`;
    expect(row).toMatchObject({ amount: 39_900, currency: "SEK", rule: expect.stringMatching(/\/\d+$/) });
    expect(row?.lines[0].stripePriceId).toBe(row?.stripe_price_id);
  });
});

describe("whose cart it is", () => {
  it("a guest's cart becomes the account's at the next change after signing in, with what lay there before", async () => {
    const session = await shop.member("anna@example.se");
    const variantId = await bagVariant();
    const elsewhere = shop.browser({ session });
    await elsewhere.caller.checkout.cart.add({ variantId, quantity: 2 });
    const guest = shop.browser();
    await guest.caller.checkout.cart.add({ variantId, quantity: 1 });
    const here = shop.browser({ session });
    here.cartToken = guest.cartToken;
    expect((await here.caller.checkout.cart.get()).count).toBe(3);
    const started = opened(await here.caller.checkout.start({ source: { cart: true } }));
    const [row] =
      await sql`select c.customer_id, k.customer_id as buyer, k.email from carts c join checkouts k on k.cart_id = c.id where k.id = ${started.checkoutId}`;
    expect(row).toEqual({ customer_id: session.customerId, buyer: session.customerId, email: "anna@example.se" });
    expect((await elsewhere.caller.checkout.cart.get()).count).toBe(3);
  });

  it("after signing out the browser does not show the account's cart, nor does the next account get it", async () => {
    const variantId = await bagVariant();
    const mine = shop.browser({ session: await shop.member("bo@example.se") });
    await mine.caller.checkout.cart.add({ variantId, quantity: 1 });
    const signedOut = shop.browser();
    signedOut.cartToken = mine.cartToken;
    expect((await signedOut.caller.checkout.cart.get()).count).toBe(0);
    await signedOut.caller.checkout.cart.add({ variantId, quantity: 4 });
    expect(signedOut.cartToken).not.toBe(mine.cartToken);
    expect((await mine.caller.checkout.cart.get()).count).toBe(1);
    const next = shop.browser({ session: await shop.member("cilla@example.se") });
    next.cartToken = mine.cartToken;
    expect((await next.caller.checkout.cart.get()).count).toBe(0);
  });

  it("a membership does not lie in a cart, and an empty cart is not paid", async () => {
    const browser = shop.browser();
    await expect(browser.caller.checkout.cart.add({ variantId: "test-kund-month", quantity: 1 })).rejects.toThrow(
      /one at a time/,
    );
    await expect(browser.caller.checkout.start({ source: { cart: true } })).rejects.toThrow(/empty/);
  });
});
