import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { between } from "../../scripts/test/between.ts";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { type TestPurchase, testPurchases } from "../../scripts/test/test-purchases.ts";
import { lookAtSubscription } from "../billing/look-at-subscription.ts";
import { executeRefund } from "../payments/index.ts";
import { stripeSubscriptions } from "../providers/stripe/subscriptions.ts";
import { decideReceivedWithdrawal } from "./decide-withdrawal.ts";
import { endMemberships } from "./index.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "withdrawal", "fulfilment")]);
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
const faults = (body: unknown) => shop.sandbox.control("faults", { body });
const refundEvents = async (): Promise<Stripe.Event[]> =>
  (await stripe.events.list({ limit: 20 })).data
    .filter((event) => /^(refund|charge\.refund)/.test(event.type))
    .reverse();
const price = async (productId: string) =>
  Number(
    (await sql`select amount from prices where product_id = ${productId} and active and currency = 'SEK' limit 1`)[0]
      ?.amount,
  );

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
    const purchase = await order("bag");
    const [goods] =
      await sql`select f.id from fulfilments f join orders o on o.id = f.order_id where o.checkout_id = ${purchase.checkoutId}`;
    await sql`update fulfilments set status = 'shipped' where id = ${goods?.id}`;
    await sql`insert into fulfilment_transitions (subject_id, event, from_state, to_state, actor, at)
      values (${goods?.id}, 'shipped', 'not_started', 'shipped', 'system:test', now())`;
    const { id } = await withdraw(purchase);
    await shop.work();
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
    const browser = shop.browser();
    const [variant] = await sql`select id from variants where product_id = 'bottle'`;
    await browser.caller.checkout.cart.add({ variantId: String(variant?.id), quantity: 2 });
    const started = await browser.caller.checkout.start({ source: { cart: true } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url, { email: "two@example.se" });
    const purchase = { ...started, browser, email: "two@example.se" };
    await converge(purchase);
    await shop.work();
    const [line] =
      await sql`select l.id, l.order_id, l.unit_amount::int as unit from order_lines l join orders o on o.id = l.order_id where o.checkout_id = ${started.checkoutId}`;
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

describe("what is said without a link", () => {
  it("stands with its instant, is acknowledged with the link to the order's address, and is carried out by it as of then", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const key = formKey();
    const said = { number: ` ${number.toLowerCase().replace("-", " ")} `, email: purchase.email.toUpperCase(), key };
    const { caller } = shop.browser();
    const first = await caller.withdrawals.state({ ...said, name: "Anna Andersson", formKey: key });
    expect(await caller.withdrawals.state({ ...said, name: "Anna Andersson", formKey: key })).toEqual(first);
    await shop.work();
    const rows = await sql`select id, received_at as at from withdrawal_statements where order_number = ${number}`;
    expect(rows).toHaveLength(1);
    const id = String(rows[0]?.id);
    const at = new Date(String(rows[0]?.at));
    expect(await shop.browser().caller.withdrawals.receipt(first)).toEqual({
      ...{ number, name: "Anna Andersson", email: purchase.email.toUpperCase(), receivedAt: at },
    });
    expect(await statementOf(id)).toMatchObject({ status: "unconfirmed", withdrawal: null });
    const { orderId } = await options(purchase);
    const ofOrder = { orderId, status: "unconfirmed" as const };
    expect((await (await finance()).withdrawals.statements.list(ofOrder)).items).toMatchObject([{ id, orderId }]);
    // Nothing has moved: whoever guesses a number and an address takes nothing from anybody.
    expect(await outcome(purchase)).toMatchObject({ payment: "paid", withdrawal: undefined, atStripe: [] });
    const [letter, ...others] = await lettersOf(id);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      template: "withdrawal-stated",
      to_address: purchase.email,
      link_purpose: "withdraw",
    });
    expect(letter?.html).not.toContain(purchase.ref);

    expect(await options(purchase)).toMatchObject({ statedAt: at, lines: [{ open: true }] });
    const again = formKey();
    const withdrawal = await withdraw(purchase, again);
    expect(await withdraw(purchase, again)).toEqual(withdrawal);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(await price("bag")));
    expect(await statementOf(id)).toMatchObject({ status: "carried_out", withdrawal: withdrawal.id });
    const [row] =
      await sql`select received_at as at, refund_due_at as due from withdrawals where id = ${withdrawal.id}`;
    const inTwoWeeks = new Date(at.getTime() + 14 * 86_400_000);
    expect([row?.at, row?.due].map((one) => new Date(String(one)))).toEqual([at, inTwoWeeks]);
    expect(await options(purchase)).toMatchObject({ statedAt: null });
  });

  it("is answered alike whatever it names; of a guessed number, and of an address that is another's, nobody learns or loses anything", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const wrong = [
      await state({ number, email: "other@example.se" }),
      await state({ number: "KV-99999", email: purchase.email }),
    ];
    await shop.work();
    for (const { id, receipt } of wrong) {
      expect(receipt).toMatch(/^[0-9a-f]{64}$/);
      expect(await statementOf(id)).toMatchObject({ status: "unmatched" });
      const [letter, ...others] = await lettersOf(id);
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ template: "withdrawal-stated", link_purpose: null });
      expect(String(letter?.text).replaceAll("\n", " ")).toContain("hittar ingen order");
    }
    expect(await options(purchase)).toMatchObject({ statedAt: null });
    const flipped = `${wrong[0]?.receipt.startsWith("0") ? "1" : "0"}${wrong[0]?.receipt.slice(1)}`;
    await expect(shop.browser().caller.withdrawals.receipt({ receipt: flipped })).rejects.toEqual(
      refused("withdrawals.no_statement"),
    );
  });

  it("goes to an address at most five times an hour by itself; what comes then is kept, and staff are told at once", async () => {
    const email = "often@example.se";
    const said = [];
    for (let n = 0; n < 6; n++) said.push(await state({ number: "KV-99998", email }));
    await shop.work();
    const letters = await Promise.all(said.map(async ({ id }) => (await lettersOf(id)).length));
    expect(letters).toEqual([1, 1, 1, 1, 1, 0]);
    const { items } = await (await finance()).overview.workQueue();
    const waiting = items.filter((one) => one.kind === "withdrawal_statement" && one.subject === "KV-99998");
    expect(waiting.map((one) => one.detail).toSorted()).toEqual(["not_mailed", ...Array(5).fill("unmatched")]);
    // Once staff have found its order it is acknowledged, and nobody is told to do so.
    const purchase = await order("bag");
    const act = { id: said[5]?.id ?? "", reason: "a digit was wrong", number: await numberOf(purchase) };
    const { withdrawals, overview } = await finance();
    await withdrawals.statements.attach(act);
    await shop.work();
    expect((await lettersOf(act.id)).map((one) => one.to_address)).toEqual([purchase.email]);
    expect((await overview.workQueue()).items.filter((one) => one.id === act.id)).toEqual([]);
  });

  it("is one withdrawal when the buyer and staff carry it out at the same moment, and closes what else was said", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const said = [await state({ number, email: purchase.email }), await state({ number, email: purchase.email })];
    await shop.work();
    const caller = await finance();
    const { order: found } = await caller.withdrawals.statements.get({ id: said[0]?.id ?? "" });
    const act = { reason: "spoke with the buyer", lineIds: found?.lines.map((line) => line.id) ?? [] };
    const answers = await Promise.allSettled([
      withdraw(purchase),
      ...said.map(({ id }) => caller.withdrawals.statements.carryOut({ ...act, id })),
      withdraw(purchase),
    ]);
    const ids = answers.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
    expect(new Set(ids).size).toBe(1);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(await price("bag")));
    for (const { id } of said)
      expect(await statementOf(id)).toMatchObject({ status: "carried_out", withdrawal: ids[0] });
    // Once more, and whatever else staff press: the same, or told that it is done.
    expect(await caller.withdrawals.statements.carryOut({ ...act, id: said[0]?.id ?? "" })).toEqual({ id: ids[0] });
    await expect(caller.withdrawals.statements.dismiss({ id: said[0]?.id ?? "", reason: "too slow" })).rejects.toEqual(
      refused("withdrawals.statement_closed"),
    );
    // What is said about it now has nothing left to do, and says so.
    const late = await state({ number, email: purchase.email });
    await shop.work();
    expect(await statementOf(late.id)).toMatchObject({ status: "overtaken" });
    expect((await lettersOf(late.id)).map((one) => [one.template, one.link_purpose])).toEqual([
      ["withdrawal-stated", "view_order"],
    ]);
  });

  it("that no order was found for is attached by staff, whose buyer then gets the link, or closed with a reason that is mailed", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const [mistyped, unknown] = [
      await state({ number: "KV-99997", email: purchase.email }),
      await state({ number: "KV-99996", email: "nobody@example.se" }),
    ];
    await shop.work();
    const { statements } = (await finance()).withdrawals;
    expect((await statements.get({ id: mistyped.id })).candidates).toMatchObject([{ number }]);
    const act = { id: mistyped.id, reason: "a digit was wrong" };
    await expect(statements.attach({ ...act, number: "KV-99995" })).rejects.toEqual(
      refused("withdrawals.no_such_number"),
    );
    await statements.attach({ ...act, number });
    await expect(statements.attach({ ...act, number })).rejects.toEqual(refused("withdrawals.statement_closed"));
    await statements.dismiss({ id: unknown.id, reason: "Det är en annan butiks nummer." });
    await shop.work();
    expect((await lettersOf(mistyped.id)).map((one) => [one.to_address, one.link_purpose])).toEqual([
      [purchase.email, null],
      [purchase.email, "withdraw"],
    ]);
    const [, closed] = await lettersOf(unknown.id);
    expect(closed).toMatchObject({ template: "withdrawal-dismissed", to_address: "nobody@example.se" });
    expect(closed?.text).toContain("Det är en annan butiks nummer.");
    const { id } = await withdraw(purchase);
    await shop.work();
    expect(await statementOf(mistyped.id)).toMatchObject({ status: "carried_out", withdrawal: id });
    const acts =
      await sql`select action, subject from audit_entries where subject in (${mistyped.id}, ${unknown.id}) order by action`;
    expect(acts.map((one) => ({ ...one }))).toEqual([
      { action: "withdrawals.attach_statement", subject: mistyped.id },
      { action: "withdrawals.dismiss_statement", subject: unknown.id },
    ]);
  });

  it("is carried out by the buyer alone, not by who made it, and by staff who decide about money", async () => {
    const purchase = await order("bag");
    const { id, receipt } = await state({ number: await numberOf(purchase), email: purchase.email });
    await shop.work();
    // The receipt's token shows the statement, and opens no order.
    await expect(shop.browser().caller.withdrawals.options({ ref: receipt })).rejects.toEqual(
      refused("withdrawals.no_order"),
    );
    const session = { ...(await shop.member(`support${++keys}@kraftverk.test`)), staffRole: "support" as const };
    const support = shop.browser({ session }).caller.withdrawals.statements;
    await expect(support.dismiss({ id, reason: "no reason" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await statementOf(id)).toMatchObject({ status: "unconfirmed" });
  });
});

describe("memberships (the clock moves)", () => {
  it("started on request is paid by the days that passed, ends at Stripe, and is not charged again", async () => {
    const browser = shop.browser();
    const started = await browser.caller.checkout.start({ source: { productId: "test-kund" }, startConsent: true });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url, { email: "member@example.se" });
    const purchase = { ...started, browser, email: "member@example.se" };
    await converge(purchase);
    await shop.work();
    await shop.advance("P10D");
    const { lines } = await options(purchase);
    const [line] = lines;
    expect(line).toMatchObject({ kind: "service", open: true, used: { days: 10 } });
    const expected = Math.ceil((39_900 * ((line?.used?.ofDays ?? 0) - 10)) / (line?.used?.ofDays ?? 1));
    expect(line?.refundAmount).toBe(expected);
    await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toEqual({ ...whole(expected), payment: "partially_refunded" });
    const [membership] =
      await sql`select s.status, s.stripe_subscription_id as id from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${started.checkoutId}`;
    expect(membership?.status).toBe("canceled");
    expect((await stripe.subscriptions.retrieve(String(membership?.id))).status).toBe("canceled");
  });

  it.each(["running", "ended"])(
    "asks for nothing more of what is %s: a bill that is open or about to be charged is void",
    async (state) => {
      const { memberOf } = testMemberships(shop);
      const member = await memberOf(`open-bill-${state}@example.se`, "oppet");
      const [found] = await sql`select order_id from subscriptions where id = ${member.id}`;
      const customer = member.stripeCustomer;
      for (const amount of [500, 700])
        await stripe.invoices
          .create({ customer, subscription: member.stripeId, auto_advance: false })
          .then(({ id: invoice }) => stripe.invoiceItems.create({ customer, invoice, amount, currency: "sek" }))
          .then(({ invoice }) => (amount === 500 ? stripe.invoices.finalizeInvoice(String(invoice)) : undefined));
      if (state === "ended") {
        await stripe.subscriptions.cancel(member.stripeId);
        await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
      }
      const order = { orderId: String(found?.order_id) };
      const [{ id = "" } = {}] = (await member.browser.caller.withdrawals.options(order)).lines;
      await member.browser.caller.withdrawals.submit({ order, lineIds: [id], formKey: formKey() });
      await shop.work();
      const { data } = await stripe.invoices.list({ subscription: member.stripeId });
      expect(data.map((bill) => [bill.status, bill.total])).toEqual([
        ["void", 700],
        ["void", 500],
        ["paid", 39_900],
      ]);
    },
  );

  it("that waits for a dispute ends at once, and from then on can be approved, not refused", async () => {
    const purchase = await order("test-kund");
    await sql`update payments set status = 'disputed' where order_id = (select id from orders where checkout_id = ${purchase.checkoutId})`;
    const { id } = await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", why: "disputed" } });
    const [ended] =
      await sql`select s.status from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${purchase.checkoutId}`;
    expect(ended?.status).toBe("canceled");
    const caller = await finance();
    const [row] = await sql`select order_id as id from withdrawals where id = ${id}`;
    expect(await caller.withdrawals.ofOrder({ id: String(row?.id) })).toMatchObject([{ id, mayRefuse: false }]);
    await expect(caller.withdrawals.refuse({ id, reason: "the bank has it" })).rejects.toEqual(
      refused("withdrawals.membership_ended"),
    );
    await sql`update payments set status = 'paid' where order_id = ${row?.id ?? ""}`;
    await caller.withdrawals.approve({ id, reason: "the dispute was won" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ payment: "refunded", withdrawal: { status: "refunded" } });
  });

  it("that were said to be taken back on the last day are in time, whenever that is confirmed; a day later it is too late", async () => {
    const purchase = await order("test-kund");
    const number = await numberOf(purchase);
    const { lastDay } = (await options(purchase)).lines[0] ?? {};
    const left = Date.parse(`${lastDay}T20:00:00Z`) - shop.worker().now().getTime();
    await shop.advance(`PT${Math.floor(left / 3_600_000)}H`);
    const said = await state({ number, email: purchase.email });
    await shop.work();
    const { kind, id } = { kind: "withdrawal_statement", ...said };
    const statedAt = new Date(String((await statementOf(id))?.at));
    const queue = async () =>
      (await (await finance()).overview.workQueue()).items.filter((one) => one.kind === kind && one.id === id);
    expect(await queue()).toEqual([]);
    await shop.advance("P5D");
    expect(await queue()).toMatchObject([{ subject: number, detail: "unconfirmed", amount: 39_900 }]);
    expect(await options(purchase)).toMatchObject({ statedAt, lines: [{ open: true }] });
    const late = await state({ number, email: purchase.email });
    await shop.work();
    expect(await statementOf(late.id)).toMatchObject({ status: "dismissed", dismissal: "too_late" });
    expect((await lettersOf(late.id)).map((one) => one.template)).toEqual(["withdrawal-stated"]);
    await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(39_900));
    expect(await statementOf(id)).toMatchObject({ status: "carried_out" });
  });

  it("that were said to be taken back long ago are staff's to take back: no buyer has months of them paid back by a press", async () => {
    const purchase = await order("test-kund");
    const said = await state({ number: await numberOf(purchase), email: purchase.email });
    await shop.work();
    const statedAt = new Date(String((await statementOf(said.id))?.at));
    await shop.advance("P13DT23H");
    expect(await options(purchase)).toMatchObject({ statedAt, leftToStaff: false, lines: [{ open: true }] });
    await shop.advance("P40D");
    const [membership] =
      await sql`select s.id from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${purchase.checkoutId}`;
    await lookAtSubscription(shop.worker(), { subscriptionId: String(membership?.id) });
    await shop.work();
    expect(await options(purchase)).toMatchObject({ statedAt, leftToStaff: true, lines: [{ open: false }] });
    await expect(withdraw(purchase)).rejects.toEqual(refused("withdrawals.left_to_staff"));
    expect(await outcome(purchase)).toMatchObject({ withdrawal: undefined, atStripe: [] });
    expect(await statementOf(said.id)).toMatchObject({ status: "unconfirmed" });
    const { statements } = (await finance()).withdrawals;
    const lineIds = ((await statements.get({ id: said.id })).order?.lines ?? []).map((line) => line.id);
    await statements.carryOut({ id: said.id, reason: "has not been here since", lineIds });
    await shop.work();
    expect(await statementOf(said.id)).toMatchObject({ status: "carried_out" });
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded", amount: 2 * 39_900 } });
  });

  it("said too late, and too often for another mail, waits for staff, who write", async () => {
    const purchase = await order("test-kund");
    await shop.advance("P20D");
    for (let n = 0; n < 5; n++) await state({ number: "KV-99994", email: purchase.email });
    const { id } = await state({ number: await numberOf(purchase), email: purchase.email });
    await shop.work();
    expect(await lettersOf(id)).toEqual([]);
    expect(await statementOf(id)).toMatchObject({ status: "unconfirmed" });
    const { items } = await (await finance()).overview.workQueue();
    expect(items.find((one) => one.id === id)).toMatchObject({ detail: "not_mailed" });
  });

  it("is refused, with its reason, after the last day", async () => {
    const purchase = await order("test-kund");
    await shop.advance("P20D");
    expect((await options(purchase)).lines[0]).toMatchObject({ open: false, refundAmount: 0 });
    await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({
      payment: "paid",
      withdrawal: { status: "refused", amount: 0 },
      refunds: [],
      atStripe: [],
    });
    // Nor does it end, though a person were to look at it: what came too late takes no membership.
    const [late] =
      await sql`update withdrawals set status = 'needs_review' where order_id = (select id from orders where checkout_id = ${purchase.checkoutId}) returning id`;
    await endMemberships(shop.worker(), { withdrawalId: String(late?.id) });
    const [kept] =
      await sql`select s.status, s.stripe_subscription_id as id from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${purchase.checkoutId}`;
    expect(kept?.status).toBe("active");
    expect((await stripe.subscriptions.retrieve(String(kept?.id))).status).toBe("active");
    await (await finance()).withdrawals.refuse({ id: String(late?.id), reason: "fourteen days have passed" });
  });
});

it("money that the bank sends back long after is owed again, and a person is told", async () => {
  const browser = shop.browser();
  const started = await browser.caller.checkout.start({ source: { productId: "bag" } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email: "sent-back@example.se", card: "4000 0000 0000 5126" });
  const purchase = { ...started, browser, email: "sent-back@example.se" };
  await converge(purchase);
  await shop.work();
  await withdraw(purchase);
  await shop.work();
  expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" } });
  await shop.advance("P3D");
  for (const event of await refundEvents()) await shop.receive(event);
  await shop.work();
  expect(await outcome(purchase)).toMatchObject({
    payment: "paid",
    refunded: 0,
    withdrawal: { status: "needs_review", why: "refund_failed" },
  });
});

it.each([
  ["more of a membership", "oppet-plus"],
  ["another membership", "oppet"],
] as const)(
  "%s that was taken later is paid back by the days that it was there, beside what was before by its own, and ends",
  async (what, productId) => {
    const { memberOf, row } = testMemberships(shop);
    const member = await memberOf(`grew-${productId}@example.se`, productId);
    const first = Number((await row(member))?.amount);
    const [bought] =
      await sql`update checkouts set start_consent_at = created_at where id = (select o.checkout_id from orders o
    join subscriptions s on s.order_id = o.id where s.id = ${member.id}) returning (select order_id from subscriptions where id = ${member.id}) as order`;
    const order = { orderId: String(bought?.order) };
    await shop.advance("P9D");
    const more = what === "more of a membership";
    const target = { productId: "oppet-plus", variantId: "oppet-plus-month" };
    const { sealed, quote } = await (more
      ? member.own.quoteUnits({ id: member.id, units: 4 })
      : member.own.quote({ id: member.id, ...target }));
    const wish = { id: member.id, quote: sealed, formKey: formKey() };
    await (more ? member.own.changeUnits(wish) : member.own.changePlan(wish));
    await shop.work();
    await shop.advance("P2D");
    const { lines } = await member.browser.caller.withdrawals.options(order);
    const [{ used, refundAmount, id } = { used: null, refundAmount: 0, id: "" }] = lines;
    expect(used?.days).toBe(11);
    const ofDays = used?.ofDays ?? 0;
    const share = (amount: number, days: number, of: number) => Math.ceil((amount * (of - days)) / of);
    expect(quote.preview.dueNow).toBeGreaterThan(0);
    expect(refundAmount).toBe(share(first, 11, ofDays) + share(quote.preview.dueNow, 2, ofDays - 9));
    await member.browser.caller.withdrawals.submit({ order, lineIds: [id], formKey: formKey() });
    await shop.work();
    const [back] =
      await sql`select sum(amount)::int as sum from refunds where order_id = ${order.orderId} and status = 'succeeded'`;
    expect(back?.sum).toBe(refundAmount);
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect((await stripe.subscriptions.retrieve(member.stripeId)).status).toBe("canceled");
  },
);

describe("a membership that staff had made a cheaper one at once", () => {
  const { memberOf, row, fault, noFaults } = testMemberships(shop);
  const kept = async (customer: string) => {
    const found = await stripe.customers.retrieve(customer);
    return found.deleted ? 0 : found.balance;
  };
  /** What was paid, what is kept of it since, and its order. */
  async function downgraded(email: string) {
    const member = await memberOf(email, "oppet-plus");
    await shop.advance("P3D");
    const office = (await finance()).billing.office;
    const [month] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
      where v.product_id = 'oppet' and p.interval = 'month' and p.currency = 'SEK' and p.active`;
    const wish = { id: member.id, productId: "oppet", variantId: String(month?.id), timing: "now" as const };
    const { sealed } = await office.quote(wish);
    await office.changePlan({ id: member.id, quote: sealed, reason: "Fel nivå.", formKey: formKey() });
    await shop.work();
    const credit = -(await kept(member.stripeCustomer));
    expect(credit).toBeGreaterThan(8_000);
    const found = await row(member);
    expect(found).toMatchObject({ product_id: "oppet", balance_amount: String(-credit) });
    return { member, credit, order: { orderId: String(found?.order_id) } };
  }
  const takeBack = async ({ member, order }: Awaited<ReturnType<typeof downgraded>>) => {
    const own = member.browser.caller.withdrawals;
    const [{ id = "", refundAmount } = {}] = (await own.options(order)).lines;
    const { id: withdrawalId } = await own.submit({ order, lineIds: [id], formKey: formKey() });
    return { withdrawalId, refundAmount };
  };
  const ended = async (withdrawalId: string) => {
    const [found] = await sql`select w.status, w.refund_amount::int as amount, w.credit_amount::int as credit,
      w.credit_taken_amount::int as taken, (select sum(r.amount)::int from refunds r where r.withdrawal_id = w.id and r.status = 'succeeded') as back
      from withdrawals w where w.id = ${withdrawalId}`;
    return { ...found };
  };

  it("is paid back whole, and what was kept for the next bills ends with it, however often and however many at once", async () => {
    const all = await downgraded("cheaper@example.se");
    const { withdrawalId, refundAmount } = await takeBack(all);
    expect(refundAmount).toBe(49_900);
    await shop.work();
    const { credit } = all;
    expect(await ended(withdrawalId)).toEqual({
      status: "refunded",
      amount: 49_900,
      credit,
      taken: credit,
      back: 49_900,
    });
    expect(await kept(all.member.stripeCustomer)).toBe(0);
    expect(await row(all.member)).toMatchObject({ status: "canceled", balance_amount: "0" });
    // What somebody is given afterwards is theirs.
    await stripe.customers.createBalanceTransaction(all.member.stripeCustomer, { amount: -5_000, currency: "sek" });
    await sql`update withdrawals set credit_taken_amount = null where id = ${withdrawalId}`;
    await Promise.all([1, 2, 3].map(() => endMemberships(shop.worker(), { withdrawalId })));
    expect(await kept(all.member.stripeCustomer)).toBe(-5_000);
    expect(await ended(withdrawalId)).toMatchObject({ taken: credit });
  });

  it.each(["before", "after"] as const)("takes it once when the answer is lost %s it took effect", async (when) => {
    const all = await downgraded(`cheaper-${when}@example.se`);
    const { withdrawalId } = await takeBack(all);
    await fault({ kind: "reset", when, path: "/v1/customers/" });
    await sql`update withdrawals set status = 'refunding', credit_amount = ${all.credit} where id = ${withdrawalId}`;
    await expect(endMemberships(shop.worker(), { withdrawalId })).rejects.toThrow();
    await noFaults();
    await endMemberships(shop.worker(), { withdrawalId });
    expect(await kept(all.member.stripeCustomer)).toBe(0);
    expect(await ended(withdrawalId)).toMatchObject({ taken: all.credit });
    await sql`update withdrawals set status = 'received' where id = ${withdrawalId}`;
    // It is decided before anything ends, and so before anybody looks at what is kept since.
    await decideReceivedWithdrawal(shop.worker(), { withdrawalId });
    await shop.work();
    expect(await ended(withdrawalId)).toMatchObject({ status: "refunded", back: 49_900 });
  });

  it("takes no more than was there, though a bill uses it in between and its worker is lost before it has given that again", async () => {
    const { id } = await stripe.customers.create({ email: "used-between@example.se" });
    const move = (amount: number) => stripe.customers.createBalanceTransaction(id, { amount, currency: "sek" });
    await move(-1_000);
    const of = { customerExternalId: id, amount: 1_000, currency: "SEK", key: "used-between" };
    const takes = (happens: (call: number) => Promise<unknown>) =>
      stripeSubscriptions(between(stripe, "customers", "createBalanceTransaction", happens)).takeBackCredit(of);
    const lost = () => Promise.reject(new Error("lost"));
    await expect(takes((call) => (call === 1 ? move(400) : lost()))).rejects.toThrow("lost");
    expect(await kept(id)).toBe(400);
    expect(await takes(async () => {})).toBe(600);
    expect(await kept(id)).toBe(0);
    // Whoever asks again hears the same and moves nothing.
    expect(await takes(lost)).toBe(600);
    expect(await kept(id)).toBe(0);
  });

  it("is paid back less what of it has paid for something else", async () => {
    const all = await downgraded("cheaper-spent@example.se");
    const spent = all.credit - 1_000;
    await stripe.customers.createBalanceTransaction(all.member.stripeCustomer, { amount: spent, currency: "sek" });
    await lookAtSubscription(shop.worker(), { subscriptionId: all.member.id });
    const { withdrawalId, refundAmount } = await takeBack(all);
    expect(refundAmount).toBe(49_900 - spent);
    // And what goes between the decision and the call is for a person.
    await stripe.customers.createBalanceTransaction(all.member.stripeCustomer, { amount: 400, currency: "sek" });
    await shop.work();
    expect(await ended(withdrawalId)).toMatchObject({ back: 49_900 - spent, credit: 1_000, taken: 600 });
    const told =
      await sql`select amount::int as amount from alerts where kind = 'withdrawals.credit_spent' and subject = ${withdrawalId}`;
    expect(told).toEqual([{ amount: 400 }]);
  });
});
