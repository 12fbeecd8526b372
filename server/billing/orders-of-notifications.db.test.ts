import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { permutations, randomFrom } from "../../scripts/prove/random.ts";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { sized } from "../../scripts/test/size.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import { processEvent } from "../webhooks/process-event.ts";
import { stripeHandlers } from "../webhooks/stripe-handlers.ts";

const shop = await testCheckoutShop();
const { stripe } = shop;
const { bought, converge, leftBehind } = testPurchases(shop);
const SEED = 20_261_121;
const KINDS = [
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.updated",
  "customer.subscription.updated",
  "customer.subscription.updated",
  "customer.subscription.deleted",
];

/** A membership that was paused, went on, changed, was about to end and ended; and what the provider told of it, in order. */
async function lived() {
  const purchase = await bought("test-kund");
  await converge(purchase);
  const { subscription } = await stripe.checkout.sessions.retrieve(purchase.sessionId);
  const id = String(subscription);
  await stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } });
  await stripe.subscriptions.update(id, { pause_collection: "" });
  await stripe.subscriptions.update(id, { description: "Open" });
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await stripe.subscriptions.cancel(id);
  const { data } = await stripe.events.list({ limit: 30 });
  const events = data.reverse().filter((event) => (event.data.object as { id?: string }).id === id);
  return { purchase, events };
}

/** A membership that was paused, went on, was charged more than its card had, and ended unpaid; and what was told of it, in order. */
async function failed() {
  const purchase = await bought("test-kund");
  await converge(purchase);
  const { subscription } = await stripe.checkout.sessions.retrieve(purchase.sessionId);
  const id = String(subscription);
  await stripe.subscriptions.pause(id);
  await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "unchanged" } });
  const { customer, items } = await stripe.subscriptions.retrieve(id);
  const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: String(customer) });
  await stripe.subscriptions.update(id, {
    ...{ default_payment_method: card.id, proration_behavior: "always_invoice" },
    items: [{ id: items.data[0]?.id ?? "", quantity: 2 }],
  });
  await stripe.subscriptions.cancel(id);
  const { data } = await stripe.events.list({ limit: 60 });
  const events = data.reverse().filter((event) => (event.data.object as { id?: string }).id === id);
  return { purchase, events };
}

async function follow(event: Stripe.Event | undefined): Promise<void> {
  if (!event) throw new Error("there is no such event");
  expect(await shop.receive(event)).toBe(200);
  await processEvent(shop.worker(), { eventId: `stripe:${event.id}`, lastAttempt: false }, stripeHandlers);
}

describe(`R4: a membership's six notifications in any order (seed ${SEED})`, () => {
  it("leave the same behind as in the order they happened", async () => {
    const plain = await lived();
    expect(plain.events.map((event) => event.type)).toEqual(KINDS);
    for (const event of plain.events) await follow(event);
    const canonical = await leftBehind(plain.purchase);
    expect(canonical.memberships).toMatchObject([{ status: "canceled" }]);

    const every = permutations([0, 1, 2, 3, 4, 5]);
    const chosen = randomFrom(SEED).shuffled(every).slice(0, sized(6, every.length));
    for (const order of chosen) {
      const { purchase, events } = await lived();
      for (const place of order) await follow(events[place]);
      const { customers: _c, mails: _m, ...end } = await leftBehind(purchase);
      const { customers: _cc, mails: _mm, ...expected } = canonical;
      expect(JSON.parse(JSON.stringify(end).replaceAll(purchase.email, "buyer")), order.join()).toEqual(
        JSON.parse(JSON.stringify(expected).replaceAll(plain.purchase.email, "buyer")),
      );
    }
    await shop.work();
  }, 900_000);

  it("leave the same behind where it was paused and past due on the way", async () => {
    const plain = await failed();
    const stood = plain.events.map(({ type, data }) => `${type} ${(data.object as Stripe.Subscription).status}`);
    expect(stood).toContain("customer.subscription.paused paused");
    expect(stood).toContain("customer.subscription.updated past_due");
    expect(stood.at(-1)).toBe("customer.subscription.deleted canceled");
    for (const event of plain.events) await follow(event);
    const { customers: _cc, mails: _mm, ...expected } = await leftBehind(plain.purchase);
    expect(expected.memberships).toMatchObject([{ status: "canceled" }]);
    const random = randomFrom(SEED + 1);
    for (let round = 0; round < sized(3, 500); round++) {
      const { purchase, events } = await failed();
      expect(events.map(({ type }) => type)).toEqual(plain.events.map(({ type }) => type));
      const order = random.shuffled(events.map((_event, place) => place));
      for (const place of order) await follow(events[place]);
      const { customers: _c, mails: _m, ...end } = await leftBehind(purchase);
      expect(unordered(end, purchase.email), order.join()).toEqual(unordered(expected, plain.purchase.email));
    }
    await shop.work();
  }, 900_000);
});

/** What there is, whichever of two bills or payments was heard of first. */
function unordered(left: object, email: string): unknown {
  return JSON.parse(JSON.stringify(left).replaceAll(email, "buyer"), (_key, value: unknown) =>
    Array.isArray(value) ? value.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) : value,
  );
}
