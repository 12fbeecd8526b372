import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import type { PaymentFacts } from "../payments/index.ts";
import { convergeCheckout } from "./converge-checkout.ts";
import type { SessionFacts } from "./gateway.ts";

// A bank that takes days: the page is complete, the money is not there. The sandbox pays by card at once, so what it
// answers is changed here, at the port, to what Stripe answers for a delayed method.

const shop = await testCheckoutShop();
const { sql } = shop;

async function bought() {
  const browser = shop.browser();
  const [variant] = await sql`select id from variants where product_id = 'bag'`;
  await browser.caller.checkout.cart.add({ variantId: String(variant?.id), quantity: 1 });
  const started = await browser.caller.checkout.start({ source: { cart: true } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email: "sen@example.se" });
  return { ...started, browser };
}
type Purchase = Awaited<ReturnType<typeof bought>>;

/** Converges as if the provider held the payment in this state. */
async function convergeAs(
  purchase: Purchase,
  status: PaymentFacts["status"],
  more: Partial<PaymentFacts> = {},
): Promise<void> {
  const ctx = shop.worker();
  const { checkout } = ctx.providers;
  const findSession = async (id: string): Promise<SessionFacts | null> => {
    const facts = await checkout.findSession(id);
    if (!facts?.payment) throw new Error("there is no payment");
    const paymentStatus = status === "paid" ? "paid" : "unpaid";
    return {
      ...facts,
      paymentStatus,
      payment: { ...facts.payment, status, paidAt: status === "paid" ? new Date() : null, ...more },
    };
  };
  const delayed = { ...ctx, providers: { ...ctx.providers, checkout: { ...checkout, findSession } } };
  await convergeCheckout(delayed, { checkoutId: purchase.checkoutId });
  await shop.work();
}
const status = ({ browser, ref }: Purchase) => browser.caller.checkout.status({ ref });
const order = async ({ checkoutId }: Purchase) =>
  (await sql`select id, status from orders where checkout_id = ${checkoutId}`)[0];
const mailsAbout = async (purchase: Purchase) => {
  const [payment] = await sql`select id from payments where order_id = ${(await order(purchase))?.id}`;
  return sql`select template from emails where dedupe_key like ${`payment-failed:${payment?.id}%`} or dedupe_key = ${`order-confirmation:${(await order(purchase))?.id}`}`;
};

describe("a payment that takes days", () => {
  it("is said to be on its way, and nothing is confirmed or sent before it has come", async () => {
    const purchase = await bought();
    await convergeAs(purchase, "processing");
    expect(await order(purchase)).toMatchObject({ status: "awaiting_payment" });
    expect(await status(purchase)).toMatchObject({ state: "processing", steps: { payment: false } });
    expect(await mailsAbout(purchase)).toEqual([]);
    const [watched] =
      await sql`select next_check_at > now() + interval '30 minutes' as later from checkouts where id = ${purchase.checkoutId}`;
    expect(watched?.later).toBe(true);
    expect(await sql`select id from fulfilments where order_id = ${(await order(purchase))?.id}`).toEqual([]);
    await convergeAs(purchase, "paid");
    expect((await order(purchase))?.status).toBe("confirmed");
    expect((await status(purchase)).state).toBe("done");
    expect(await mailsAbout(purchase)).toEqual([{ template: "order-confirmation" }]);
  });

  it("whose bank wants an approval is said to need one", async () => {
    const purchase = await bought();
    await convergeAs(purchase, "requires_action");
    expect((await status(purchase)).state).toBe("needs_approval");
  });

  it("that fails in the end cancels the order, tells why once, and puts the goods back into the cart", async () => {
    const purchase = await bought();
    await convergeAs(purchase, "processing");
    expect((await purchase.browser.caller.checkout.cart.get()).count).toBe(0);
    const declined = {
      attempts: [
        {
          externalId: `ch_${purchase.checkoutId}`,
          outcome: "declined" as const,
          declineCode: "insufficient_funds",
          message: "no",
          card: null,
          at: new Date(),
        },
      ],
    };
    for (let look = 0; look < 3; look++) await convergeAs(purchase, "failed", declined);
    expect((await order(purchase))?.status).toBe("cancelled");
    expect(await status(purchase)).toMatchObject({ state: "failed", declineClass: "funds" });
    expect(await mailsAbout(purchase)).toEqual([{ template: "payment-failed" }]);
    expect((await purchase.browser.caller.checkout.cart.get()).count).toBe(1);
    const again = await purchase.browser.caller.checkout.start({ source: { cart: true } });
    expect(again.outcome).toBe("open");
    if (again.outcome === "open") expect(again.sessionId).not.toBe(purchase.sessionId);
  });

  it("that comes although its order was cancelled is put before a person", async () => {
    const purchase = await bought();
    await convergeAs(purchase, "failed");
    await convergeAs(purchase, "paid");
    const cancelled = await order(purchase);
    expect(cancelled?.status).toBe("cancelled");
    expect(await sql`select kind from alerts where subject = ${cancelled?.id}`).toEqual([
      { kind: "orders.paid_after_cancellation" },
    ]);
  });
});
