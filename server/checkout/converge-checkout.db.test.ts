import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { CARDS, type TestBrowser, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { enqueue } from "../kernel/job.ts";
import { processEvent } from "../webhooks/process-event.ts";
import { stripeHandlers } from "../webhooks/stripe-handlers.ts";
import { convergeCheckout } from "./converge-checkout.ts";
import { sweepCheckoutsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;

type Purchase = {
  checkoutId: string;
  sessionId: string;
  url: string;
  ref: string;
  email: string;
  browser: TestBrowser;
};

let buyers = 0;
async function begin(productId = "test-kund", browser = shop.browser()): Promise<Purchase> {
  const started = await browser.caller.checkout.start({ source: { productId } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  return { ...started, email: `buyer${++buyers}@example.se`, browser };
}
async function bought(productId?: string): Promise<Purchase> {
  const purchase = await begin(productId);
  const { returnedTo } = await shop.pay(purchase.url, { email: purchase.email });
  expect(returnedTo).toContain("/checkout/return");
  return purchase;
}
/** Everything that a purchase left behind, without ids and instants: what must not depend on how we heard of it. */
async function leftBehind({ checkoutId, email }: Purchase) {
  const [checkout] = await sql`select status, failure_code, next_check_at from checkouts where id = ${checkoutId}`;
  const [cart] =
    await sql`select status from carts where id = (select cart_id from checkouts where id = ${checkoutId})`;
  const orders =
    await sql`select status, total_amount, tax_amount, email, currency, paid_at is not null as paid from orders where checkout_id = ${checkoutId}`;
  const [order] = await sql`select id, customer_id from orders where checkout_id = ${checkoutId}`;
  const id = order?.id ?? "none";
  return {
    checkout,
    cart,
    orders,
    lines:
      await sql`select name, quantity, unit_amount, total_amount, tax_amount, position from order_lines where order_id = ${id} order by position`,
    payments:
      await sql`select status, amount, refunded_amount, card_brand, card_last4, invoice_id is not null as invoiced from payments where order_id = ${id}`,
    attempts:
      await sql`select outcome, decline_code, card_last4 from payment_attempts where payment_id in (select id from payments where order_id = ${id}) order by id`,
    memberships:
      await sql`select status, amount, interval, product_id, current_period_end_at is not null as period from subscriptions where order_id = ${id}`,
    invoices:
      await sql`select status, reason, total_amount, amount_paid, tax_amount from invoices where customer_id = ${order?.customer_id ?? ""}`,
    customers: await sql`select email, user_id from customers where email = ${email}`,
    mails: await sql`select template, to_address from emails where to_address = ${email} order by template`,
    fulfilments: await sql`select status from fulfilments where order_id = ${id}`,
    histories: await sql`
      select 'order' as what, event, to_state from order_transitions where subject_id = ${id}
      union all select 'checkout', event, to_state from checkout_transitions where subject_id = ${checkoutId}
      union all select 'payment', event, to_state from payment_transitions where subject_id in (select id from payments where order_id = ${id})
      union all select 'membership', event, to_state from subscription_transitions where subject_id in (select id from subscriptions where order_id = ${id})
      union all select 'invoice', event, to_state from invoice_transitions where subject_id in (select i.id from invoices i join subscriptions s on s.id = i.subscription_id where s.order_id = ${id})
      order by 1, 2`,
  };
}
const alerts = (subject: string) => sql`select kind from alerts where subject = ${subject} and resolved_at is null`;
const converge = (purchase: Purchase) => convergeCheckout(shop.worker(), { checkoutId: purchase.checkoutId });
/** The provider's events about one purchase, in the order they happened. */
async function eventsOf(purchase: Purchase): Promise<Stripe.Event[]> {
  const session = await stripe.checkout.sessions.retrieve(purchase.sessionId, { expand: ["invoice"] });
  const invoice = session.invoice as Stripe.Invoice | null;
  const paid = invoice && (await stripe.invoicePayments.list({ invoice: invoice.id })).data[0];
  const known = new Set<unknown>([
    session.id,
    session.subscription,
    invoice?.id,
    paid?.id,
    session.payment_intent,
    paid?.payment.payment_intent,
  ]);
  const { data: newest } = await stripe.events.list({ limit: 50 });
  return newest.reverse().filter((event) => known.has((event.data.object as { id?: string }).id));
}
/** Stores an event as the inbox does and follows it up as its job does, now. */
async function follow(event: Stripe.Event): Promise<void> {
  expect(await shop.receive(event)).toBe(200);
  await processEvent(shop.worker(), { eventId: `stripe:${event.id}`, lastAttempt: false }, stripeHandlers);
}

describe("however we hear of it, the end is the same", () => {
  let canonical: Awaited<ReturnType<typeof leftBehind>>;
  const sameAs = async (purchase: Purchase) => {
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

  it("every order of the purchase's webhooks", async () => {
    const kinds = [
      "checkout.session.completed",
      "customer.subscription.created",
      "invoice.paid",
      "payment_intent.succeeded",
    ];
    const seen = new Set<string>();
    for (const order of permutations(kinds)) {
      const purchase = await bought();
      const events = await eventsOf(purchase);
      for (const type of order) {
        const event = events.find((one) => one.type === type);
        if (!event) throw new Error(`there is no ${type} among ${events.map((one) => one.type).join(", ")}`);
        await follow(event);
      }
      seen.add(order.join());
      if (seen.size % 6 === 0) await shop.work();
      else continue;
      await sameAs(purchase);
    }
    expect(seen.size).toBe(24);
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

describe("what does not match is never fulfilled", () => {
  const nothing = async (purchase: Purchase) => {
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
  const ownerOf = async ({ checkoutId }: Purchase) =>
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
