import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { creditBuyers, GOOD, REFUND_FAILS, REFUND_IS_LATE } from "../../scripts/test/credit-buyers.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { followDispute } from "./follow-dispute.ts";
import { reclaimRefund } from "./index.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "refund")]);
const { sql } = shop;
const { buyer, hear, caller } = await creditBuyers(shop);

describe("a payment that its cardholder disputes", () => {
  it("takes the unspent credits of that purchase at once, and lost they stay away", async () => {
    const one = await buyer(GOOD, 30);
    await one.dispute();
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    expect(await one.undecided()).toBe(1);
    const spending = one.browser.caller.credits.consume({ credits: 1, reason: "more", idempotencyKey: "more" });
    await expect(spending).rejects.toMatchObject({ message: expect.stringContaining("credits") });
    await shop.advance("P20D");
    await hear();
    await Promise.all([1, 2, 3].map(() => followDispute(shop.worker(), { paymentId: one.paymentId })));
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    expect(await one.undecided()).toBe(1);
  });

  it("gives them back when it is won, however often that is told", async () => {
    const one = await buyer(GOOD, 30);
    await one.dispute();
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    await one.win();
    await Promise.all([1, 2, 3].map(() => followDispute(shop.worker(), { paymentId: one.paymentId })));
    expect(await one.balance()).toEqual({ available: 70, debt: 0 });
    expect(await one.undecided()).toBe(0);
  });

  it("takes what a refund comes to that was made meanwhile, once it is won", async () => {
    const one = await buyer(REFUND_IS_LATE, 30);
    await shop.stripe.refunds.create({ payment_intent: one.externalId, amount: 500 });
    await hear();
    await one.dispute();
    await shop.advance("P2D");
    await hear();
    const [made] = await sql`select r.id, r.status, p.status paid from refunds r join payments p on p.id = r.payment_id
      where p.id = ${one.paymentId}`;
    expect(made).toMatchObject({ status: "succeeded", paid: "disputed" });
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    await one.win();
    await Promise.all([
      ...[1, 2, 3].map(() => followDispute(shop.worker(), { paymentId: one.paymentId })),
      reclaimRefund(shop.worker(), { refundId: made?.id }),
    ]);
    expect(await one.balance()).toEqual({ available: 20, debt: 0 });
    expect(await one.undecided()).toBe(0);
  });

  it("is not made good from the same card by itself", async () => {
    const one = await buyer(GOOD, 0);
    const topUp = { below: 50, productId: "credits-100", quantity: 1, currency: "SEK" as const };
    await one.browser.caller.checkout.credits.saveSettings({ topUp: { ...topUp, dailyCap: 9_000, monthlyCap: 9_000 } });
    await shop.work();
    await one.dispute();
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    const [row] =
      await sql`select stopped_reason, (select count(*)::int from checkouts c where c.customer_id = s.customer_id
      and c.top_up_card is not null) as tried from credit_settings s where customer_id = ${one.customerId}`;
    expect(row).toEqual({ stopped_reason: "disputed", tried: 0 });
  });
});

describe("a second dispute that is open by the time that anybody looks", () => {
  it("leaves the first its place in the history and in the log, however often that is looked at", async () => {
    const one = await buyer(GOOD, 30);
    const [charge] = (await shop.stripe.charges.list({ payment_intent: one.externalId })).data;
    const open = () =>
      shop.sandbox.control(`charges/${charge?.id}/dispute`, { body: { kind: "product_not_received" } });
    const answer = async () => {
      const { data } = await shop.stripe.disputes.list({ payment_intent: one.externalId });
      await shop.stripe.disputes.update(data[0]?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
      await shop.advance("P20D");
    };
    const told = async () => {
      const steps = await sql`select event from payment_transitions where subject_id = ${one.paymentId} order by id`;
      const entries =
        await sql`select action from audit_entries where subject = ${one.paymentId} and action like '%disput%' order by at, id`;
      return {
        steps: steps.map(({ event }) => event).filter((event) => String(event).startsWith("dispute")),
        entries: entries.map(({ action }) => String(action).replace("payments.", "")).toSorted(),
      };
    };
    // One was won and another opened, and nobody has been told of either.
    await open();
    await answer();
    await open();
    await hear();
    expect(await told()).toEqual({
      steps: ["disputed", "dispute_won", "disputed"],
      entries: ["dispute_won", "disputed", "disputed"],
    });
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    // The second is won, and a third opened.
    await answer();
    await open();
    await hear();
    await hear();
    expect(await told()).toEqual({
      steps: ["disputed", "dispute_won", "disputed", "dispute_won", "disputed"],
      entries: ["dispute_won", "dispute_won", "disputed", "disputed", "disputed"],
    });
    const [row] = await sql`select status from payments where id = ${one.paymentId}`;
    expect(row?.status).toBe("disputed");
    await answer();
    await hear();
    expect((await told()).steps).toHaveLength(6);
    expect(await one.balance()).toEqual({ available: 70, debt: 0 });
  });
});

describe("a refund that fails of a payment whose dispute was lost", () => {
  it("does not stop top-ups anew that their owner has switched on since", async () => {
    const one = await buyer(REFUND_IS_LATE, 0);
    const credits = one.browser.caller.checkout.credits;
    const topUp = { below: 1, productId: "credits-100", quantity: 1, currency: "SEK" as const };
    const settings = { topUp: { ...topUp, dailyCap: 9_000, monthlyCap: 9_000 } };
    await credits.saveSettings(settings);
    await shop.stripe.refunds.create({ payment_intent: one.externalId, amount: 500 });
    await hear();
    const [refund] =
      await sql`update refunds set status = 'succeeded' where payment_id = ${one.paymentId} returning id`;
    const look = () => reclaimRefund(shop.worker(), { refundId: refund?.id });
    await look();
    await one.standsAt(true);
    const stopped = async () =>
      (await sql`select stopped_reason from credit_settings where customer_id = ${one.customerId}`)[0]?.stopped_reason;
    expect(await stopped()).toBe("refunded");
    await credits.saveSettings(settings);
    await sql`update refunds set status = 'failed' where id = ${refund?.id}`;
    await look();
    expect(await stopped()).toBeNull();
    // Disputed anew it is another matter.
    await one.standsAt();
    await one.standsAt(true);
    expect(await stopped()).toBe("disputed");
  });
});

describe("a refund that fails of a payment that is disputed", () => {
  const alertsOf = (externalId: string) => sql`select amount::int, currency, resolved_at from alerts
    where kind = 'payments.refund_returned' and starts_with(subject, ${externalId})`;
  const statesOf = async (paymentId: string) =>
    (
      await sql`select r.status, p.status paid from refunds r join payments p on p.id = r.payment_id where p.id = ${paymentId}`
    )[0];
  /** What waits for staff of what this pays for, and of its refund. */
  async function waiting(paymentId: string) {
    const [of] = await sql`select p.order_id, r.id from payments p join refunds r on r.payment_id = p.id
      where p.id = ${paymentId}`;
    const { items } = await caller.overview.workQueue();
    return items.filter(({ id, detail }) => id === of?.order_id || detail?.includes(of?.id));
  }
  const seenTo = (externalId: string) =>
    sql`update alerts set resolved_at = now() where starts_with(subject, ${externalId})`;

  // All of it: the payment is not seen to be disputed before that has failed.
  it.each([
    [500, 20],
    [1_000, 0],
  ])("gives nothing back before the dispute ends, and all of it once that is won: of %i", async (amount, left) => {
    const one = await buyer(REFUND_FAILS, 30);
    await shop.stripe.refunds.create({ payment_intent: one.externalId, amount });
    await hear();
    expect(await one.balance()).toEqual({ available: left, debt: 0 });
    await one.dispute();
    await shop.advance("P2D");
    await hear();
    expect(await statesOf(one.paymentId)).toEqual({ status: "failed", paid: "disputed" });
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    // It cannot go back the way it went: a person sees to it, and says so when it is done.
    expect(await alertsOf(one.externalId)).toEqual([{ amount, currency: "SEK", resolved_at: null }]);
    expect(await waiting(one.paymentId)).toEqual([expect.objectContaining({ kind: "alert", amount })]);
    await one.win();
    expect(await alertsOf(one.externalId)).toHaveLength(1);
    expect(await one.balance()).toEqual({ available: 70, debt: 0 });
    expect(await one.undecided()).toBe(0);
    await seenTo(one.externalId);
  });

  it("before it is disputed, is laid before a person as soon as it is, once", async () => {
    const one = await buyer(REFUND_FAILS, 30);
    await shop.stripe.refunds.create({ payment_intent: one.externalId, amount: 500 });
    await shop.advance("P2D");
    await hear();
    expect(await statesOf(one.paymentId)).toEqual({ status: "failed", paid: "paid" });
    expect(await waiting(one.paymentId)).toEqual([expect.objectContaining({ kind: "refund_failed" })]);
    expect(await alertsOf(one.externalId)).toEqual([]);
    await one.dispute();
    expect(await alertsOf(one.externalId)).toEqual([{ amount: 500, currency: "SEK", resolved_at: null }]);
    expect(await waiting(one.paymentId)).toEqual([expect.objectContaining({ kind: "alert", amount: 500 })]);
    await seenTo(one.externalId);
    await Promise.all([1, 2].map(() => followDispute(shop.worker(), { paymentId: one.paymentId })));
    expect(await alertsOf(one.externalId)).toHaveLength(1);
  });

  const ORDERS = [
    ...["refund dispute fail won", "refund dispute fail lost", "refund dispute won fail", "dispute refund won fail"],
    ...["refund fail dispute won", "refund fail dispute lost", "dispute refund fail lost", "dispute won refund fail"],
  ];
  it.each(ORDERS.flatMap((order) => [500, 1_000].map((amount) => [order, amount] as const)))(
    "in the order %s, of %i: what may be spent is what is true, after every step",
    async (order, amount) => {
      const one = await buyer(REFUND_IS_LATE, 30);
      await shop.stripe.refunds.create({ payment_intent: one.externalId, amount });
      await hear();
      const [refund] = await sql`select id from refunds where payment_id = ${one.paymentId}`;
      const now = { made: false, disputed: false };
      const end = async (status: "succeeded" | "failed") => {
        now.made = status === "succeeded";
        await sql`update refunds set status = ${status} where id = ${refund?.id}`;
        await reclaimRefund(shop.worker(), { refundId: refund?.id });
      };
      for (const step of order.split(" ")) {
        if (step === "refund") await end("succeeded");
        if (step === "fail") await end("failed");
        if (step === "dispute") now.disputed = true;
        if (step === "won") now.disputed = false;
        // What is paid back whole is not seen to be disputed.
        const seen = now.disputed && !(now.made && amount === 1_000);
        await one.standsAt(seen);
        for (const _ of [1, 2]) await reclaimRefund(shop.worker(), { refundId: refund?.id });
        const left = now.disputed ? 0 : 70 - (now.made ? Math.min(70, amount / 10) : 0);
        expect(await one.balance(), step).toEqual({ available: left, debt: 0 });
      }
      expect(await one.undecided()).toBe(now.disputed ? 1 : 0);
    },
  );
});
