import { and, eq, isNotNull } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { grantCredits } from "../credits/index.ts";
import { convergeCheckout } from "./index.ts";
import { sweepTopUps } from "./sweep-top-ups.ts";
import { topUpCredits } from "./top-up-credits.ts";

const shop = await testCheckoutShop({}, [setByHand("checkout")]);
const { sql } = shop;
afterEach(() => shop.sandbox.control("faults", { method: "DELETE" }));

let people = 0;
/** Somebody who bought 100 credits and let the card be kept, topping up by 100 below 50. */
async function spender(options: { topUp?: object } = {}) {
  const owner = await shop.member(`pafyllning${++people}@example.se`);
  const session = { ...owner, authenticatedAt: new Date() };
  const browser = shop.browser({ session });
  const bought = await browser.caller.checkout.buyCredits({ quantity: 1, currency: "SEK", keepCard: true });
  if (bought.outcome !== "open") throw new Error(bought.outcome);
  await shop.pay(bought.url);
  await convergeCheckout(shop.worker(), { stripeSessionId: bought.sessionId });
  const topUp = {
    below: 50,
    productId: "credits-100",
    quantity: 1,
    currency: "SEK" as const,
    dailyCap: 3_000,
    monthlyCap: 5_000,
  };
  await browser.caller.checkout.credits.saveSettings({ topUp: { ...topUp, ...options.topUp }, lowBelow: 20 });
  await shop.work();
  const customerId = owner.customerId ?? "";
  return {
    customerId,
    browser,
    balance: async () => (await browser.caller.credits.balance({})).available,
    spend: (credits: number) =>
      browser.caller.credits.consume({ credits, reason: "work", idempotencyKey: `${people}:${Math.random()}` }),
    topUps: () =>
      sql`select status, payment_external_id is not null as charged from checkouts where customer_id = ${customerId} and top_up_card is not null order by created_at`,
    mails: () =>
      sql`select template from emails where customer_id = ${customerId} and template in ('top-up-failed', 'credits-low') order by id`,
  };
}

describe("a balance that falls below what its owner chose", () => {
  it("is topped up with the saved card, once, with an order and its receipt", async () => {
    const one = await spender();
    expect(await one.balance()).toBe(100);
    await one.spend(51);
    await shop.work();
    expect(await one.balance()).toBe(149);
    expect(await one.topUps()).toEqual([{ status: "completed", charged: true }]);
    const orders =
      await sql`select status, total_amount::int from orders where customer_id = ${one.customerId} order by placed_at`;
    expect(orders).toEqual([
      { status: "completed", total_amount: 1_000 },
      { status: "completed", total_amount: 1_000 },
    ]);
    // Asked again, and raced: there is enough.
    await Promise.all([1, 2, 3].map(() => topUpCredits(shop.worker(), { customerId: one.customerId })));
    await shop.work();
    expect(await one.balance()).toBe(149);
    expect(await one.mails()).toEqual([]);
  });

  it("is listed for staff, and told of on the customer's timeline", async () => {
    const one = await spender();
    await one.spend(51);
    await shop.work();
    const session = { ...(await shop.member("pafyllning-personal@example.se")), staffRole: "support" as const };
    await sql`update users set staff_role = 'support' where id = ${session.userId}`;
    const staff = shop.browser({ session }).caller;
    const { items } = await staff.checkout.topUps({ q: one.customerId, counted: true });
    expect(items).toMatchObject([
      { status: "completed", credits: 100, totalAmount: 1_000, currency: "SEK", failureCode: null, stopped: null },
    ]);
    expect(items[0]?.orderNumber).toMatch(/^KV-/);
    expect((await staff.checkout.topUps({ q: one.customerId, status: "failed" })).items).toEqual([]);
    const timeline = (await staff.customers.get({ id: one.customerId })).timeline.items;
    expect(timeline.filter(({ what }) => what === "top_up").map(({ state }) => state)).toEqual([
      "completed",
      "created",
    ]);
    await expect(one.browser.caller.checkout.topUps({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("five at once charge once", async () => {
    const one = await spender();
    await sql`update credit_settings set top_up = false where customer_id = ${one.customerId}`;
    await one.spend(60);
    await shop.work();
    await sql`update credit_settings set top_up = true where customer_id = ${one.customerId}`;
    await Promise.allSettled([1, 2, 3, 4, 5].map(() => topUpCredits(shop.worker(), { customerId: one.customerId })));
    await shop.work();
    expect(await one.balance()).toBe(140);
    expect((await one.topUps()).length).toBe(1);
  });

  it("is charged once when another top-up ends while this one is being decided", async () => {
    const one = await spender();
    await sql`update credit_settings set top_up = false where customer_id = ${one.customerId}`;
    await one.spend(60);
    await shop.work();
    await sql`update credit_settings set top_up = true where customer_id = ${one.customerId}`;
    const ctx = shop.worker();
    let [other, blocked]: [Promise<unknown>, () => void] = [Promise.resolve(), () => {}];
    /** The other one has charged the card and waits for the answer; it ends when this one stands before what it reads. */
    const another = async () => {
      const lost = [{ method: "POST", path: "/v1/payment_intents", times: 20, kind: "reset", when: "after" }];
      await shop.sandbox.control("faults", { body: { calls: lost } });
      await expect(topUpCredits(ctx, { customerId: one.customerId })).rejects.toThrow();
      await shop.sandbox.control("faults", { method: "DELETE" });
      const locked = new Promise<void>((done) => (blocked = done));
      other = ctx.db.transaction(async (tx) => {
        await tx.execute("lock table checkouts in access exclusive mode");
        blocked();
        await expect.poll(readers, { timeout: 120_000 }).toBeGreaterThan(0);
        const [row] = await tx
          .update(checkouts)
          .set({ status: "completed" })
          .where(and(eq(checkouts.customerId, one.customerId), isNotNull(checkouts.topUpCard)))
          .returning({ id: checkouts.id });
        await grantCredits(tx, {
          ...{
            customerId: one.customerId,
            credits: 100,
            source: "purchase",
            sourceId: row?.id ?? "",
            key: `test:${row?.id}`,
          },
          ...{ costBasis: "paid", expiresAt: null, priority: 0, apiKeyId: null, feature: null },
        });
      });
      await locked;
    };
    const readers = async () => {
      const [row] = await sql`select count(*)::int n from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where not l.granted and a.datname = current_database() and l.relation = 'checkouts'::regclass`;
      return Number(row?.n);
    };
    let asked = 0;
    const { cardCharger } = ctx.providers;
    const findCard = async (customer: string) => {
      if (asked++ === 0) await another();
      return cardCharger.findCard(customer);
    };
    const providers = { ...ctx.providers, cardCharger: { ...cardCharger, findCard } };
    await topUpCredits({ ...ctx, providers }, { customerId: one.customerId });
    await other;
    expect(asked).toBe(1);
    expect((await one.topUps()).length).toBe(1);
    expect(await one.balance()).toBe(140);
  });

  it("is not topped up past a cap, and its owner is told", async () => {
    const one = await spender({ topUp: { dailyCap: 1_500, monthlyCap: 5_000 } });
    await one.spend(60);
    await shop.work();
    expect(await one.balance()).toBe(140);
    await one.spend(95);
    await shop.work();
    expect(await one.balance()).toBe(45);
    expect((await one.mails()).map(({ template }) => template)).toEqual(["top-up-failed"]);
    // The next day there is room again, although the balance falls past nothing any more.
    const [due] = await sql`select next_try_at > now() as later, next_try_at <= now() + interval '1 day' as soon
      from credit_settings where customer_id = ${one.customerId}`;
    expect(due).toEqual({ later: true, soon: true });
    await sql`update checkouts set created_at = created_at - interval '1 day' where customer_id = ${one.customerId}`;
    await sql`update credit_settings set next_try_at = now() - interval '1 second' where customer_id = ${one.customerId}`;
    expect(await sweepTopUps(shop.worker())).toBe(1);
    await shop.work();
    expect(await one.balance()).toBe(145);
  });

  it("stops when the bank says no, says so once, and goes on when its owner has saved again", async () => {
    const one = await spender();
    const [known] = await sql`select external_id from provider_customers where customer_id = ${one.customerId}`;
    const refused = await shop.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: known?.external_id,
    });
    await shop.stripe.customers.update(known?.external_id, {
      invoice_settings: { default_payment_method: refused.id },
    });
    await one.spend(60);
    await shop.work();
    await topUpCredits(shop.worker(), { customerId: one.customerId });
    await shop.work();
    expect(await one.balance()).toBe(40);
    expect(await one.topUps()).toEqual([{ status: "failed", charged: true }]);
    const settings = await one.browser.caller.checkout.credits.settings();
    expect(settings?.stoppedReason).toBe("declined");
    expect((await one.mails()).map(({ template }) => template)).toEqual(["top-up-failed"]);
  });

  it("an outcome that nobody knows is found out by the same call, and charged once", async () => {
    const one = await spender();
    const lost = [{ method: "POST", path: "/v1/payment_intents", times: 20, kind: "reset", when: "after" }];
    await shop.sandbox.control("faults", { body: { calls: lost } });
    await sql`update credit_settings set top_up = false where customer_id = ${one.customerId}`;
    await one.spend(60);
    await shop.work();
    await sql`update credit_settings set top_up = true where customer_id = ${one.customerId}`;
    await expect(topUpCredits(shop.worker(), { customerId: one.customerId })).rejects.toThrow();
    expect(await one.topUps()).toEqual([{ status: "unknown", charged: false }]);
    // Nothing else is charged while it is unknown.
    await topUpCredits(shop.worker(), { customerId: one.customerId });
    await shop.sandbox.control("faults", { method: "DELETE" });
    const [row] = await sql`select id from checkouts where customer_id = ${one.customerId} and top_up_card is not null`;
    await convergeCheckout(shop.worker(), { checkoutId: row?.id });
    await convergeCheckout(shop.worker(), { checkoutId: row?.id });
    await shop.work();
    expect(await one.topUps()).toEqual([{ status: "completed", charged: true }]);
    expect(await one.balance()).toBe(140);
  });

  /** A top-up whose charge the provider never took in, begun so many minutes ago. */
  async function neverArrived(minutes: number) {
    const one = await spender();
    await sql`update credit_settings set top_up = false where customer_id = ${one.customerId}`;
    await one.spend(60);
    await shop.work();
    await sql`update credit_settings set top_up = true where customer_id = ${one.customerId}`;
    const lost = [{ method: "POST", path: "/v1/payment_intents", times: 20, kind: "reset", when: "before" }];
    await shop.sandbox.control("faults", { body: { calls: lost } });
    await expect(topUpCredits(shop.worker(), { customerId: one.customerId })).rejects.toThrow();
    await shop.sandbox.control("faults", { method: "DELETE" });
    const [row] = await sql`update checkouts set created_at = created_at - ${minutes} * interval '1 minute'
      where customer_id = ${one.customerId} and top_up_card is not null returning id`;
    return { ...one, checkoutId: row?.id as string };
  }

  it("that could not be sent for hours is not sent, and decided anew", async () => {
    const one = await neverArrived(71);
    await Promise.all([1, 2, 3].map(() => convergeCheckout(shop.worker(), { checkoutId: one.checkoutId })));
    expect(await one.topUps()).toEqual([{ status: "failed", charged: false }]);
    await shop.work();
    expect(await one.topUps()).toEqual([
      { status: "failed", charged: false },
      { status: "completed", charged: true },
    ]);
    expect(await one.balance()).toBe(140);
    expect((await one.browser.caller.checkout.credits.settings())?.stoppedReason).toBeNull();
  });

  it("whose last call may still arrive is neither sent nor given up", async () => {
    const one = await neverArrived(65);
    await convergeCheckout(shop.worker(), { checkoutId: one.checkoutId });
    expect(await one.topUps()).toEqual([{ status: "unknown", charged: false }]);
    const [row] = await sql`select next_check_at > now() as later from checkouts where id = ${one.checkoutId}`;
    expect(row).toEqual({ later: true });
  });

  it("that its owner switched off meanwhile is not sent at all", async () => {
    const one = await neverArrived(5);
    await one.browser.caller.checkout.credits.saveSettings({});
    await convergeCheckout(shop.worker(), { checkoutId: one.checkoutId });
    await shop.work();
    expect(await one.topUps()).toEqual([{ status: "failed", charged: false }]);
    expect(await one.balance()).toBe(40);
  });

  it("whose payment is not what was asked for stops, tells its owner, and goes on when they have looked", async () => {
    const one = await spender();
    const lost = [{ method: "POST", path: "/v1/payment_intents", times: 20, kind: "reset", when: "after" }];
    await shop.sandbox.control("faults", { body: { calls: lost } });
    await sql`update credit_settings set top_up = false where customer_id = ${one.customerId}`;
    await one.spend(60);
    await shop.work();
    await sql`update credit_settings set top_up = true where customer_id = ${one.customerId}`;
    await expect(topUpCredits(shop.worker(), { customerId: one.customerId })).rejects.toThrow();
    await shop.sandbox.control("faults", { method: "DELETE" });
    const [row] = await sql`update checkouts set total_amount = total_amount - 1
      where customer_id = ${one.customerId} and top_up_card is not null returning id`;
    await convergeCheckout(shop.worker(), { checkoutId: row?.id });
    await shop.work();
    expect(await one.balance()).toBe(40);
    expect((await one.browser.caller.checkout.credits.settings())?.stoppedReason).toBe("mismatch");
    expect((await one.mails()).map(({ template }) => template)).toEqual(["top-up-failed"]);
    expect(await sql`select kind from alerts where subject = ${row?.id}`).toEqual([{ kind: "checkout.mismatch" }]);
    const { topUpBelow, productId, dailyCap, monthlyCap } =
      (await one.browser.caller.checkout.credits.settings()) ?? {};
    const again = { below: topUpBelow ?? 0, productId: productId ?? "", quantity: 1, currency: "SEK" as const };
    await one.browser.caller.checkout.credits.saveSettings({
      topUp: { ...again, dailyCap: dailyCap ?? 0, monthlyCap: monthlyCap ?? 0 },
    });
    await shop.work();
    expect(await one.balance()).toBe(140);
  });

  it("that was paid back is not made anew by itself", async () => {
    const one = await spender();
    const [payment] = await sql`select external_id from payments where customer_id = ${one.customerId}`;
    await shop.stripe.refunds.create({ payment_intent: payment?.external_id });
    const { data } = await shop.stripe.events.list({ limit: 20, type: "charge.refunded" });
    for (const event of data) await shop.receive(event);
    await shop.work();
    expect(await one.balance()).toBe(0);
    expect(await one.topUps()).toEqual([]);
    expect((await one.browser.caller.checkout.credits.settings())?.stoppedReason).toBe("refunded");
  });

  it("is charged once when the provider has forgotten the call, and when it was thought refused", async () => {
    const one = await spender();
    const lost = [{ method: "POST", path: "/v1/payment_intents", times: 20, kind: "reset", when: "after" }];
    await sql`update credit_settings set top_up = false where customer_id = ${one.customerId}`;
    await one.spend(60);
    await shop.work();
    await sql`update credit_settings set top_up = true where customer_id = ${one.customerId}`;
    await shop.sandbox.control("faults", { body: { calls: lost } });
    await expect(topUpCredits(shop.worker(), { customerId: one.customerId })).rejects.toThrow();
    await shop.sandbox.control("faults", { method: "DELETE" });
    const [row] = await sql`update checkouts set idempotency_key = idempotency_key || ' forgotten', status = 'failed'
      where customer_id = ${one.customerId} and top_up_card is not null returning id, stripe_customer_id`;
    await convergeCheckout(shop.worker(), { checkoutId: row?.id });
    await shop.work();
    expect(await one.topUps()).toEqual([{ status: "completed", charged: true }]);
    const made = await shop.stripe.paymentIntents.list({ customer: row?.stripe_customer_id });
    expect(made.data.filter(({ metadata }) => metadata.checkout_id === row?.id).length).toBe(1);
    expect(await one.balance()).toBe(140);
  });

  it("is told of by mail at the owner's own threshold", async () => {
    const one = await spender();
    await one.browser.caller.checkout.credits.saveSettings({ lowBelow: 20 });
    await shop.work();
    await one.spend(85);
    await shop.work();
    expect((await one.mails()).map(({ template }) => template)).toEqual(["credits-low"]);
  });
});

describe("the settings", () => {
  it("refuse what could never come to rest", async () => {
    const { caller } = (await spender()).browser;
    const topUp = {
      below: 50,
      productId: "credits-100",
      quantity: 1,
      currency: "SEK" as const,
      dailyCap: 3_000,
      monthlyCap: 5_000,
    };
    await expect(caller.checkout.credits.saveSettings({ topUp: { ...topUp, below: 101 } })).rejects.toThrow(
      /threshold/,
    );
    await expect(caller.checkout.credits.saveSettings({ topUp: { ...topUp, dailyCap: 999 } })).rejects.toThrow(
      /costs more/,
    );
    await expect(caller.checkout.credits.saveSettings({ topUp: { ...topUp, productId: "bag" } })).rejects.toThrow(
      /not for sale/,
    );
  });
});
