import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testWithdrawals } from "../../scripts/test/withdrawals.ts";
import { refundWithdrawal, settleWithdrawal } from "./index.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "withdrawal", "fulfilment")]);
const { sql } = shop;
const { refused, finance, order, withdraw, takenBack, outcome, options } = testWithdrawals(shop);

const letters = (id: string) =>
  sql`select template, subject, text from emails where dedupe_key like ${`withdrawal-lowered:${id}:%`} order by created_at`;
const plain = (text: unknown) => String(text).replaceAll(/\s+/g, " ");
const reason = "The strap was cut, and the bag smells of smoke.";

describe("goods that come back worth less", () => {
  it("are paid back by what staff name, once; the buyer is told how much less and why, and so are the log and the order", async () => {
    const { id, whole, ...purchase } = await takenBack();
    const caller = await finance();
    const less = whole - 10_000;
    expect(await caller.withdrawals.preview({ id })).toMatchObject({ whole, amount: whole, least: 1, problem: null });
    const shown = await caller.withdrawals.preview({ id, amount: less });
    expect(shown).toMatchObject({ whole, amount: less, currency: "SEK", card: { last4: "4242" }, problem: null });
    const answers = await Promise.allSettled(
      [1, 2].map(() => caller.withdrawals.approve({ id, reason, amount: less })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await shop.work();
    expect(await outcome(purchase)).toEqual({
      payment: "partially_refunded",
      refunded: less,
      withdrawal: { status: "refunded", amount: less, why: "goods_to_return" },
      refunds: [{ status: "succeeded", amount: less }],
      atStripe: [less],
    });
    const [letter, ...more] = await letters(id);
    expect(more).toEqual([]);
    const kronor = (amount: number) => `${amount / 100},00 kr`;
    expect(plain(letter?.subject)).toContain(`Vi betalar tillbaka ${kronor(less)}`);
    expect(plain(letter?.text)).toContain(`${kronor(whole)} med ett avdrag på 100,00 kr`);
    expect(plain(letter?.text)).toContain(reason);
    const [act] = await sql`select action, reason, detail, actor from audit_entries where subject = ${id}`;
    expect(act).toMatchObject({ action: "withdrawals.approve_less", reason, detail: `${less} SEK` });
    const { orderId, withdrawals } = await options(purchase);
    expect(withdrawals).toMatchObject([{ refundAmount: less, wholeAmount: whole, refusal: reason }]);
    const { timeline } = await caller.orders.get({ id: orderId });
    const told = timeline.map(({ what, event, cause }) => ({ what, event, cause }));
    expect(told).toEqual(
      expect.arrayContaining([
        { what: "withdrawal", event: "approved", cause: reason },
        { what: "staff", event: "withdrawals.approve_less", cause: reason },
        expect.objectContaining({ what: "mail", event: "withdrawal-lowered" }),
      ]),
    );
    // Whatever runs again, and whoever presses again: the same.
    const [refund] = await sql`select id, idempotency_key as key from refunds where withdrawal_id = ${id}`;
    expect(refund?.key).toMatch(new RegExp(`^withdrawal:${id}:pay_[^:]+:0$`));
    await Promise.all([
      refundWithdrawal(shop.worker(), { withdrawalId: id }),
      settleWithdrawal(shop.worker(), { refundId: String(refund?.id) }),
    ]);
    await shop.work();
    expect((await outcome(purchase)).atStripe).toEqual([less]);
    expect(await letters(id)).toHaveLength(1);
  });

  it("are never paid back with more than is owed, nor with nothing, nor by support, nor without a reason", async () => {
    const { id, whole, ...purchase } = await takenBack();
    const { withdrawals } = await finance();
    await expect(withdrawals.approve({ id, reason, amount: whole + 1 })).rejects.toEqual(
      refused("withdrawals.more_than_owed"),
    );
    expect(await withdrawals.preview({ id, amount: whole + 1 })).toMatchObject({ problem: "too_much" });
    for (const amount of [0, -1, 0.5]) {
      await expect(withdrawals.approve({ id, reason, amount })).rejects.toMatchObject({ code: "BAD_REQUEST" });
      await expect(withdrawals.preview({ id, amount })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    await expect(withdrawals.approve({ id, reason: " ", amount: 100 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const session = { ...(await shop.member("support@kraftverk.test")), staffRole: "support" as const };
    const support = shop.browser({ session }).caller.withdrawals;
    await expect(support.approve({ id, reason, amount: 100 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review" }, refunds: [] });
    // The whole sum, named: as if none had been.
    await withdrawals.approve({ id, reason: "it is as it was", amount: whole });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({
      refunded: whole,
      withdrawal: { status: "refunded", amount: whole },
    });
    expect(await letters(id)).toEqual([]);
    const acts = await sql`select action from audit_entries where subject = ${id}`;
    expect(acts.map(({ action }) => action)).toEqual(["withdrawals.approve"]);
  });

  it("are owed the lower sum also where the bank refuses it first, and staff may take off more then", async () => {
    const { id, whole, ...purchase } = await takenBack();
    const { withdrawals } = await finance();
    const calls = [{ method: "POST", path: "/v1/refunds", times: 1, kind: "error", status: 400 }];
    await shop.sandbox.control("faults", { body: { calls } });
    await withdrawals.approve({ id, reason, amount: whole - 5_000 });
    await shop.work();
    await shop.sandbox.control("faults", { method: "DELETE" });
    expect(await outcome(purchase)).toMatchObject({
      withdrawal: { status: "needs_review", amount: whole - 5_000, why: "refund_failed" },
      refunds: [{ status: "failed" }],
    });
    expect(await withdrawals.preview({ id })).toMatchObject({ whole: whole - 5_000, least: 1 });
    await expect(withdrawals.approve({ id, reason, amount: whole })).rejects.toEqual(
      refused("withdrawals.more_than_owed"),
    );
    await withdrawals.approve({ id, reason: "and a zip is gone", amount: whole - 7_000 });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({
      withdrawal: { status: "refunded", amount: whole - 7_000 },
      atStripe: [whole - 7_000],
    });
    expect((await letters(id)).map(({ text }) => plain(text).includes("zip"))).toEqual([false, true]);
  });

  it("are paid back so also where the bank has done it before our own job comes", async () => {
    const { id, whole, ...purchase } = await takenBack();
    await (await finance()).withdrawals.approve({ id, reason, amount: whole - 100 });
    const [job] = await sql`delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = 'withdrawals.refund' returning j.payload`;
    expect(job?.payload).toMatchObject({ withdrawalId: id });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded", amount: whole - 100 } });
    await refundWithdrawal(shop.worker(), { withdrawalId: id });
    await shop.work();
    expect((await outcome(purchase)).atStripe).toEqual([whole - 100]);
    expect(await letters(id)).toHaveLength(1);
  });
});

it("a membership that was taken back is not paid back with less: the rules have counted its days", async () => {
  const purchase = await order("test-kund");
  await sql`update payments set status = 'disputed' where order_id = (select id from orders where checkout_id = ${purchase.checkoutId})`;
  const { id } = await withdraw(purchase);
  await shop.work();
  await sql`update payments set status = 'paid' where order_id = (select id from orders where checkout_id = ${purchase.checkoutId})`;
  const { withdrawals } = await finance();
  const { whole, least } = await withdrawals.preview({ id });
  expect([whole > 0, least]).toEqual([true, whole]);
  await expect(withdrawals.approve({ id, reason, amount: whole - 1 })).rejects.toEqual(
    refused("withdrawals.less_than_owed"),
  );
});
