import { beforeAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import type { TestPurchase } from "../../scripts/test/test-purchases.ts";
import { testWithdrawals } from "../../scripts/test/withdrawals.ts";
import { executeRefund } from "../payments/index.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "withdrawal", "fulfilment")]);
const { sql, stripe } = shop;
const {
  formKey,
  refused,
  finance,
  order,
  orderTwo,
  options,
  withdraw,
  takenBack,
  outcome,
  whole,
  price,
  refundEvents,
  converge,
} = testWithdrawals(shop);

const faults = (body: unknown) => shop.sandbox.control("faults", { body });

describe("goods that have not left, taken back by the link alone", () => {
  let purchase: TestPurchase;
  let amount = 0;
  beforeAll(async () => {
    purchase = await order("bag");
    amount = (await options(purchase)).lines[0]?.totalAmount ?? 0;
  });

  it("are shown with what is paid back, and to nobody without the link", async () => {
    expect(await options(purchase)).toMatchObject({
      lines: [{ kind: "goods", open: true, refundAmount: amount, lastDay: null }],
      withdrawals: [],
    });
    const flipped = `${purchase.ref.startsWith("A") ? "B" : "A"}${purchase.ref.slice(1)}`;
    await expect(shop.browser().caller.withdrawals.options({ ref: flipped })).rejects.toEqual(
      refused("withdrawals.no_order"),
    );
  });

  it("are received once, acknowledged by mail, paid back once, and held back", async () => {
    const key = formKey();
    const first = await withdraw(purchase, key);
    expect(await withdraw(purchase, key)).toEqual(first);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(amount));
    const [goods] = await sql`select f.status, o.status as order from fulfilments f join orders o on o.id = f.order_id
      where o.checkout_id = ${purchase.checkoutId}`;
    expect(goods).toEqual({ status: "cancelled", order: "completed" });
    const mails =
      await sql`select template, status from emails where to_address = ${purchase.email} order by created_at, template`;
    expect(mails.map((mail) => mail.template)).toEqual(
      expect.arrayContaining(["withdrawal-received", "refund-made", "order-confirmation"]),
    );
    expect(mails.filter((mail) => mail.template === "withdrawal-received")).toHaveLength(1);
  });

  it("lie on the shelf again, once", async () => {
    const moves = await sql`select m.reason, sum(m.delta)::int as delta from stock_movements m
      join orders o on o.id = m.order_id where o.checkout_id = ${purchase.checkoutId} group by m.reason order by m.reason`;
    expect(moves).toEqual([
      { reason: "restocked", delta: 1 },
      { reason: "sold", delta: -1 },
    ]);
  });

  it("cannot be taken back again, and every later notice changes nothing", async () => {
    await expect(withdraw(purchase)).rejects.toEqual(refused("withdrawals.already_withdrawn"));
    for (const event of [...(await refundEvents()), ...(await refundEvents()).toReversed()]) await shop.receive(event);
    const [refund] =
      await sql`select r.id from refunds r join orders o on o.id = r.order_id where o.checkout_id = ${purchase.checkoutId}`;
    await executeRefund(shop.worker(), { refundId: String(refund?.id) });
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(amount));
  });
});

describe("two at once", () => {
  it("statements of the same purchase are one", async () => {
    const purchase = await order("bag");
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => withdraw(purchase)));
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(await price("bag")));
  });

  it("a withdrawal and a refund by staff never pay back more than was paid", async () => {
    const purchase = await order("bag");
    const [row] =
      await sql`select id, total_amount::int as total from orders where checkout_id = ${purchase.checkoutId}`;
    const caller = await finance();
    const wish = { orderId: String(row?.id), lines: [], reason: "asked for it", shownAmount: Number(row?.total) };
    await Promise.allSettled([
      caller.payments.refunds.request({ ...wish, formKey: formKey() }),
      withdraw(purchase),
      caller.payments.refunds.request({ ...wish, formKey: formKey() }),
    ]);
    await shop.work();
    const end = await outcome(purchase);
    expect(end).toMatchObject({ payment: "refunded", refunded: row?.total, atStripe: [row?.total] });
    expect(end.refunds.filter((refund) => refund.status === "succeeded")).toHaveLength(1);
    // Whichever lost is in front of a person, not lost.
    expect(["refunded", "needs_review"]).toContain(end.withdrawal?.status);
  });

  it("two jobs of one refund send it once", async () => {
    const purchase = await order("bag");
    const [row] =
      await sql`select id, total_amount::int as total from orders where checkout_id = ${purchase.checkoutId}`;
    const wish = { orderId: String(row?.id), lines: [], reason: "asked for it", shownAmount: Number(row?.total) };
    await (await finance()).payments.refunds.request({ ...wish, formKey: formKey() });
    const [refund] = await sql`select id from refunds where order_id = ${row?.id ?? ""}`;
    await Promise.allSettled([1, 2, 3].map(() => executeRefund(shop.worker(), { refundId: String(refund?.id) })));
    await shop.work();
    expect((await outcome(purchase)).atStripe).toEqual([row?.total]);
  });
});

describe("when nobody knows whether the refund was made", () => {
  it.each(["after", "before"] as const)("a connection that breaks %s it happened ends in one refund", async (when) => {
    const purchase = await order("bag");
    await withdraw(purchase);
    await faults({ calls: [{ method: "POST", path: "/v1/refunds", kind: "reset", when, times: 2 }] });
    await shop.work();
    const [unknown] =
      await sql`select r.status from refunds r join orders o on o.id = r.order_id where o.checkout_id = ${purchase.checkoutId}`;
    expect(unknown?.status).toBe("unknown");
    await faults({ calls: [] });
    await sql`update graphile_worker._private_jobs set run_at = now()`;
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(await price("bag")));
  });

  it("the provider's notice alone brings it right, should our job be lost", async () => {
    const purchase = await order("bag");
    await withdraw(purchase);
    await faults({ calls: [{ method: "POST", path: "/v1/refunds", kind: "reset", when: "after", times: 2 }] });
    await shop.work();
    await faults({ calls: [] });
    await sql`delete from graphile_worker._private_jobs where attempts > 0`;
    for (const event of await refundEvents()) await shop.receive(event);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(await price("bag")));
  });
});

it("a refund made at Stripe itself is seen, and leaves nothing to pay back twice", async () => {
  const purchase = await order("bag");
  const [row] =
    await sql`select p.external_id, p.amount::int as amount from payments p join orders o on o.id = p.order_id where o.checkout_id = ${purchase.checkoutId}`;
  await stripe.refunds.create({ payment_intent: String(row?.external_id) });
  for (const event of await refundEvents()) await shop.receive(event);
  await shop.work();
  expect(await outcome(purchase)).toMatchObject({
    payment: "refunded",
    refunds: [{ status: "succeeded", amount: row?.amount }],
  });
  await withdraw(purchase);
  await shop.work();
  expect(await outcome(purchase)).toMatchObject({
    withdrawal: { status: "needs_review", why: "refund_failed" },
    atStripe: [row?.amount],
  });
});

describe("goods that have left", () => {
  it("are paid back once staff have confirmed that they are here again", async () => {
    const { id, ...purchase } = await takenBack();
    expect(await outcome(purchase)).toMatchObject({
      payment: "paid",
      withdrawal: { status: "needs_review", why: "goods_to_return" },
      refunds: [],
    });
    // An earlier try that the bank refused says nothing about the one that went through.
    await sql`insert into refunds (id, payment_id, order_id, withdrawal_id, status, currency, amount, lines, reason, requested_by, idempotency_key, created_at)
      select 'ref_refused', p.id, p.order_id, ${id}, 'failed', 'SEK', 100, '[]', 'withdrawal', 'system:test', 'refused-try', now()
      from payments p join orders o on o.id = p.order_id where o.checkout_id = ${purchase.checkoutId}`;
    const caller = await finance();
    await caller.withdrawals.approve({ id, reason: "the bag is back, unused" });
    await expect(caller.withdrawals.approve({ id, reason: "pressed twice" })).rejects.toEqual(
      refused("withdrawal.illegal_transition"),
    );
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ payment: "refunded", withdrawal: { status: "refunded" } });
    const acts = await sql`select action from audit_entries where subject = ${id}`;
    expect(acts.map((act) => act.action)).toEqual(["withdrawals.approve"]);
  });
});

/** A bag and a bottle in one order, paid. */
async function bagAndBottle(): Promise<TestPurchase> {
  const browser = shop.browser();
  for (const productId of ["bag", "bottle"]) {
    const [variant] = await sql`select id from variants where product_id = ${productId} order by position limit 1`;
    await browser.caller.checkout.cart.add({ variantId: String(variant?.id), quantity: 1 });
  }
  const started = await browser.caller.checkout.start({ source: { cart: true } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email: "bagandbottle@example.se" });
  const purchase = { ...started, browser, email: "bagandbottle@example.se" };
  await converge(purchase);
  await shop.work();
  return purchase;
}

describe("lines that staff pay back", () => {
  it("are paid back once, though two of the staff ask for the same line at the same moment", async () => {
    const purchase = await bagAndBottle();
    const [bottle] = await sql`select l.id, l.order_id, l.total_amount::int as total from order_lines l
      join orders o on o.id = l.order_id where o.checkout_id = ${purchase.checkoutId} and l.product_id = 'bottle'`;
    const ask = async () =>
      (await finance()).payments.refunds.request({
        orderId: String(bottle?.order_id),
        lines: [{ orderLineId: String(bottle?.id), quantity: 1 }],
        reason: "torn",
        shownAmount: Number(bottle?.total),
        formKey: formKey(),
      });
    // Who comes after the other is refused at once; when both were let in, the job refuses the second.
    const asked = await Promise.allSettled([ask(), ask()]);
    const refused = asked.flatMap((one) => (one.status === "rejected" ? [String(one.reason.cause?.code)] : []));
    await shop.work();
    const end = await outcome(purchase);
    expect(end).toMatchObject({ payment: "partially_refunded", refunded: bottle?.total, atStripe: [bottle?.total] });
    const codes =
      await sql`select failure_code from refunds where order_id = ${String(bottle?.order_id)} and status = 'failed'`;
    const reasons = [...refused, ...codes.map((one) => one.failure_code)];
    expect(reasons).toEqual([expect.stringMatching(/^(payments\.refund_too_large|line_already_refunded)$/)]);
  });

  it("are not paid back again by the withdrawal of the same line that waited for a person", async () => {
    const purchase = await bagAndBottle();
    const { browser } = purchase;
    const [goods] =
      await sql`select f.id, f.order_id from fulfilments f join orders o on o.id = f.order_id where o.checkout_id = ${purchase.checkoutId}`;
    await sql`update fulfilments set status = 'shipped' where id = ${goods?.id}`;
    await sql`insert into fulfilment_transitions (subject_id, event, from_state, to_state, actor, at)
      values (${goods?.id}, 'shipped', 'not_started', 'shipped', 'system:test', now())`;
    const orderId = String(goods?.order_id);
    const [bag] =
      await sql`select id, total_amount::int as total from order_lines where order_id = ${orderId} and product_id = 'bag'`;
    const lineIds = [String(bag?.id)];
    const { id } = await browser.caller.withdrawals.submit({
      order: { ref: purchase.ref },
      lineIds,
      formKey: formKey(),
    });
    await shop.work();
    const caller = await finance();
    await caller.payments.refunds.request({
      orderId,
      lines: [{ orderLineId: String(bag?.id), quantity: 1 }],
      reason: "the bag is back",
      shownAmount: Number(bag?.total),
      formKey: formKey(),
    });
    await shop.work();
    await caller.withdrawals.approve({ id, reason: "the bag is back" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({
      payment: "partially_refunded",
      refunded: bag?.total,
      withdrawal: { status: "refunded" },
      atStripe: [bag?.total],
    });
  });

  it("one of two pieces, then the rest, and never a third", async () => {
    const purchase = await orderTwo("bottle");
    const [line] =
      await sql`select l.id, l.order_id, l.unit_amount::int as unit from order_lines l join orders o on o.id = l.order_id where o.checkout_id = ${purchase.checkoutId}`;
    const caller = await finance();
    const orderId = String(line?.order_id);
    const one = { orderId, lines: [{ orderLineId: String(line?.id), quantity: 1 }], reason: "it leaked" };
    expect(await caller.payments.refunds.preview(one)).toMatchObject({ amount: line?.unit, problem: null });
    await expect(
      caller.payments.refunds.request({ ...one, shownAmount: Number(line?.unit) + 1, formKey: formKey() }),
    ).rejects.toEqual(refused("payments.refund_too_large"));
    const key = formKey();
    await caller.payments.refunds.request({ ...one, shownAmount: Number(line?.unit), formKey: key });
    await caller.payments.refunds.request({ ...one, shownAmount: Number(line?.unit), formKey: key });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ payment: "partially_refunded", refunded: line?.unit });
    const rest = await caller.payments.refunds.preview({ orderId, lines: [] });
    await caller.payments.refunds.request({
      orderId,
      lines: [],
      reason: "both did",
      shownAmount: rest.amount,
      formKey: formKey(),
    });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ payment: "refunded", atStripe: [line?.unit, line?.unit] });
    await expect(
      caller.payments.refunds.request({ ...one, shownAmount: Number(line?.unit), formKey: formKey() }),
    ).rejects.toEqual(refused("payments.nothing_to_refund"));
  });
});
