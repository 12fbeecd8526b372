import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { sized } from "../../scripts/test/size.ts";
import { type TestPurchase, testPurchases } from "../../scripts/test/test-purchases.ts";
import { enqueue } from "../kernel/job.ts";
import { processEvent } from "../webhooks/process-event.ts";
import { stripeHandlers } from "../webhooks/stripe-handlers.ts";
import { sweepCheckoutsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { bought, leftBehind, eventsOf, converge } = testPurchases(shop);

/** Stores an event as the inbox does and follows it up as its job does, now. */
async function follow(event: Stripe.Event): Promise<void> {
  expect(await shop.receive(event)).toBe(200);
  await processEvent(shop.worker(), { eventId: `stripe:${event.id}`, lastAttempt: false }, stripeHandlers);
}

describe("however we hear of it, the end is the same", () => {
  let canonical: Awaited<ReturnType<typeof leftBehind>>;
  const sameAs = async (purchase: TestPurchase) => {
    const mine = await leftBehind(purchase);
    const anonymous = JSON.parse(JSON.stringify(mine).replaceAll(purchase.email, "buyer"));
    const expected = JSON.parse(JSON.stringify(canonical).replaceAll(/buyer\d+@example\.se/g, "buyer"));
    expect(anonymous).toEqual(expected);
  };

  it("the buyer's return alone", async () => {
    const purchase = await bought();
    await purchase.browser.caller.checkout.confirm(purchase.ref ? { ref: purchase.ref } : { ref: "" });
    await shop.work();
    canonical = await leftBehind(purchase);
    expect(canonical).toMatchObject({
      checkout: { status: "completed", failure_code: null, next_check_at: null },
      cart: { status: "ordered" },
      orders: [{ status: "completed", paid: true }],
      payments: [{ status: "paid", card_last4: "4242", invoiced: true }],
      attempts: [{ outcome: "approved" }],
      memberships: [{ status: "active", product_id: "test-kund", period: true }],
      invoices: [{ status: "paid", reason: "subscription_create" }],
      mails: [{ template: "membership-started" }, { template: "order-confirmation" }],
    });
  });

  it("webhooks alone, as they come", async () => {
    const purchase = await bought();
    for (const event of await eventsOf(purchase)) await shop.receive(event);
    await shop.work();
    await sameAs(purchase);
  });

  it("webhooks twice each and backwards", async () => {
    const purchase = await bought();
    const events = (await eventsOf(purchase)).reverse();
    for (const event of [...events, ...events]) await shop.receive(event);
    await shop.work();
    await sameAs(purchase);
  });

  it("the sweep alone: no webhook, and the buyer closed the page", async () => {
    const purchase = await bought();
    await sql`update checkouts set next_check_at = now() - interval '1 second' where id = ${purchase.checkoutId}`;
    await shop.worker().db.transaction((tx) => enqueue(tx, sweepCheckoutsJob, {}));
    await shop.work();
    await sameAs(purchase);
  });

  it("return, webhooks and sweep at the same moment", async () => {
    const purchase = await bought();
    const events = await eventsOf(purchase);
    await Promise.all([
      ...events.map((event) => shop.receive(event)),
      purchase.browser.caller.checkout.confirm({ ref: purchase.ref }),
      shop.worker().db.transaction((tx) => enqueue(tx, sweepCheckoutsJob, {})),
    ]);
    await Promise.all([shop.work(), ...Array.from({ length: 10 }, () => converge(purchase))]);
    await shop.work();
    await sameAs(purchase);
  });

  it("twenty at once leave one of everything, and a replay changes nothing", async () => {
    const purchase = await bought();
    await Promise.all(Array.from({ length: 20 }, () => converge(purchase)));
    await shop.work();
    await sameAs(purchase);
    for (let replay = 0; replay < 3; replay++) await converge(purchase);
    await shop.work();
    await sameAs(purchase);
  });

  it("a membership that changed since is read whole, so that news of it that still waits loses nothing", async () => {
    const purchase = await bought();
    await converge(purchase);
    const { subscription } = await stripe.checkout.sessions.retrieve(purchase.sessionId);
    const id = String(subscription);
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: "forever" });
    await stripe.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] });
    const news = (await eventsOf(purchase)).findLast((event) => event.type === "customer.subscription.updated");
    if (!news) throw new Error("nothing was told of the change");
    expect(await shop.receive(news)).toBe(200);
    await converge(purchase);
    await processEvent(shop.worker(), { eventId: `stripe:${news.id}`, lastAttempt: false }, stripeHandlers);
    const [row] =
      await sql`select discount_bps, stripe_card_id from subscriptions where stripe_subscription_id = ${id}`;
    expect(row).toEqual({ discount_bps: 2500, stripe_card_id: expect.stringMatching(/^pm_/) });
    await shop.work();
  });

  it("a page that matches no more is no look at the membership: news of it that still waits is followed up", async () => {
    const purchase = await bought();
    await converge(purchase);
    const { subscription } = await stripe.checkout.sessions.retrieve(purchase.sessionId);
    const id = String(subscription);
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: "forever" });
    await stripe.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] });
    await stripe.checkout.sessions.update(purchase.sessionId, { metadata: { org_id: "org_another" } });
    const news = (await eventsOf(purchase)).findLast((event) => event.type === "customer.subscription.updated");
    if (!news) throw new Error("nothing was told of the change");
    expect(await shop.receive(news)).toBe(200);
    await converge(purchase);
    const [alert] = await sql`select kind from alerts where kind = 'checkout.mismatch' and resolved_at is null`;
    expect(alert).toBeDefined();
    await processEvent(shop.worker(), { eventId: `stripe:${news.id}`, lastAttempt: false }, stripeHandlers);
    const [row] = await sql`select discount_bps from subscriptions where stripe_subscription_id = ${id}`;
    expect(row).toEqual({ discount_bps: 2500 });
    await sql`delete from alerts`;
    await shop.work();
  });

  it("R4: every order of the purchase's webhooks", async () => {
    const kinds = [
      "checkout.session.completed",
      "customer.subscription.created",
      "invoice.paid",
      "payment_intent.succeeded",
    ];
    const seen = new Set<string>();
    const every = permutations(kinds);
    const chosen = every.filter((_order, n) => n % sized(3, 1) === 0);
    for (const order of chosen) {
      const purchase = await bought();
      const events = await eventsOf(purchase);
      for (const type of order) {
        const event = events.find((one) => one.type === type);
        if (!event) throw new Error(`there is no ${type} among ${events.map((one) => one.type).join(", ")}`);
        await follow(event);
      }
      seen.add(order.join());
      if (seen.size % sized(4, 6) === 0) await shop.work();
      else continue;
      await sameAs(purchase);
    }
    expect(seen.size).toBe(sized(8, 24));
    await shop.work();
    const [odd] =
      await sql`select count(*)::int as n from (select order_id from payments group by 1 having count(*) <> 1) x`;
    expect(odd?.n).toBe(0);
    const ends =
      await sql`select o.status, s.status as membership, i.status as invoice, p.status as payment, count(*)::int as n
      from orders o join subscriptions s on s.order_id = o.id join invoices i on i.subscription_id = s.id join payments p on p.invoice_id = i.id
      group by 1, 2, 3, 4`;
    expect(ends.map(({ n: _n, ...end }) => end)).toEqual([
      { status: "completed", membership: "active", invoice: "paid", payment: "paid" },
    ]);
  }, 120_000);
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}
