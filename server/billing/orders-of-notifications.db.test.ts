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
    const chosen = randomFrom(SEED).shuffled(every).slice(0, sized(24, every.length));
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
});
