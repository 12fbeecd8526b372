import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import type { TestPurchase } from "../../scripts/test/test-purchases.ts";
import { testWithdrawals } from "../../scripts/test/withdrawals.ts";
import { reopenWithdrawals } from "./index.ts";

const shop = await testCheckoutShop({}, [setByHand("fulfilment")]);
const { sql, stripe } = shop;
const { formKey, refused, finance, order, orderTwo, withdraw, takenBack, outcome, options } = testWithdrawals(shop);

const paymentOf = async ({ checkoutId }: TestPurchase) => {
  const [paid] = await sql`select p.external_id as id from payments p join orders o on o.id = p.order_id
    where o.checkout_id = ${checkoutId}`;
  return String(paid?.id);
};
const told = new Set<string>();
/** What the provider has said since, in its order. */
async function hear(): Promise<void> {
  for (const event of (await stripe.events.list({ limit: 100 })).data.toReversed()) {
    if (!told.has(event.id)) await shop.receive(event);
    told.add(event.id);
  }
  await shop.work();
}
async function dispute(purchase: TestPurchase): Promise<void> {
  const { data } = await stripe.charges.list({ payment_intent: await paymentOf(purchase) });
  await shop.sandbox.control(`charges/${data[0]?.id}/dispute`, { body: { kind: "product_not_received" } });
  await hear();
}

describe("a membership that was taken back", () => {
  it("whose dispute is lost is closed by staff, who pay nothing back: the bank has", async () => {
    const purchase = await order("test-kund");
    await dispute(purchase);
    const { id } = await withdraw(purchase);
    await shop.work();
    const { withdrawals } = await finance();
    await shop.advance("P20D");
    await hear();
    expect(await withdrawals.preview({ id })).toMatchObject({ standing: "disputed", whole: 0 });
    // Approved before it is known how it ends: a person looks again.
    await withdrawals.approve({ id, reason: "it was won, I think" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", why: "refund_failed" } });
    const reason = "the dispute was lost";
    const answers = await Promise.allSettled([1, 2].map(() => withdrawals.closeDisputed({ id, reason })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" }, refunds: [], atStripe: [] });
    const acts = await sql`select action from audit_entries where subject = ${id} order by at, id`;
    expect(acts.map(({ action }) => action)).toEqual(["withdrawals.approve", "withdrawals.close_disputed"]);
    // And the buyer is told so: nothing is on its way.
    expect((await options(purchase)).withdrawals).toMatchObject([{ refusal: "paid_by_bank" }]);
    // Won, or never disputed: it is paid back from here.
    const other = await order("test-kund");
    await dispute(other);
    const second = await withdraw(other);
    await shop.work();
    const { data } = await stripe.disputes.list({ payment_intent: await paymentOf(other) });
    await stripe.disputes.update(data[0]?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
    await shop.advance("P20D");
    await hear();
    await expect(withdrawals.closeDisputed({ id: second.id, reason })).rejects.toEqual(
      refused("withdrawals.not_disputed"),
    );
    await withdrawals.approve({ id: second.id, reason: "the dispute was won" });
    await shop.work();
    expect(await outcome(other)).toMatchObject({ withdrawal: { status: "refunded" }, payment: "refunded" });
  });

  it("is laid before staff again where its dispute is won after they closed it", async () => {
    const purchase = await order("test-kund");
    await dispute(purchase);
    const { id } = await withdraw(purchase);
    await shop.work();
    const { withdrawals } = await finance();
    // Nothing tells yet how it ends.
    await withdrawals.closeDisputed({ id, reason: "I think that it is lost" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" }, atStripe: [] });
    const { data } = await stripe.disputes.list({ payment_intent: await paymentOf(purchase) });
    await stripe.disputes.update(data[0]?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
    await shop.advance("P20D");
    await hear();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", why: "disputed" } });
    expect((await options(purchase)).withdrawals).toMatchObject([{ refusal: null }]);
    await withdrawals.approve({ id, reason: "the dispute was won" });
    await shop.work();
    const [paid] = await sql`select p.id from payments p join orders o on o.id = p.order_id
      where o.checkout_id = ${purchase.checkoutId}`;
    await Promise.all([1, 2].map(() => reopenWithdrawals(shop.worker(), { paymentId: String(paid?.id) })));
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" }, payment: "refunded" });
    expect((await outcome(purchase)).atStripe).toHaveLength(1);
  });

  it("whose money went back in another way is done once a person has looked", async () => {
    const purchase = await order("test-kund");
    await stripe.refunds.create({ payment_intent: await paymentOf(purchase) });
    await hear();
    const { id } = await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", why: "refund_failed" } });
    const { withdrawals } = await finance();
    expect(await withdrawals.preview({ id })).toMatchObject({ standing: "paid", whole: 0 });
    await withdrawals.approve({ id, reason: "it was paid back at Stripe" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" }, payment: "refunded" });
    expect((await outcome(purchase)).atStripe).toHaveLength(1);
  });
});

describe("goods that come back worth less, of which a part went back in another way before", () => {
  const reason = "The strap was cut.";
  const plain = (text: unknown) => String(text).replaceAll(/\s+/g, " ");
  async function failOnce(approve: () => Promise<unknown>) {
    const calls = [{ method: "POST", path: "/v1/refunds", times: 1, kind: "error", status: 400 }];
    await shop.sandbox.control("faults", { body: { calls } });
    await approve();
    await shop.work();
    await shop.sandbox.control("faults", { method: "DELETE" });
  }
  async function partlyBack() {
    const bag = await takenBack();
    await stripe.refunds.create({ payment_intent: await paymentOf(bag), amount: 10_000 });
    await hear();
    return { ...bag, left: bag.whole - 10_000 };
  }

  it("are told of with what was taken off, and not with what the buyer had already", async () => {
    const { id, whole, left, ...purchase } = await partlyBack();
    const { withdrawals } = await finance();
    expect(await withdrawals.preview({ id })).toMatchObject({ whole: left, amount: left, problem: null });
    await withdrawals.approve({ id, reason, amount: left - 5_000 });
    await shop.work();
    await hear();
    expect(await outcome(purchase)).toMatchObject({
      ...{ refunded: whole - 5_000, withdrawal: { status: "refunded", amount: whole - 5_000 } },
      atStripe: expect.arrayContaining([10_000, left - 5_000]),
    });
    const [letter] = await sql`select text from emails where dedupe_key like ${`withdrawal-lowered:${id}:%`}`;
    expect(plain(letter?.text)).toContain("med ett avdrag på 50,00 kr");
    const [shown] = (await options(purchase)).withdrawals;
    expect((shown?.wholeAmount ?? 0) - (shown?.refundAmount ?? 0)).toBe(5_000);
  });

  it("are owed what staff decided also where the bank refuses it first, and are done once that was paid", async () => {
    const { id, left, ...purchase } = await partlyBack();
    const { withdrawals } = await finance();
    await failOnce(() => withdrawals.approve({ id, reason, amount: left - 5_000 }));
    expect(await withdrawals.preview({ id })).toMatchObject({ whole: left - 5_000 });
    await withdrawals.approve({ id, reason: "try it again" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" } });
    expect((await outcome(purchase)).atStripe.toSorted()).toEqual([10_000, left - 5_000].toSorted());
  });

  it("are owed so also where staff had paid back one of two pieces meanwhile", async () => {
    const { id, ...purchase } = await takenBack(await orderTwo("bottle"));
    const caller = await finance();
    const [line] = await sql`select l.id, l.order_id, l.unit_amount::int as unit from order_lines l
      join orders o on o.id = l.order_id where o.checkout_id = ${purchase.checkoutId}`;
    const unit = Number(line?.unit);
    const one = { orderId: String(line?.order_id), lines: [{ orderLineId: String(line?.id), quantity: 1 }] };
    const wish = { ...one, reason: "it leaked", shownAmount: unit, formKey: formKey() };
    await caller.payments.refunds.request(wish);
    await shop.work();
    await failOnce(() => caller.withdrawals.approve({ id, reason, amount: unit - 1_000 }));
    expect(await caller.withdrawals.preview({ id })).toMatchObject({ whole: unit - 1_000 });
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", amount: 2 * unit - 1_000 } });
    await caller.withdrawals.approve({ id, reason: "try it again" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({
      ...{ refunded: 2 * unit - 1_000, withdrawal: { status: "refunded", amount: 2 * unit - 1_000 } },
      refunds: expect.arrayContaining([{ status: "failed", amount: unit - 1_000 }]),
    });
  });

  it("are paid back with all that is left where staff name that, which is no deduction, and never with more", async () => {
    const { id, whole, left, ...purchase } = await partlyBack();
    const { withdrawals } = await finance();
    for (const amount of [left + 1, whole])
      await expect(withdrawals.approve({ id, reason, amount })).rejects.toEqual(refused("withdrawals.more_than_owed"));
    await withdrawals.approve({ id, reason, amount: left });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ refunded: whole, withdrawal: { status: "refunded" } });
    expect(await sql`select 1 from emails where dedupe_key like ${`withdrawal-lowered:${id}:%`}`).toEqual([]);
    const acts = await sql`select action from audit_entries where subject = ${id}`;
    expect(acts.map(({ action }) => action)).toEqual(["withdrawals.approve"]);
  });
});
