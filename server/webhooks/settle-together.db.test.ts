import { beforeEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import { settleTogether } from "./settle-together.ts";
import { findEvents } from "./stored-event.ts";
import { stripeHandlers } from "./stripe-handlers.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { bought, converge } = testPurchases(shop);
const ctx = shop.worker();

const purchase = await bought("test-kund");
await converge(purchase);
const [invoice] = await sql`select stripe_invoice_id as id, amount_paid::int as paid from invoices`;
const invoiceId = String(invoice?.id);
const handlers = stripeHandlers as Record<string, (typeof stripeHandlers)["invoice.paid"]>;

let count = 0;
/** An event in the inbox; `place` null: as after a replay, whoever ordered it wants the provider asked. */
async function arrives(type: string, object: object, place: number | null, previous_attributes?: object) {
  const id = `stripe:evt_told_${++count}`;
  const payload = JSON.stringify({ data: { object, ...(previous_attributes && { previous_attributes }) } });
  await sql`insert into webhook_events (id, provider, external_id, type, object_id, payload, occurred_at, place)
    values (${id}, 'stripe', ${`evt_told_${count}`}, ${type}, ${(object as { id: string }).id}, ${payload}::text::jsonb, now(), ${place})`;
  return id;
}
async function settle(ids: readonly string[]) {
  const events = await ctx.db.transaction((tx) => findEvents(tx, ids));
  const waiting = [...events.values()].map((event) => {
    const handler = handlers[event.type];
    if (!handler) throw new Error(event.type);
    return { event, handler, startedAt: new Date() };
  });
  return settleTogether(ctx, waiting);
}
const told = (status: string, rest: object = {}) => ({
  ...{ id: invoiceId, status, amount_paid: status === "paid" ? invoice?.paid : 0 },
  ...{ attempt_count: status === "paid" ? 1 : 0, next_payment_attempt: null, ...rest },
});
/** Later than any look so far. */
const later = async () => Number((await sql`select nextval('look_order') as place`)[0]?.place);

describe("settleTogether", () => {
  beforeEach(() => sql`update webhook_events set status = 'handled' where status = 'received'`);

  it("marks what says no more than is written, each with its own attempt and history", async () => {
    const place = await later();
    const ids = await Promise.all(
      ["draft", "open", "paid"].map((status) =>
        arrives(`invoice.${status === "open" ? "updated" : "paid"}`, told(status), place),
      ),
    );
    expect([...(await settle(ids))].toSorted()).toEqual(ids.toSorted());
    const rows = await sql`select e.status, e.attempts, a.outcome, t.event from webhook_events e
      join webhook_attempts a on a.event_id = e.id join webhook_event_transitions t on t.subject_id = e.id
      where e.id = any(${ids})`;
    expect(rows).toEqual(ids.map(() => ({ status: "handled", attempts: 1, outcome: "handled", event: "handled" })));
    // Once more, as when its job runs again: nothing.
    expect((await settle(ids)).size).toBe(0);
  });

  it("leaves what says more, what is of no copy of ours, and what shall be looked at whatever is written", async () => {
    const place = await later();
    const ids = [
      await arrives("invoice.payment_failed", told("paid", { attempt_count: 9 }), place),
      await arrives("invoice.marked_uncollectible", told("uncollectible"), place),
      await arrives("invoice.paid", { ...told("paid"), id: "in_of_nobody" }, place),
      await arrives("invoice.paid", told("paid"), null),
      await arrives("customer.subscription.updated", { id: "sub_never_looked_at" }, place),
      await arrives("charge.refunded", { id: "ch_1", payment_intent: "pi_1" }, place),
    ];
    expect((await settle(ids)).size).toBe(0);
    const [left] =
      await sql`select count(*)::int as n from webhook_events where status = 'received' and id = any(${ids})`;
    expect(left?.n).toBe(ids.length);
  });

  it("marks what was looked at since it came, whatever it says", async () => {
    const [membership] = await sql`select stripe_subscription_id as id from subscriptions`;
    const object = { id: String(membership?.id), latest_invoice: invoiceId };
    const before = await arrives("customer.subscription.updated", object, 0);
    const after = await arrives("customer.subscription.updated", object, await later());
    expect([...(await settle([before, after]))]).toEqual([before]);
  });

  it("counts a look at a payment page as one at its purchase, membership and payment", async () => {
    const [made] = await sql`select c.id as purchase, s.stripe_subscription_id as membership, p.external_id as payment
      from checkouts c, subscriptions s, payments p`;
    const page = { id: "cs_1", client_reference_id: made?.purchase, subscription: made?.membership };
    const place = await later();
    const before = [
      await arrives("checkout.session.completed", page, 0),
      await arrives("payment_intent.succeeded", { id: String(made?.payment) }, 0),
    ];
    const after = [
      await arrives("checkout.session.completed", page, place),
      await arrives("payment_intent.succeeded", { id: String(made?.payment) }, place),
      // It is for credits: it keeps what was granted, which nobody notes on it but its own follow-up.
      await arrives("checkout.session.completed", { ...page, metadata: { userId: "usr_1" } }, 0),
      // It names nothing that came of it: whatever was looked at, it has a look of its own.
      await arrives("checkout.session.completed", { id: "cs_1", client_reference_id: made?.purchase }, 0),
    ];
    expect([...(await settle([...before, ...after]))].toSorted()).toEqual(before.toSorted());
  });

  it("marks what tells of a try that is written with its outcome, and of no other", async () => {
    const [paid] = await sql`select p.external_id as id, a.external_id as charge from payments p
      join payment_attempts a on a.payment_id = p.id`;
    const place = await later();
    const object = { id: String(paid?.id), latest_charge: paid?.charge };
    const known = await arrives("payment_intent.succeeded", object, place);
    const news = [
      await arrives("payment_intent.succeeded", { ...object, latest_charge: "ch_another" }, place),
      await arrives("payment_intent.succeeded", { ...object, id: "pi_another" }, place),
      await arrives("payment_intent.payment_failed", object, place),
      await arrives("payment_intent.processing", object, place),
    ];
    expect([...(await settle([known, ...news]))]).toEqual([known]);
  });

  it("marks what tells of nothing but a period that is written with its invoice", async () => {
    const [ours] =
      await sql`select stripe_subscription_id as id, extract(epoch from current_period_start_at)::int as start,
      extract(epoch from current_period_end_at)::int as end from subscriptions`;
    const item = { id: "si_1", price: { id: "price_1" }, quantity: 1 };
    const data = [{ ...item, current_period_start: ours?.start, current_period_end: ours?.end }];
    const object = { id: String(ours?.id), status: "active", latest_invoice: invoiceId, items: { data } };
    const before = { latest_invoice: "in_before", items: { data: [{ ...item, current_period_end: ours?.start }] } };
    const place = await later();
    const type = "customer.subscription.updated";
    const known = await arrives(type, object, place, before);
    const otherItem = { data: [{ ...before.items.data[0], quantity: 2 }] };
    const laterPeriod = { data: [{ ...data[0], current_period_end: Number(ours?.end) + 86_400 }] };
    const news = [
      await arrives(type, object, place),
      await arrives(type, object, place, { ...before, cancel_at: null }),
      await arrives(type, object, place, { ...before, items: otherItem }),
      await arrives(type, { ...object, status: "past_due" }, place, before),
      await arrives(type, { ...object, latest_invoice: "in_another" }, place, before),
      await arrives(type, { ...object, items: laterPeriod }, place, before),
      await arrives(type, object, null, before),
    ];
    expect([...(await settle([known, ...news]))]).toEqual([known]);
  });
});
