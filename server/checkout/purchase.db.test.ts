import { describe, expect, it } from "vitest";
import { CARDS, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";

const shop = await testCheckoutShop();
const { sql } = shop;

const refOf = (url: string | null) => new URL(url ?? "").searchParams.get("ref") ?? "";

describe("a membership, bought by a guest", () => {
  const browser = shop.browser();
  let ref = "";

  it("opens a page for the price that is shown", async () => {
    const started = await browser.caller.checkout.start({ source: { productId: "test-kund" }, shownAmount: 39_900 });
    if (started.outcome !== "open") throw new Error(started.outcome);
    const session = await shop.stripe.checkout.sessions.retrieve(started.sessionId);
    expect(session).toMatchObject({
      mode: "subscription",
      amount_total: 39_900,
      currency: "sek",
      client_reference_id: started.checkoutId,
      metadata: { checkout_id: started.checkoutId },
      ui_mode: "hosted_page",
      locale: "sv",
    });
    const paid = await shop.pay(started.url, { email: "ny@example.se" });
    ref = refOf(paid.returnedTo);
    expect(ref).toBe(started.ref);
  });

  it("is worked on once the buyer comes back, and then done", async () => {
    expect((await browser.caller.checkout.status({ ref })).state).toBe("open");
    await browser.caller.checkout.confirm({ ref });
    expect((await browser.caller.checkout.status({ ref })).state).toBe("working");
    await shop.work();
    expect(await browser.caller.checkout.status({ ref })).toMatchObject({
      state: "done",
      email: "ny@example.se",
      totalAmount: 39_900,
      payment: { brand: "Visa", last4: "4242" },
      membership: { productName: "Test Kund", nextAmount: 39_900 },
      steps: { payment: true, membership: true, receipt: true },
    });
  });

  it("leaves one of everything", async () => {
    const [counts] =
      await sql`select (select count(*)::int from orders) as orders, (select count(*)::int from payments) as payments,
      (select count(*)::int from payment_attempts) as attempts, (select count(*)::int from subscriptions) as memberships,
      (select count(*)::int from invoices) as invoices, (select count(*)::int from customers) as customers,
      (select count(*)::int from price_receipts) as receipts`;
    expect(counts).toEqual({
      orders: 1,
      payments: 1,
      attempts: 1,
      memberships: 1,
      invoices: 1,
      customers: 1,
      receipts: 1,
    });
    const [order] = await sql`select status, total_amount::int, tax_amount::int, email from orders`;
    expect(order).toEqual({ status: "completed", total_amount: 39_900, tax_amount: 2258, email: "ny@example.se" });
    expect(await sql`select status from carts`).toEqual([{ status: "ordered" }]);
    const mails = await sql`select template, to_address, status from emails order by template`;
    expect(mails).toEqual([
      { template: "membership-started", to_address: "ny@example.se", status: "sent" },
      { template: "order-confirmation", to_address: "ny@example.se", status: "sent" },
    ]);
  });

  it("shows the order by its link alone, and to nobody else", async () => {
    const order = await shop.browser().caller.orders.byRef({ ref });
    expect(order).toMatchObject({ totalAmount: 39_900, paymentStatus: "paid", card: { last4: "4242" } });
    const other = ref.startsWith("A") ? "B" : "A";
    await expect(shop.browser().caller.orders.byRef({ ref: other + ref.slice(1) })).rejects.toThrow(/no such order/);
  });
});

describe("goods, bought by a guest whose first card is refused", () => {
  it("keep both attempts on one payment, and wait to be sent", async () => {
    const browser = shop.browser();
    const [variant] = await sql`select id from variants where product_id = 'bottle'`;
    await browser.caller.checkout.cart.add({ variantId: variant?.id, quantity: 2 });
    const cart = await browser.caller.checkout.cart.get();
    expect(cart).toMatchObject({ count: 2, pricesChanged: false, requiresShipping: true, openPage: null });
    const started = await browser.caller.checkout.start({ source: { cart: true } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    expect((await browser.caller.checkout.cart.get()).openPage?.url).toBe(started.url);

    const refused = await shop.pay(started.url, { card: CARDS.noFunds });
    expect(refused.returnedTo).toBeNull();
    await shop.work();
    const paid = await shop.pay(started.url);
    const ref = refOf(paid.returnedTo);
    await browser.caller.checkout.confirm({ ref });
    await shop.work();

    const view = await browser.caller.checkout.status({ ref });
    expect(view).toMatchObject({ state: "done", mode: "payment", membership: null, totalAmount: cart.total });
    const attempts =
      await sql`select outcome, decline_code from payment_attempts a join payments p on p.id = a.payment_id
      join orders o on o.id = p.order_id where o.number = ${view.order?.number ?? ""} order by at, a.id`;
    expect(attempts).toEqual([
      { outcome: "declined", decline_code: "insufficient_funds" },
      { outcome: "approved", decline_code: null },
    ]);
    const order = await browser.caller.orders.byRef({ ref });
    expect(order).toMatchObject({
      status: "confirmed",
      fulfilmentStatus: "not_started",
      shippingAddress: { name: "Kim Karlsson", city: "Malmö", country: "SE" },
      taxes: [{ rateBps: 2500, taxAmount: Math.round((cart.total * 2500) / 12_500) }],
    });
    expect((await browser.caller.checkout.cart.get()).count).toBe(0);
  });

  it("3-D Secure: nothing is taken before the bank's approval", async () => {
    const browser = shop.browser();
    const started = await browser.caller.checkout.start({ source: { productId: "bag" } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    const refused = await shop.pay(started.url, { card: CARDS.approval, approve: "fail" });
    expect(refused.returnedTo).toBeNull();
    const paid = await shop.pay(started.url, { card: CARDS.approval });
    const ref = refOf(paid.returnedTo);
    await browser.caller.checkout.confirm({ ref });
    await shop.work();
    expect((await browser.caller.checkout.status({ ref })).state).toBe("done");
  });
});

describe("a cart that was paid on two pages before one could be closed", () => {
  it("is two orders, and a person is told", async () => {
    const browser = shop.browser();
    const [variant] = await sql`select id from variants where product_id = 'bag'`;
    const open = async () => {
      await browser.caller.checkout.cart.add({ variantId: String(variant?.id), quantity: 1 });
      const started = await browser.caller.checkout.start({ source: { cart: true } });
      if (started.outcome !== "open") throw new Error(started.outcome);
      return started;
    };
    const pages = [await open(), await open()];
    for (const page of pages) await shop.pay(page.url);
    for (const page of pages) await browser.caller.checkout.confirm({ ref: page.ref });
    await shop.work();
    const ids = pages.map((page) => page.checkoutId);
    expect(await sql`select status from orders where checkout_id = any(${ids})`).toEqual([
      { status: "confirmed" },
      { status: "confirmed" },
    ]);
    expect(await sql`select kind from alerts where subject = any(${ids})`).toEqual([{ kind: "checkout.paid_twice" }]);
  });
});
