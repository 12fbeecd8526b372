import { describe, expect, it } from "vitest";
import { CARDS, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import type { Session } from "../trpc/context.ts";

const shop = await testCheckoutShop();
const { sql } = shop;

async function staff(role: NonNullable<Session["staffRole"]>): Promise<Session> {
  const session = await shop.member(`${role}@kraftverk.test`);
  await sql`update users set staff_role = ${role} where id = ${session.userId}`;
  return { ...session, staffRole: role };
}

const browser = shop.browser();
const [variant] = await sql`select id from variants where product_id = 'bag'`;
await browser.caller.checkout.cart.add({ variantId: String(variant?.id), quantity: 2 });
const started = await browser.caller.checkout.start({ source: { cart: true }, startConsent: true });
if (started.outcome !== "open") throw new Error(started.outcome);
await shop.pay(started.url, { card: CARDS.declined });
await shop.pay(started.url, { email: "goda@example.se" });
await browser.caller.checkout.confirm({ ref: started.ref });
const membership = await browser.caller.checkout.start({ source: { productId: "oppet" } });
if (membership.outcome !== "open") throw new Error(membership.outcome);
await shop.pay(membership.url, { email: "goda@example.se" });
await browser.caller.checkout.confirm({ ref: membership.ref });
await shop.work();

describe("what staff see", () => {
  it("an order with its lines, every attempt, its receipts and what happened, oldest first", async () => {
    const support = shop.browser({ session: await staff("support") }).caller;
    const [row] = (await support.orders.list({ goods: "awaiting" })).items;
    expect(row).toMatchObject({
      email: "goda@example.se",
      status: "confirmed",
      fulfilmentStatus: "not_started",
      labels: { commerce: "paid", fulfilment: "pending_mapping" },
    });
    const order = await support.orders.get({ id: row?.id ?? "" });
    expect(order).toMatchObject({
      number: expect.stringMatching(/^KV-\d{5}$/),
      lines: [{ quantity: 2 }],
      payments: [{ status: "paid", attempts: [{ outcome: "declined" }, { outcome: "approved", cardLast4: "4242" }] }],
      fulfilment: { status: "not_started" },
      customer: { email: "goda@example.se", guest: true },
      checkout: { status: "completed", startConsentAt: expect.any(Date) },
      receipts: [{ productId: "bag", rule: expect.any(String) }],
    });
    expect(order.timeline.map((entry) => `${entry.what} ${entry.event}`)).toEqual(
      expect.arrayContaining([
        "checkout created",
        "checkout opened",
        "checkout completed",
        "order created",
        "order paid",
        "payment paid",
        "attempt declined",
        "attempt approved",
        "fulfilment created",
        "mail order-confirmation",
        "ledger payment.captured",
      ]),
    );
    const times = order.timeline.map((entry) => entry.at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(JSON.stringify(order)).not.toMatch(/accessToken|AccessToken/);
  });

  it("also what Stripe told of it and what staff did, in the same order each time it is read", async () => {
    const support = shop.browser({ session: await staff("finance") }).caller;
    const id = (await support.orders.list({ goods: "awaiting" })).items[0]?.id ?? "";
    const { payments, timeline: before } = await support.orders.get({ id });
    const [payment] = payments;
    const approved = before.find((entry) => entry.event === "approved");
    const at = approved?.at.toISOString() ?? "";
    const objectId = payment?.externalId ?? "";
    await sql`insert into webhook_events (id, provider, external_id, type, object_id, payload, occurred_at, effect)
      values ('stripe:evt_of_it', 'stripe', 'evt_of_it', 'payment_intent.amount_capturable_updated', ${objectId}, '{}', ${at}, 'nothing'),
        ('stripe:evt_other', 'stripe', 'evt_other', 'payment_intent.amount_capturable_updated', 'pi_other', '{}', ${at}, 'nothing')`;
    await sql`insert into audit_entries (id, actor, action, subject, reason, request_id, at)
      values ('aud_of_it', 'staff:usr_x', 'webhook_events.replay', 'stripe:evt_of_it', 'asked to', '', ${at}),
        ('aud_other', 'staff:usr_x', 'webhook_events.replay', 'stripe:evt_other', 'asked to', '', ${at}),
        ('aud_system', 'system:worker', 'payments.capture', ${payment?.id ?? ""}, null, '', ${at})`;
    await sql`insert into refunds (id, payment_id, order_id, status, currency, amount, lines, reason, requested_by, idempotency_key, external_id, created_at)
      values ('ref_of_it', ${payment?.id ?? ""}, ${id}, 'requested', 'SEK', 100, '[]', 'broken', 'staff:usr_x', 'timeline', 're_of_it', ${at})`;
    await sql`insert into refund_transitions (subject_id, event, to_state, actor, cause, at)
      values ('ref_of_it', 'created', 'requested', 'staff:usr_x', 'broken', ${at})`;
    const { timeline } = await support.orders.get({ id });
    const added = timeline.filter((entry) => !before.some((old) => old.subjectId === entry.subjectId));
    expect(added.map((entry) => `${entry.what} ${entry.subjectId} ${entry.state}`)).toEqual([
      "webhook stripe:evt_of_it received",
      "refund ref_of_it requested",
      "staff stripe:evt_of_it null",
    ]);
    expect((await support.orders.get({ id })).timeline).toEqual(timeline);
  });

  it("finds orders by number, address, state, and pages through them", async () => {
    const { orders, fulfilment, subscriptions } = shop.browser({ session: await staff("read_only") }).caller;
    const all = await orders.list({});
    expect(all.items).toHaveLength(2);
    const [newest] = all.items;
    expect((await orders.list({ q: newest?.number })).items).toHaveLength(1);
    expect((await orders.list({ q: "goda@" })).items).toHaveLength(2);
    expect((await orders.list({ q: "%" })).items).toHaveLength(0);
    expect((await orders.list({ status: "completed" })).items).toHaveLength(1);
    const first = await orders.list({ limit: 1 });
    const second = await orders.list({ limit: 1, cursor: first.nextCursor ?? "" });
    expect([first.items[0]?.id, second.items[0]?.id]).toEqual(all.items.map((item) => item.id));
    expect(second.nextCursor).toBeNull();
    expect((await fulfilment.list({})).items).toMatchObject([{ status: "not_started", lines: [{ quantity: 2 }] }]);
    const [one] = (await subscriptions.list({ q: "goda@" })).items;
    expect(await subscriptions.get({ id: one?.id ?? "" })).toMatchObject({
      status: "active",
      invoices: [{ status: "paid", payment: { status: "paid" } }],
      history: { items: [{ event: "activated" }, { event: "created" }] },
    });
  });

  it("nobody without a role does", async () => {
    const customer = shop.browser({ session: await shop.member("nyfiken@example.se") }).caller;
    await expect(customer.orders.list({})).rejects.toThrow(/needs one of the roles/);
    await expect(shop.browser().caller.fulfilment.list({})).rejects.toThrow(/Sign in/);
  });
});
