import type Stripe from "stripe";
import { expect } from "vitest";
import type { CheckoutShop } from "./checkout-shop.ts";
import { type TestPurchase, testPurchases } from "./test-purchases.ts";

/** What tests of purchases taken back have in common: buying, saying it, and all that it came to. */
export function testWithdrawals(shop: CheckoutShop) {
  const { sql, stripe } = shop;
  const { bought, converge } = testPurchases(shop);
  let keys = 0;
  const formKey = () => `form-key-0123456789-${++keys}`;
  const refused = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
  const finance = async () => {
    const session = { ...(await shop.member(`finance${++keys}@kraftverk.test`)), staffRole: "finance" as const };
    await sql`update users set staff_role = 'finance' where id = ${session.userId}`;
    return shop.browser({ session }).caller;
  };

  async function order(productId: string): Promise<TestPurchase> {
    const purchase = await bought(productId);
    await converge(purchase);
    await shop.work();
    return purchase;
  }
  async function options(purchase: TestPurchase) {
    return shop.browser().caller.withdrawals.options({ ref: purchase.ref });
  }
  async function withdraw(purchase: TestPurchase, key = formKey()) {
    const { lines } = await options(purchase);
    const lineIds = lines.map((line) => line.id);
    return shop.browser().caller.withdrawals.submit({ order: { ref: purchase.ref }, lineIds, formKey: key });
  }
  /** Two of something, by the cart. */
  async function orderTwo(productId: string): Promise<TestPurchase> {
    const browser = shop.browser();
    const [variant] = await sql`select id from variants where product_id = ${productId}`;
    await browser.caller.checkout.cart.add({ variantId: String(variant?.id), quantity: 2 });
    const started = await browser.caller.checkout.start({ source: { cart: true } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    const email = `two${++keys}@example.se`;
    await shop.pay(started.url, { email });
    const purchase = { ...started, browser, email };
    await converge(purchase);
    await shop.work();
    return purchase;
  }
  /** Goods that have left, a bag if none are given, taken back: staff look at them when they are here again. Needs `setByHand("fulfilment")`. */
  async function takenBack(goodsOf?: TestPurchase): Promise<TestPurchase & { id: string; whole: number }> {
    const purchase = goodsOf ?? (await order("bag"));
    const [goods] =
      await sql`select f.id from fulfilments f join orders o on o.id = f.order_id where o.checkout_id = ${purchase.checkoutId}`;
    await sql`update fulfilments set status = 'shipped' where id = ${goods?.id}`;
    await sql`insert into fulfilment_transitions (subject_id, event, from_state, to_state, actor, at)
      values (${goods?.id}, 'shipped', 'not_started', 'shipped', 'system:test', app_now())`;
    const { id } = await withdraw(purchase);
    await shop.work();
    const [given] = await sql`select refund_amount::int as whole from withdrawals where id = ${id}`;
    return { ...purchase, id, whole: given?.whole };
  }
  /** What all of it came to: one row each, whichever way we heard of it. */
  async function outcome({ checkoutId }: TestPurchase) {
    const [row] =
      await sql`select o.id, o.total_amount::int as total, p.status as payment, p.refunded_amount::int as refunded, p.external_id
      from orders o join payments p on p.order_id = o.id where o.checkout_id = ${checkoutId}`;
    const [withdrawal] =
      await sql`select status, refund_amount::int as amount, review_reason as why from withdrawals where order_id = ${row?.id ?? ""}`;
    const refunds =
      await sql`select status, amount::int as amount from refunds where order_id = ${row?.id ?? ""} order by created_at, id`;
    const atStripe = await stripe.refunds.list({ payment_intent: String(row?.external_id) });
    return {
      payment: row?.payment,
      refunded: row?.refunded,
      withdrawal: withdrawal && { ...withdrawal },
      refunds: refunds.map((refund) => ({ ...refund })),
      atStripe: atStripe.data.map((refund) => refund.amount),
    };
  }
  const whole = (amount: number) => ({
    payment: "refunded",
    refunded: amount,
    withdrawal: { status: "refunded", amount, why: null },
    refunds: [{ status: "succeeded", amount }],
    atStripe: [amount],
  });
  const refundEvents = async (): Promise<Stripe.Event[]> =>
    (await stripe.events.list({ limit: 20 })).data
      .filter((event) => /^(refund|charge\.refund)/.test(event.type))
      .reverse();
  const price = async (productId: string) =>
    Number(
      (await sql`select amount from prices where product_id = ${productId} and active and currency = 'SEK' limit 1`)[0]
        ?.amount,
    );

  /** Says that an order is taken back, without a link; what the worker makes of it follows. */
  async function state(said: { number: string; email: string; name?: string; key?: string }) {
    const { number, email, name = "Anna Andersson", key = formKey() } = said;
    const { receipt } = await shop.browser().caller.withdrawals.state({ name, email, number, formKey: key });
    const [statement] = await sql`select id from withdrawal_statements where order_number = ${number.toUpperCase()}
      and email_normalized = ${email.toLowerCase()} order by received_at desc, id desc limit 1`;
    return { receipt, id: String(statement?.id) };
  }
  const numberOf = async ({ checkoutId }: TestPurchase) =>
    String((await sql`select number from orders where checkout_id = ${checkoutId}`)[0]?.number);
  const statementOf = async (id: string) =>
    (
      await sql`select status, withdrawal_id as withdrawal, dismissal, received_at as at from withdrawal_statements where id = ${id}`
    )[0];
  const lettersOf = (id: string) => sql`select template, to_address, html, text, link_purpose from emails
    where dedupe_key like ${`withdrawal-%:${id}%`} order by created_at, id`;

  return {
    formKey,
    refused,
    finance,
    order,
    options,
    withdraw,
    orderTwo,
    takenBack,
    outcome,
    whole,
    price,
    refundEvents,
    state,
    numberOf,
    statementOf,
    lettersOf,
    converge,
  };
}
