import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { enqueue } from "../kernel/job.ts";
import { convergeInvoice } from "./converge-invoice.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;

const session = await shop.member("renewing@example.se");
const browser = shop.browser({ session });
let seen = 0;

async function buy(productId: string): Promise<string> {
  const started = await browser.caller.checkout.start({ source: { productId } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url);
  await browser.caller.checkout.confirm({ ref: started.ref });
  await shop.work();
  return started.ref;
}
async function news(): Promise<Stripe.Event[]> {
  const all: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) all.push(event);
  const fresh = all.reverse().slice(seen);
  seen = all.length;
  return fresh;
}
const membership = async () => (await sql`select * from subscriptions order by created_at limit 1`)[0];
const instant = (text: unknown) => new Date(String(text)).getTime();

describe("a membership lives on", () => {
  beforeAll(async () => {
    await buy("test-kund");
    await news();
  });

  it("a renewal moves the period, adds an invoice and a payment, and mails its receipt, once", async () => {
    const before = await membership();
    await shop.advance("P32D");
    const events = await news();
    expect(events.map((event) => event.type)).toContain("invoice.paid");
    for (const event of [...events, ...events.toReversed()]) await shop.receive(event);
    await shop.work();
    const after = await membership();
    expect(after?.current_period_start_at).toEqual(before?.current_period_end_at);
    expect(after).toMatchObject({ status: "active", amount: "39900" });
    const bills =
      await sql`select i.reason, i.status, i.total_amount::int as total, i.tax_amount::int as tax, p.status as payment, p.order_id
      from invoices i left join payments p on p.invoice_id = i.id order by i.created_at`;
    expect(bills).toEqual([
      {
        reason: "subscription_create",
        status: "paid",
        total: 39_900,
        tax: 2258,
        payment: "paid",
        order_id: expect.stringMatching(/^ord_/),
      },
      { reason: "subscription_cycle", status: "paid", total: 39_900, tax: 2258, payment: "paid", order_id: null },
    ]);
    const mails = await sql`select template, count(*)::int as n from emails group by 1 order by 1`;
    expect(mails).toEqual([
      { template: "membership-started", n: 1 },
      { template: "order-confirmation", n: 1 },
      { template: "renewal-receipt", n: 1 },
    ]);
  });

  it("a tax rate that changes later does not change what was billed before", async () => {
    const bills = () => sql`select id, total_amount, tax_amount from invoices order by id`;
    const before = await bills();
    await sql`update products set tax_rate_bps = 1200 where id = 'test-kund'`;
    for (const { stripe_invoice_id: id } of await sql`select stripe_invoice_id from invoices`)
      await convergeInvoice(shop.worker(), { stripeInvoiceId: String(id) });
    expect(await bills()).toEqual(before);
    await sql`update products set tax_rate_bps = 600 where id = 'test-kund'`;
  });

  it("a renewal of which no webhook tells is found by the sweep", async () => {
    const before = await membership();
    await shop.advance("P31D");
    await news();
    expect(instant(before?.next_check_at)).toBeLessThan(shop.worker().now().getTime());
    await shop.worker().db.transaction((tx) => enqueue(tx, sweepSubscriptionsJob, {}));
    await shop.work();
    const after = await membership();
    expect(after?.current_period_start_at).toEqual(before?.current_period_end_at);
    expect(instant(after?.next_check_at)).toBeGreaterThan(shop.worker().now().getTime());
    const [count] =
      await sql`select (select count(*)::int from invoices) as invoices, (select count(*)::int from emails where template = 'renewal-receipt') as receipts`;
    expect(count).toEqual({ invoices: 3, receipts: 2 });
  });

  it("an end that Stripe announces for later is shown, and comes", async () => {
    const row = await membership();
    await stripe.subscriptions.update(String(row?.stripe_subscription_id), { cancel_at_period_end: true });
    for (const event of await news()) await shop.receive(event);
    await shop.work();
    expect((await membership())?.cancel_at).toEqual((await membership())?.current_period_end_at);
    await shop.advance("P32D");
    for (const event of (await news()).toReversed()) await shop.receive(event);
    await shop.work();
    expect(await membership()).toMatchObject({ status: "canceled", next_check_at: null, ended_at: expect.any(String) });
  });

  it("its owner sees it and its invoices, and nobody else does", async () => {
    const mine = await browser.caller.subscriptions.mine.list();
    expect(mine.items).toMatchObject([
      { productId: "test-kund", status: "canceled", productName: { sv: "Test Kund" } },
    ]);
    expect((await browser.caller.billing.invoices.mine({})).items).toHaveLength(3);
    const other = shop.browser({ session: await shop.member("other@example.se") });
    expect((await other.caller.subscriptions.mine.list()).items).toEqual([]);
    expect((await other.caller.billing.invoices.mine({})).items).toEqual([]);
    expect((await other.caller.orders.mine.list({})).items).toEqual([]);
    const [order] = await sql`select id from orders`;
    await expect(other.caller.orders.mine.get({ id: String(order?.id) })).rejects.toThrow(/no such order/);
  });
});

describe("money that goes back", () => {
  const payment = async (ref: string) => {
    const order = await browser.caller.orders.byRef({ ref });
    const [row] = await sql`select p.* from payments p join orders o on o.id = p.order_id where o.id = ${order.id}`;
    return row;
  };

  it("a part, then the rest, is seen as part and as all of it", async () => {
    const ref = await buy("bag");
    await news();
    const intent = String((await payment(ref))?.external_id);
    await stripe.refunds.create({ payment_intent: intent, amount: 5_000 });
    for (const event of await news()) await shop.receive(event);
    await shop.work();
    expect(await payment(ref)).toMatchObject({ status: "partially_refunded", refunded_amount: "5000" });
    expect((await browser.caller.orders.byRef({ ref })).refundedAmount).toBe(5_000);
    await stripe.refunds.create({ payment_intent: intent });
    const events = await news();
    for (const event of [...events.toReversed(), ...events]) await shop.receive(event);
    await shop.work();
    const row = await payment(ref);
    expect(row).toMatchObject({ status: "refunded" });
    expect(row?.refunded_amount).toBe(row?.amount);
    const history = await sql`select event from payment_transitions where subject_id = ${row?.id} order by id`;
    expect(history.map((one) => one.event)).toEqual(["created", "paid", "partially_refunded", "refunded"]);
  });

  it("a refund of a membership's first payment is seen on its invoice's payment", async () => {
    const ref = await buy("dagtid");
    await news();
    await stripe.refunds.create({ payment_intent: String((await payment(ref))?.external_id) });
    for (const event of await news()) await shop.receive(event);
    await shop.work();
    expect(await payment(ref)).toMatchObject({ status: "refunded" });
  });
});

it("money for something that was never ordered here raises one alert and fulfils nothing", async () => {
  const [orders] = await sql`select count(*)::int as n from orders`;
  const page = await stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      { price_data: { currency: "sek", unit_amount: 5_000, product_data: { name: "Theirs" } }, quantity: 1 },
    ],
    success_url: "http://localhost:3000/",
  });
  await shop.pay(page.url ?? "");
  const intent = String((await stripe.checkout.sessions.retrieve(page.id)).payment_intent);
  for (const event of await news()) await shop.receive(event);
  await shop.work();
  expect(await sql`select kind from alerts where subject in (${intent}, ${page.id}) order by kind`).toEqual([
    { kind: "checkout.foreign_page" },
    { kind: "payments.without_order" },
  ]);
  expect((await sql`select count(*)::int as n from orders`)[0]).toEqual(orders);
});
