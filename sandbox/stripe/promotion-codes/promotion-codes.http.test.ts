import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postForm, startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

async function codeFor(coupon: Stripe.CouponCreateParams, given: Partial<Stripe.PromotionCodeCreateParams> = {}) {
  const { id } = await bench.stripe.coupons.create(coupon);
  return bench.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: id }, ...given });
}
const page = async (id: string) => (await fetch(`${bench.sandbox.url}/c/pay/${id}`)).text();
const type = (id: string, code: string) => postForm(`${bench.sandbox.url}/c/pay/${id}/promotion`, { code });
const reload = (id: string, expand: string[] = []) => bench.stripe.checkout.sessions.retrieve(id, { expand });

function checkout(mode: "payment" | "subscription") {
  const once = { price_data: { currency: "sek", unit_amount: 10_000, product_data: { name: "Bok" } }, quantity: 1 };
  return bench.stripe.checkout.sessions.create({
    mode,
    success_url: "http://shop.test/ok",
    allow_promotion_codes: true,
    line_items: [mode === "payment" ? once : { price: "price_TEST123", quantity: 1 }],
  });
}

describe("a promotion code", () => {
  it("typed in on the payment page takes its coupon off, and can be taken back", async () => {
    const code = await codeFor({ percent_off: 20, duration: "forever" }, { code: "VINTER20" });
    const { id } = await checkout("subscription");
    expect(await page(id)).toContain("Promotion code");
    expect((await type(id, "NONE")).text).toContain("This code is invalid.");
    expect((await type(id, "vinter20")).status).toBe(303);
    // 299.00 less 20 %.
    expect(await reload(id)).toMatchObject({ amount_total: 23_920, discounts: [{ promotion_code: code.id }] });
    await type(id, "");
    expect(await reload(id)).toMatchObject({ amount_total: 29_900, discounts: [] });
    await type(id, "VINTER20");
    await submitCheckout(bench, id);
    expect(await reload(id, ["subscription.discounts", "invoice"])).toMatchObject({
      invoice: { amount_paid: 23_920 },
      subscription: { discounts: [{ promotion_code: code.id }] },
    });
    expect((await bench.stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
  });

  it("that may be used once is used up by a single payment", async () => {
    const code = await codeFor({ amount_off: 2_500, currency: "sek", duration: "once" }, { max_redemptions: 1 });
    const [first, second] = [await checkout("payment"), await checkout("payment")];
    await type(first.id, code.code);
    await submitCheckout(bench, first.id);
    expect(await reload(first.id, ["payment_intent"])).toMatchObject({ payment_intent: { amount_received: 7_500 } });
    expect((await type(second.id, code.code)).text).toContain("This code is invalid.");
    expect((await bench.stripe.promotionCodes.retrieve(code.id)).active).toBe(false);
  });

  it("has limits that the API names when it refuses", async () => {
    const customer = await bench.stripe.customers.create({});
    const mine = await codeFor({ percent_off: 10, duration: "once" }, { customer: customer.id });
    const buy = (promotion_code: string, of?: string) =>
      bench.stripe.checkout.sessions.create({
        mode: "subscription",
        success_url: "http://shop.test/ok",
        ...(of === undefined ? {} : { customer: of }),
        discounts: [{ promotion_code }],
        line_items: [{ price: "price_TEST123", quantity: 1 }],
      });
    await expect(buy(mine.id)).rejects.toMatchObject({ param: "discounts[0][promotion_code]" });
    expect((await buy(mine.id, customer.id)).amount_total).toBe(26_910);
    const off = await codeFor({ percent_off: 10, duration: "once" }, { active: false });
    await expect(buy(off.id)).rejects.toMatchObject({ message: expect.stringContaining("inactive") });
    await expect(codeFor({ percent_off: 10 }, { code: "VINTER20" })).rejects.toMatchObject({ param: "code" });
    const large = await codeFor(
      { percent_off: 10 },
      { restrictions: { minimum_amount: 50_000, minimum_amount_currency: "sek" } },
    );
    const { id } = await checkout("subscription");
    expect((await type(id, large.code)).text).toContain("This code is invalid.");
  });
});
