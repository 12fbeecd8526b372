import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { carryOutReclaim, undoReclaim } from "../credits/index.ts";
import { reactions } from "../events.ts";
import { converge } from "../kernel/machine.ts";
import { type PaymentStatus, paymentMachine } from "../payments/payment-status.ts";
import { followDispute } from "./follow-dispute.ts";
import { convergeCheckout, creditDifferences, reclaimRefund, takeCreditsAnew } from "./index.ts";
import { followDisputeJob } from "./jobs.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "refund")]);
const { sql } = shop;
const session = { ...(await shop.member("finance@kraftverk.test")), staffRole: "finance" as const };
await sql`update users set staff_role = 'finance' where id = ${session.userId}`;
const caller = shop.browser({ session }).caller;
const [staff, office] = [caller.payments.refunds, caller.credits.office];
const REFUND_IS_LATE = "4000 0000 0000 7726";
const REFUND_FAILS = "4000 0000 0000 5126";
const GOOD = "4242 4242 4242 4242";

let people = 0;
const told = new Set<string>();
/** Hands everything to the inbox that the provider has to say and has not said yet, and lets it be worked off. */
async function hear(): Promise<void> {
  const { data } = await shop.stripe.events.list({ limit: 100 });
  for (const event of data.toReversed()) {
    if (told.has(event.id)) continue;
    told.add(event.id);
    await shop.receive(event);
  }
  await shop.work();
}

/** Somebody who bought 100 credits with a card and used some of them. */
async function buyer(card: string, used: number) {
  const owner = await shop.member(`pengar${++people}@example.se`);
  const browser = shop.browser({ session: { ...owner, authenticatedAt: new Date() } });
  const opened = await browser.caller.checkout.buyCredits({ quantity: 1, currency: "SEK", keepCard: true });
  if (opened.outcome !== "open") throw new Error(opened.outcome);
  await shop.pay(opened.url, { card });
  await convergeCheckout(shop.worker(), { stripeSessionId: opened.sessionId });
  await shop.work();
  const { credits } = await browser.caller.checkout.status({ ref: opened.ref });
  expect(credits).toEqual({ bought: 100, available: 100 });
  // Whoever else holds the link is told what was bought, not what its owner has.
  const stranger = await shop.browser().caller.checkout.status({ ref: opened.ref });
  expect(stranger.credits).toEqual({ bought: 100, available: null });
  if (used > 0)
    await browser.caller.credits.consume({ credits: used, reason: "work", idempotencyKey: `used ${people}` });
  const [payment] = await sql`select id, external_id from payments where customer_id = ${owner.customerId}`;
  /** The cardholder asks the bank for the money back, and we are told. */
  const dispute = async () => {
    const { data } = await shop.stripe.charges.list({ payment_intent: payment?.external_id });
    await shop.sandbox.control(`charges/${data[0]?.id}/dispute`, { body: { kind: "product_not_received" } });
    await hear();
  };
  /** The bank takes our side, and we are told. */
  const win = async () => {
    const { data } = await shop.stripe.disputes.list({ payment_intent: payment?.external_id });
    await shop.stripe.disputes.update(data[0]?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
    await shop.advance("P20D");
    await hear();
  };
  return {
    ...{
      dispute,
      win,
      browser,
      customerId: owner.customerId ?? "",
      paymentId: payment?.id,
      externalId: payment?.external_id,
    },
    /** What a look at the provider says of the payment: disputed, or as its refunds stand; and what follows of that. */
    standsAt: async (disputed = false) => {
      const to = disputed ? "disputed" : await refundedAs(payment?.id);
      const steps = await shop
        .worker()
        .db.transaction((tx) => converge(tx, paymentMachine, { id: payment?.id, to, cause: "test" }));
      const followed = steps.flatMap((step) => reactions[`payment.${step}`] ?? []);
      if (followed.some(({ job }) => job.name === followDisputeJob.name))
        await followDispute(shop.worker(), { paymentId: payment?.id });
    },
    balance: async () => {
      const { available, debt } = await browser.caller.credits.balance({});
      return { available, debt };
    },
    undecided: async () => {
      const [row] = await sql`select count(*)::int n from credit_reclaims
        where customer_id = ${owner.customerId} and decision is null and undone_at is null and spent_credits > 0`;
      return row?.n;
    },
  };
}

async function refundedAs(paymentId: string): Promise<PaymentStatus> {
  const [row] = await sql`select p.amount::int, coalesce(sum(r.amount), 0)::int back from payments p
    left join refunds r on r.payment_id = p.id and r.status = 'succeeded' where p.id = ${paymentId} group by p.id`;
  if (row?.back === 0) return "paid";
  return row?.back === row?.amount ? "refunded" : "partially_refunded";
}

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

describe("a refund that fails of a payment that is disputed", () => {
  it("gives nothing back before the dispute ends, and all of it once that is won", async () => {
    const one = await buyer(REFUND_FAILS, 30);
    await shop.stripe.refunds.create({ payment_intent: one.externalId, amount: 500 });
    await hear();
    expect(await one.balance()).toEqual({ available: 20, debt: 0 });
    await one.dispute();
    await shop.advance("P2D");
    await hear();
    const [failed] = await sql`select r.status, p.status paid from refunds r join payments p on p.id = r.payment_id
      where p.id = ${one.paymentId}`;
    expect(failed).toEqual({ status: "failed", paid: "disputed" });
    expect(await one.balance()).toEqual({ available: 0, debt: 0 });
    await one.win();
    expect(await one.balance()).toEqual({ available: 70, debt: 0 });
    expect(await one.undecided()).toBe(0);
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
