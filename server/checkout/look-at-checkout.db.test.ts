import { expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { lookAtCheckout } from "./look-at-checkout.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;

it("a purchase that is finished is left alone; one that waits is asked about, and told what became of it", async () => {
  const browser = shop.browser();
  const started = await browser.caller.checkout.start({ source: { productId: "towel" } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email: "tillbaka@example.se" });
  const { checkoutId } = started;
  const status = async () =>
    (
      await sql`select status from payments p where p.order_id in
    (select id from orders where checkout_id = ${checkoutId})`
    )[0]?.status;

  await lookAtCheckout(shop.worker(), { checkoutId });
  expect(await status()).toBe("paid");

  // The provider knows more by now, of which its own notification tells: a buyer who comes back does not ask.
  const [payment] = await sql`select external_id from payments`;
  await stripe.refunds.create({ payment_intent: String(payment?.external_id) });
  await lookAtCheckout(shop.worker(), { checkoutId });
  expect(await status()).toBe("paid");
  await sql`update checkouts set next_check_at = now() where id = ${checkoutId}`;
  await lookAtCheckout(shop.worker(), { checkoutId });
  expect(await status()).toBe("refunded");
});

it("of looks at one page at once the first asks, and those that waited for it find the purchase finished", async () => {
  const started = await shop.browser().caller.checkout.start({ source: { productId: "towel" } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email: "samtidigt@example.se" });
  const ctx = shop.worker();
  const { checkout } = ctx.providers;
  let asked = 0;
  const findSession: typeof checkout.findSession = (id) => {
    asked += 1;
    return checkout.findSession(id);
  };
  const counted = { ...ctx, providers: { ...ctx.providers, checkout: { ...checkout, findSession } } };
  const { checkoutId } = started;
  await Promise.all(Array.from({ length: 5 }, () => lookAtCheckout(counted, { checkoutId })));
  expect(asked).toBe(1);
  expect(await sql`select status from checkouts where id = ${checkoutId}`).toEqual([{ status: "completed" }]);
});
