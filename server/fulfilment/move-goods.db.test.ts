import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { type TestPurchase, testPurchases } from "../../scripts/test/test-purchases.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { bought, converge } = testPurchases(shop);

let people = 0;
async function staff(role: "owner" | "support" | "finance" | "marketing" | "read_only") {
  const session = { ...(await shop.member(`sends${++people}@kraftverk.test`)), staffRole: role };
  await sql`update users set staff_role = ${role} where id = ${session.userId}`;
  return shop.browser({ session }).caller;
}
const support = await staff("support");

async function paid(productId = "towel"): Promise<TestPurchase & { orderId: string }> {
  const purchase = await bought(productId);
  await converge(purchase);
  await shop.work();
  const [order] = await sql`select id from orders where checkout_id = ${purchase.checkoutId}`;
  return { ...purchase, orderId: String(order?.id) };
}
const goodsOf = async (orderId: string) => {
  const [row] = await sql`select f.status as goods, o.status as "order", f.carrier, f.tracking_number as number
    from fulfilments f join orders o on o.id = f.order_id where o.id = ${orderId}`;
  return row && { ...row };
};
const letters = async ({ email }: TestPurchase) =>
  sql`select subject, text from emails where to_address = ${email} and template = 'goods-shipped'`;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { cause?: { code?: string }; code?: string }) => error.cause?.code ?? error.code,
  );
const parcel = { carrier: "PostNord", trackingNumber: "JJSE 1234", trackingUrl: "https://parcels.example/JJSE1234" };

describe("goods that staff send", () => {
  it("complete the order, are told to the buyer once, and can be followed on the order's page", async () => {
    const purchase = await paid();
    const { orderId } = purchase;
    expect(await goodsOf(orderId)).toMatchObject({ goods: "not_started", order: "confirmed" });
    await support.fulfilment.move({ orderId, act: "start" });
    expect(await goodsOf(orderId)).toMatchObject({ goods: "in_production", order: "confirmed" });
    const ship = () => support.fulfilment.move({ orderId, act: "ship", ...parcel });
    await ship();
    await shop.work();
    await ship();
    await shop.work();
    expect(await goodsOf(orderId)).toEqual({
      goods: "shipped",
      order: "completed",
      carrier: "PostNord",
      number: "JJSE 1234",
    });
    const sent = await letters(purchase);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toMatch(/PostNord[\s\S]*JJSE 1234[\s\S]*parcels\.example/);
    const seen = await purchase.browser.caller.orders.byRef({ ref: purchase.ref });
    expect(seen).toMatchObject({ fulfilmentStatus: "shipped", parcel });
    const acts = await sql`select action from audit_entries where subject = ${orderId} order by at, action`;
    expect(acts.map(({ action }) => action)).toEqual(["fulfilment.start", "fulfilment.ship"]);
  });

  it("follow once however often the jobs run, and however many press at once", async () => {
    const purchase = await paid();
    const { orderId } = purchase;
    const pressed = Array.from({ length: 5 }, () => support.fulfilment.move({ orderId, act: "ship" }));
    await Promise.all(pressed);
    const [goods] = await sql`select id from fulfilments where order_id = ${orderId}`;
    for (const job of ["fulfilment.finish-order", "fulfilment.send-shipped"])
      await sql`select graphile_worker.add_job(${job}, ${JSON.stringify({ fulfilmentId: goods?.id })}::json, max_attempts := 5)`;
    await shop.work();
    expect(await goodsOf(orderId)).toMatchObject({ goods: "shipped", order: "completed" });
    expect(await letters(purchase)).toHaveLength(1);
    const steps = await sql`select event from fulfilment_transitions where subject_id = ${goods?.id ?? ""}`;
    expect(steps.map(({ event }) => event)).toEqual(["created", "shipped"]);
  });

  it("stay where they are once stopped, until they are taken up again", async () => {
    const { orderId } = await paid();
    await support.fulfilment.move({ orderId, act: "stop", reason: "the address is wrong" });
    expect(await refusal(support.fulfilment.move({ orderId, act: "ship" }))).toBe("fulfilment.illegal_transition");
    await support.fulfilment.move({ orderId, act: "start" });
    await support.fulfilment.move({ orderId, act: "ship" });
    expect(await refusal(support.fulfilment.move({ orderId, act: "stop" }))).toBe("fulfilment.illegal_transition");
  });

  it("do not leave once the whole purchase was taken back", async () => {
    const purchase = await paid();
    const { lines } = await purchase.browser.caller.withdrawals.options({ ref: purchase.ref });
    await purchase.browser.caller.withdrawals.submit({
      order: { ref: purchase.ref },
      lineIds: lines.map((line) => line.id),
      formKey: "form-key-0123456789-goods",
    });
    await shop.work();
    const { orderId } = purchase;
    expect(await refusal(support.fulfilment.move({ orderId, act: "ship" }))).toBe("fulfilment.illegal_transition");
    expect(await letters(purchase)).toEqual([]);
  });

  it("are moved by those who send them alone, and only where there are any", async () => {
    const { orderId } = await paid();
    for (const role of ["finance", "marketing", "read_only"] as const)
      expect(await refusal((await staff(role)).fulfilment.move({ orderId, act: "ship" })), role).toBe(
        "identity.role_missing",
      );
    expect(await goodsOf(orderId)).toMatchObject({ goods: "not_started" });
    const membership = await paid("test-kund");
    expect(await refusal(support.fulfilment.move({ orderId: membership.orderId, act: "ship" }))).toBe(
      "fulfilment.no_goods",
    );
    const wrong = { ...parcel, trackingUrl: "javascript:alert(1)" };
    expect(await refusal(support.fulfilment.move({ orderId, act: "ship", ...wrong }))).toMatch(/BAD_REQUEST|invalid/i);
  });
});
