import type Stripe from "stripe";
import { expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";

const shop = await testCheckoutShop();
const { bought, eventsOf } = testPurchases(shop);
const { sql, stripe } = shop;

const pages = async () => (await stripe.checkout.sessions.list({ limit: 100 })).data.length;
/** The newest call that changed something; the log keeps the newest first, and not for ever. */
const written = async () =>
  ((await shop.sandbox.control("requests")) as { requests: { method: string; id: string }[] }).requests.find(
    (call) => call.method !== "GET",
  )?.id;

test("rehearsing news of a purchase whose page may never have opened opens none: it says that the call would be sent", async () => {
  await shop.sandbox.control("faults", {
    body: { calls: [{ method: "POST", path: "/v1/checkout/sessions", times: 20, kind: "error", when: "before" }] },
  });
  const lost = await shop.browser().caller.checkout.start({ source: { productId: "test-kund" } });
  expect(lost.outcome).toBe("unknown");
  await shop.sandbox.control("faults", { method: "DELETE" });

  // A membership that names this purchase as its own.
  const other = await bought("oppet");
  const session = await stripe.checkout.sessions.retrieve(other.sessionId);
  const [row] = await sql`select id from checkouts where status = 'unknown'`;
  const metadata = { checkout_id: row?.id as string };
  const membership = await stripe.subscriptions.update(session.subscription as string, { metadata });
  const news = (await stripe.events.list({ limit: 20 })).data.find(
    (event) =>
      event.type === "customer.subscription.created" && (event.data.object as { id: string }).id === membership.id,
  );
  if (!news) throw new Error("the provider noted no such event");
  await shop.receive({ ...news, data: { object: { ...news.data.object, metadata } } } as Stripe.Event);

  const [before, calls] = [await pages(), await written()];
  const rehearsal = await shop.runtime.providers.rehearsals.rehearse(`stripe:${news.id}`, "req_test");
  expect(rehearsal).toMatchObject({ outcome: "handled", effect: expect.stringContaining("would send the call") });
  expect(await pages()).toBe(before);
  expect(await written()).toBe(calls);
  expect(await sql`select status, stripe_session_id from checkouts where id = ${metadata.checkout_id}`).toEqual([
    { status: "unknown", stripe_session_id: null },
  ]);

  // The real run does send it: the rehearsal held something back.
  await shop.work();
  expect(await pages()).toBe(before + 1);
});

test("rehearsing news of a page that was paid tells whose state would be another, before and after, and changes nothing", async () => {
  const purchase = await bought("oppet");
  const news = (await eventsOf(purchase)).find((event) => event.type === "checkout.session.completed");
  if (!news) throw new Error("the provider noted no such event");
  await shop.receive(news);
  const rehearse = () => shop.runtime.providers.rehearsals.rehearse(`stripe:${news.id}`, "req_test");
  const state = () =>
    sql`select status, (select count(*)::int from orders) as orders from checkouts where id = ${purchase.checkoutId}`;
  const before = await state();

  const { outcome, changes } = await rehearse();
  expect(outcome).toBe("handled");
  expect(changes).toContainEqual({ what: "checkout", id: purchase.checkoutId, from: "open", to: "completed" });
  for (const [what, to] of [
    ["order", "confirmed"],
    ["payment", "paid"],
    ["subscription", "active"],
  ])
    expect(changes.filter((change) => change.what === what)).toEqual([
      { what, id: expect.any(String) as string, from: null, to },
    ]);
  expect(await state()).toEqual(before);

  await shop.work();
  expect(await state()).toEqual([{ status: "completed", orders: (before[0]?.orders as number) + 1 }]);
  // Nothing is left to change.
  expect((await rehearse()).changes).toEqual([]);
});
