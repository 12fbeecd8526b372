import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { creditBuyers, REFUND_FAILS, REFUND_IS_LATE } from "../../scripts/test/credit-buyers.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { recordMoney } from "../audit/index.ts";
import { carryOutReclaim, undoReclaim } from "../credits/index.ts";
import { creditDifferences, reclaimRefund, takeCreditsAnew } from "./index.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "refund")]);
const { sql } = shop;
const { buyer, hear, staff, office } = await creditBuyers(shop);

describe("a refund that fails after it was made", () => {
  it("gives the credits back that it took, once", async () => {
    const one = await buyer(REFUND_FAILS, 20);
    const [order] = await sql`select order_id from payments where id = ${one.paymentId}`;
    // Whoever pays it back is told before what it does to the credits.
    expect(await staff.preview({ orderId: order?.order_id, lines: [] })).toMatchObject({
      credits: { taken: 80, used: 20, topUp: false },
    });
    await shop.stripe.refunds.create({ payment_intent: one.externalId });
    await hear();
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    expect(await one.undecided()).toBe(1);
    await shop.advance("P2D");
    await hear();
    const [refund] = await sql`select id, status from refunds where payment_id = ${one.paymentId}`;
    expect(refund?.status).toBe("failed");
    expect(await one.balance()).toEqual({ available: 80, debt: 0 });
    expect(await one.undecided()).toBe(0);
    await Promise.all([1, 2, 3].map(() => reclaimRefund(shop.worker(), { refundId: refund?.id })));
    expect(await one.balance()).toEqual({ available: 80, debt: 0 });
  });

  it("gives them back also where a release before is the first to look at the payment, which makes nothing follow", async () => {
    const one = await buyer(REFUND_IS_LATE, 20);
    await shop.stripe.refunds.create({ payment_intent: one.externalId });
    await hear();
    const [refund] =
      await sql`update refunds set status = 'succeeded' where payment_id = ${one.paymentId} returning id`;
    const run = () => reclaimRefund(shop.worker(), { refundId: refund?.id });
    const waiting = () =>
      sql`select run_at > now() as later from graphile_worker.jobs where key = ${`checkout.reclaim-refund:${refund?.id}`}`;
    await run();
    await one.standsAt();
    await sql`update refunds set status = 'failed' where id = ${refund?.id}`;
    // Its payment is not known to be ours again: nothing comes back, and it is looked at anew.
    await run();
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    expect(await waiting()).toEqual([{ later: true }]);
    await sql`update payments set status = 'paid', refunded_amount = 0 where id = ${one.paymentId}`;
    await sql`update graphile_worker._private_jobs set run_at = now() where key = ${`checkout.reclaim-refund:${refund?.id}`}`;
    await shop.work();
    expect(await one.balance()).toEqual({ available: 80, debt: 0 });
    expect(await waiting()).toEqual([]);
  });

  it("and is made anew to the same sum is told each time in the log of money, as a part of it is", async () => {
    const [whole, part] = [await buyer(REFUND_FAILS, 0), await buyer(REFUND_FAILS, 0)];
    const back = async ({ externalId }: typeof whole, amount?: number) => {
      await shop.stripe.refunds.create({ payment_intent: externalId, ...(amount ? { amount } : {}) });
      await hear();
      await hear();
    };
    await back(whole);
    await back(part, 300);
    await shop.advance("PT13H");
    await back(part, 200);
    await shop.advance("PT13H");
    await hear();
    await back(part, 300);
    await back(whole);
    const told = async ({ paymentId }: typeof whole) => {
      const rows = await sql`select action, detail from audit_entries where subject = ${paymentId} order by at, id`;
      return rows.map(({ action, detail }) => `${String(action).replace("payments.", "")} ${detail}`);
    };
    expect(await told(whole)).toEqual([
      "paid 1000 SEK",
      "refunded 1000 SEK",
      "refund_failed 0 SEK",
      "refunded 1000 SEK",
    ]);
    expect(await told(part)).toEqual([
      ...["paid 1000 SEK", "partially_refunded 300 SEK", "partially_refunded 500 SEK"],
      ...["partially_refunded 200 SEK", "partially_refunded 500 SEK"],
    ]);
    const before = await told(whole);
    for (const movement of ["paid", "refunded"])
      await recordMoney(shop.worker(), { paymentId: String(whole.paymentId), movement });
    expect(await told(whole)).toEqual(before);
  });

  it("waits two days for its payment, and then a person is told, until that is known to be ours", async () => {
    const one = await buyer(REFUND_IS_LATE, 20);
    await shop.stripe.refunds.create({ payment_intent: one.externalId });
    await hear();
    const [refund] =
      await sql`update refunds set status = 'succeeded' where payment_id = ${one.paymentId} returning id, order_id`;
    const refundId = String(refund?.id);
    await reclaimRefund(shop.worker(), { refundId });
    await one.standsAt();
    await sql`update refunds set status = 'failed' where id = ${refundId}`;
    const jobs = () =>
      sql`select payload from graphile_worker._private_jobs where key = ${`checkout.reclaim-refund:${refundId}`}`;
    const told = async () =>
      (await sql`select subject from alerts where kind = 'checkout.refund_behind' and resolved_at is null`).map(
        ({ subject }) => subject,
      );
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000 - 1_000).toISOString();
    await reclaimRefund(shop.worker(), { refundId, since: ago(1) });
    const [again] = await jobs();
    expect(again?.payload.since.slice(0, 10)).toBe(ago(1).slice(0, 10));
    expect(await told()).toEqual([]);
    await sql`delete from graphile_worker._private_jobs where key = ${`checkout.reclaim-refund:${refundId}`}`;
    for (const _ of [1, 2]) await reclaimRefund(shop.worker(), { refundId, since: ago(2) });
    expect(await jobs()).toEqual([]);
    expect(await told()).toEqual([refund?.order_id]);
    await sql`update payments set status = 'paid', refunded_amount = 0 where id = ${one.paymentId}`;
    await reclaimRefund(shop.worker(), { refundId });
    expect(await told()).toEqual([]);
    expect(await one.balance()).toEqual({ available: 80, debt: 0 });
  });

  it("takes nothing when it has failed before anybody looked", async () => {
    const one = await buyer(REFUND_FAILS, 0);
    await shop.stripe.refunds.create({ payment_intent: one.externalId });
    await shop.advance("P2D");
    await hear();
    expect(await one.balance()).toEqual({ available: 100, debt: 0 });
  });
});

describe("two refunds of parts of one purchase", () => {
  it("take together what they are together, also when the later one ends first", async () => {
    const one = await buyer(REFUND_IS_LATE, 0);
    for (const amount of [335, 665]) {
      await shop.stripe.refunds.create({ payment_intent: one.externalId, amount });
      await hear();
    }
    const [first, later] =
      await sql`select id, status from refunds where payment_id = ${one.paymentId} order by created_at`;
    expect([first?.status, later?.status]).toEqual(["processing", "processing"]);
    await sql`update refunds set status = 'succeeded', completed_at = now() where id = ${later?.id}`;
    await reclaimRefund(shop.worker(), { refundId: later?.id });
    expect(await one.balance()).toEqual({ available: 34, debt: 0 });
    await shop.advance("P2D");
    await hear();
    await Promise.all([first, later].map((row) => reclaimRefund(shop.worker(), { refundId: row?.id })));
    const took =
      await sql`select sum(wanted_credits)::int took from credit_reclaims where customer_id = ${one.customerId}`;
    expect(took).toEqual([{ took: 100 }]);
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
  });

  it.each(["took the whole", "took nothing"])(
    "leave what the other comes to taken when one fails later that %s, whatever runs again",
    async (way) => {
      const one = await buyer(REFUND_IS_LATE, 20);
      for (const amount of [500, 500]) await shop.stripe.refunds.create({ payment_intent: one.externalId, amount });
      await hear();
      const ids = await sql`select id from refunds where payment_id = ${one.paymentId} order by created_at, id`;
      const [a, b] = ids.map(({ id }) => String(id));
      const run = (refundId: string | undefined) => reclaimRefund(shop.worker(), { refundId: refundId ?? "" });
      const end = async (status: string, id = "") => {
        await sql`update refunds set status = ${status} where id = ${id}`;
        await one.standsAt();
      };
      await Promise.all([end("succeeded", a), end("succeeded", b)]);
      for (const id of [b, a]) await run(id);
      expect(await one.balance()).toEqual({ available: 0, debt: 0 });
      // The bank returns one of them: the customer has used 20 of the 50 that are left to them.
      const [failed, stands] = way === "took the whole" ? [b, a] : [a, b];
      await end("failed", failed);
      await Promise.all([failed, stands, failed].map(run));
      expect(await one.balance()).toEqual({ available: 30, debt: 0 });
      expect(await one.undecided()).toBe(0);
      await end("failed", stands);
      for (const id of [stands, failed, stands]) await run(id);
      expect(await one.balance()).toEqual({ available: 80, debt: 0 });
      expect(await one.undecided()).toBe(0);
    },
  );

  it("are found and put right where a release before gave all back when one of them failed", async () => {
    const one = await buyer(REFUND_IS_LATE, 20);
    for (const amount of [500, 500]) await shop.stripe.refunds.create({ payment_intent: one.externalId, amount });
    await hear();
    const [a, b] = await sql`update refunds set status = 'succeeded' where payment_id = ${one.paymentId}
      returning id, order_id as "orderId"`;
    await reclaimRefund(shop.worker(), { refundId: b?.id });
    await sql`update refunds set status = 'failed' where id = ${b?.id}`;
    const named = async () => {
      const { found } = await creditDifferences(shop.worker(), { after: "" });
      return found.filter(({ customerId }) => customerId === one.customerId);
    };
    // The payment has not been looked at: nothing is said of it.
    expect(await named()).toEqual([]);
    const [taken] = await sql`select key from credit_reclaims where customer_id = ${one.customerId}`;
    await shop.worker().db.transaction((tx) => undoReclaim(tx, { key: taken?.key }));
    await sql`update payments set status = 'partially_refunded' where id = ${one.paymentId}`;
    expect(await named()).toMatchObject([{ orderId: a?.orderId, paidBack: 50, taken: 0 }]);
    for (const _ of [1, 2]) await takeCreditsAnew(shop.worker(), { orderId: a?.orderId });
    expect(await one.balance()).toEqual({ available: 30, debt: 0 });
    expect(await named()).toEqual([]);
  });

  it.each([
    ["debt", 70],
    ["let_go", 0],
  ] as const)(
    "keep what staff decided (%s) for as much as is left of it, when another fails that took it too",
    async (decision, owed) => {
      const one = await buyer(REFUND_IS_LATE, 70);
      for (const amount of [500, 500]) await shop.stripe.refunds.create({ payment_intent: one.externalId, amount });
      await hear();
      const ids = await sql`update refunds set status = 'succeeded' where payment_id = ${one.paymentId} returning id`;
      const run = (refundId: unknown) => reclaimRefund(shop.worker(), { refundId: String(refundId) });
      for (const { id } of ids) await run(id);
      const [asked] =
        await sql`select id from credit_reclaims where customer_id = ${one.customerId} and spent_credits > 0`;
      await office.decideReclaim({ id: asked?.id, decision, reason: "as agreed" });
      await shop.work();
      expect(await one.balance()).toEqual({ available: 0, debt: owed });
      const fails = async (failing: unknown) => {
        await sql`update refunds set status = 'failed' where id = ${String(failing)}`;
        await one.standsAt();
        for (const { id } of ids) await run(id);
        const due =
          await sql`select id from credit_reclaims where customer_id = ${one.customerId} and undone_at is null`;
        for (const { id } of due) await carryOutReclaim(shop.worker(), { reclaimId: id });
      };
      await fails(ids[0]?.id);
      expect(await one.balance()).toEqual({ available: 0, debt: owed && 20 });
      const standing = await sql`select spent_credits::int spent, decision, decision_reason reason from credit_reclaims
      where customer_id = ${one.customerId} and undone_at is null and spent_credits > 0`;
      expect(standing).toEqual([{ spent: 20, decision, reason: "as agreed" }]);
      await fails(ids[1]?.id);
      expect(await one.balance()).toEqual({ available: 30, debt: 0 });
      expect(await one.undecided()).toBe(0);
    },
  );

  it("ask staff only about what they have not decided, and say what they have", async () => {
    const one = await buyer(REFUND_IS_LATE, 90);
    for (const amount of [100, 100, 100, 700])
      await shop.stripe.refunds.create({ payment_intent: one.externalId, amount });
    await hear();
    const rows = await sql`select id from refunds where payment_id = ${one.paymentId} order by amount, created_at, id`;
    const [a, b, c, d] = rows.map(({ id }) => String(id));
    const run = async (among: (string | undefined)[], status: string) => {
      const ids = among.map(String);
      await sql`update refunds set status = ${status} where id = any(${ids})`;
      await one.standsAt();
      for (const id of ids) await reclaimRefund(shop.worker(), { refundId: id });
    };
    const waiting = async () => {
      const { reclaims } = await office.overview();
      return reclaims.filter(({ customerId }) => customerId === one.customerId);
    };
    const asked = async () =>
      (await waiting()).map(({ spentCredits, decidedCredits }) => [spentCredits, decidedCredits]);
    await run([a, b], "succeeded");
    expect(await asked()).toEqual([[10, 0]]);
    await office.decideReclaim({ id: (await waiting())[0]?.id ?? "", decision: "let_go", reason: "as agreed" });
    await run([c, d], "succeeded");
    expect(await asked()).toEqual([[80, 10]]);
    // What the first and the third had taken for the others is asked for anew: all 10 unspent ones, and 70 of the others.
    await run([a, c], "failed");
    expect(await asked()).toEqual([[60, 10]]);
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
  });
});
