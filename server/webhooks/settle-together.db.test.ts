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
async function arrives(type: string, object: object, place: number | null) {
  const id = `stripe:evt_told_${++count}`;
  const payload = JSON.stringify({ data: { object } });
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
        arrives(`invoice.${status === "open" ? "finalized" : "paid"}`, told(status), place),
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
});
