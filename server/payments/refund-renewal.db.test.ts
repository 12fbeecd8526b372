import { beforeAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import { bookPayment, sweepPayments } from "../accounting/index.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { bought, converge } = testPurchases(shop);
const session = { ...(await shop.member("finance@kraftverk.test")), staffRole: "finance" as const };
await sql`update users set staff_role = 'finance' where id = ${session.userId}`;
const staff = shop.browser({ session }).caller.payments.refunds;

let keys = 0;
const formKey = () => `form-key-0123456789-${++keys}`;
const refused = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
const SUM = 39_900;
let orderId = "";
let renewal = { id: "", external_id: "" };

/** What the payment of the renewal came to: with us, in the books, and at Stripe. */
async function outcome() {
  const [row] = await sql`select status, refunded_amount::int as refunded, booked_amount::int as booked
    from payments where id = ${renewal.id}`;
  const refunds = await sql`select status, amount::int as amount, order_id, failure_code from refunds
    where payment_id = ${renewal.id} order by created_at, id`;
  const atStripe = await stripe.refunds.list({ payment_intent: renewal.external_id });
  return {
    ...row,
    refunds: refunds.map((refund) => ({ ...refund })),
    atStripe: atStripe.data.reduce((total, refund) => total + refund.amount, 0),
  };
}
const kept = async () => (await sql`select id from refunds`).length;

beforeAll(async () => {
  const purchase = await bought("test-kund");
  await converge(purchase);
  await shop.work();
  await shop.advance("P32D");
  for await (const event of stripe.events.list({ limit: 100 })) await shop.receive(event);
  await shop.work();
  const [order] = await sql`select id from orders`;
  const [row] = await sql`select id, external_id from payments where order_id is null`;
  orderId = String(order?.id);
  renewal = { id: String(row?.id), external_id: String(row?.external_id) };
});

describe("a renewal of a membership", () => {
  it("is offered beside the purchase, which stays the one that is chosen", async () => {
    const preview = await staff.preview({ orderId, lines: [] });
    expect(preview).toMatchObject({ renewal: false, amount: SUM });
    expect(preview.payments).toMatchObject([
      { id: renewal.id, renewal: true, left: SUM, periodStartAt: expect.any(Date) },
      { id: preview.paymentId, renewal: false, left: SUM },
    ]);
    await expect(staff.preview({ orderId, paymentId: "pay_of_another", lines: [] })).rejects.toEqual(
      refused("payments.not_found"),
    );
  });

  it("is paid back in part, once for one press, told by mail, and in the books without waiting for the sweep", async () => {
    const wish = { orderId, paymentId: renewal.id, lines: [], amount: 10_000, reason: "the gym was closed" };
    expect(await staff.preview(wish)).toMatchObject({ renewal: true, amount: 10_000, left: SUM, problem: null });
    await expect(staff.request({ ...wish, shownAmount: 9_000, formKey: formKey() })).rejects.toEqual(
      refused("payments.refund_too_large"),
    );
    const key = formKey();
    const press = () => staff.request({ ...wish, shownAmount: 10_000, formKey: key });
    await Promise.all([press(), press()]);
    await press();
    await shop.work();
    expect(await outcome()).toEqual({
      status: "partially_refunded",
      refunded: 10_000,
      booked: SUM - 10_000,
      refunds: [{ status: "succeeded", amount: 10_000, order_id: orderId, failure_code: null }],
      atStripe: 10_000,
    });
    const mails = await sql`select status from emails where template = 'refund-made'`;
    expect(mails).toHaveLength(1);
  });

  it("a second part, which changes no status, is booked and audited too, once however often it is told", async () => {
    const before = await kept();
    await staff.request({
      ...{ orderId, paymentId: renewal.id, lines: [], amount: 5_000, reason: "and the sauna" },
      ...{ shownAmount: 5_000, formKey: formKey() },
    });
    await shop.work();
    expect(await kept()).toBe(before + 1);
    expect(await outcome()).toMatchObject({ status: "partially_refunded", refunded: 15_000, booked: SUM - 15_000 });
    const again = () => bookPayment(shop.worker(), { paymentId: renewal.id });
    await Promise.all([again(), again(), again()]);
    for await (const event of stripe.events.list({ limit: 100 })) await shop.receive(event);
    await shop.work();
    expect(await outcome()).toMatchObject({ refunded: 15_000, booked: SUM - 15_000, atStripe: 15_000 });
    expect(await sweepPayments(shop.worker())).toBe(0);
    const movements = await sql`select action, detail from audit_entries
      where subject = ${renewal.id} and action = 'payments.partially_refunded' order by at, detail`;
    expect(movements.map(({ detail }) => detail)).toEqual(["10000 SEK", "15000 SEK"]);
  });

  it("one made at Stripe itself stands on the order that began the membership, and is booked", async () => {
    await stripe.refunds.create({ payment_intent: renewal.external_id, amount: 1_000 });
    for await (const event of stripe.events.list({ limit: 100 })) await shop.receive(event);
    await shop.work();
    const list = await staff.list({ orderId });
    expect(list[0]).toMatchObject({ amount: 1_000, requestedBy: "stripe" });
    expect(await outcome()).toMatchObject({ refunded: 16_000, booked: SUM - 16_000 });
  });

  it("of two who pay back all that is left at the same moment, one does and the other is told why not", async () => {
    const rest = SUM - 16_000;
    const ask = () =>
      staff.request({
        ...{ orderId, paymentId: renewal.id, lines: [], reason: "all of it" },
        ...{ shownAmount: rest, formKey: formKey() },
      });
    const asked = await Promise.allSettled([ask(), ask()]);
    await shop.work();
    const end = await outcome();
    expect(end).toMatchObject({ status: "refunded", refunded: SUM, booked: 0, atStripe: SUM });
    const lost = end.refunds.filter((refund) => refund.failure_code === "exceeds_payment").length;
    expect(lost + asked.filter((one) => one.status === "rejected").length).toBe(1);
    await expect(ask()).rejects.toEqual(refused("payments.nothing_to_refund"));
    // The purchase itself is untouched by it.
    expect(await staff.preview({ orderId, lines: [] })).toMatchObject({ renewal: false, amount: SUM, problem: null });
  });
});
