import { afterEach, describe, expect, it } from "vitest";
import { type TestBrowser, testCheckoutShop, until } from "../../scripts/test/checkout-shop.ts";
import { convergeSubscription, executeChange } from "../billing/index.ts";
import { claimGuestPurchases } from "../identity/index.ts";
import { refuseSecondTrials } from "../subscriptions/index.ts";
import { convergeCheckout } from "./index.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
afterEach(() => shop.sandbox.control("faults", { method: "DELETE" }));

/** 14 days on trial, a joining fee of 99 kr, then 349 kr a month. */
const wish = { source: { productId: "gruppass" }, shownTerms: { trialDays: 14, setupFeeAmount: 9_900 } } as const;

async function open(browser: TestBrowser) {
  const started = await browser.caller.checkout.start(wish);
  if (started.outcome !== "open") throw new Error(`expected an open page, got ${started.outcome}`);
  return started;
}
type Opened = Awaited<ReturnType<typeof open>>;
async function buy(browser: TestBrowser, email: string): Promise<Opened> {
  const started = await open(browser);
  await shop.pay(started.url, { email });
  await browser.caller.checkout.confirm({ ref: started.ref });
  await shop.work();
  return started;
}
const membershipOf = async ({ checkoutId }: Opened) => {
  const [row] = await sql`select s.* from subscriptions s join orders o on o.id = s.order_id
    where o.checkout_id = ${checkoutId}`;
  return row;
};
const paidBack = async ({ checkoutId }: Opened) => {
  const [row] = await sql`select p.status, p.amount::int as paid, p.refunded_amount::int as back from payments p
    join orders o on o.id = p.order_id where o.checkout_id = ${checkoutId}`;
  return row;
};
const lettersTo = async (email: string) =>
  (await sql`select template, subject, text from emails where to_address = ${email} order by created_at, id`).map(
    ({ template, subject, text }) => ({ template, subject, text: String(text).replaceAll(/\s+/g, " ") }),
  );
const changesOf = ({ checkoutId }: Opened) => sql`
  select c.kind, c.timing, c.status from subscription_changes c join subscriptions s on s.id = c.subscription_id
  join orders o on o.id = s.order_id where o.checkout_id = ${checkoutId}`;
/** Every membership there is at the provider of those that were bought, by how it stands there. */
const standing = async (...bought: Opened[]) => {
  const words = [];
  for (const one of bought) {
    const row = await membershipOf(one);
    const { status } = await stripe.subscriptions.retrieve(String(row?.stripe_subscription_id));
    expect(row?.status).toBe(status);
    words.push(status);
  }
  return words.toSorted();
};
const everything = async () => [
  await sql`select id, status, trial_refused from subscriptions order by id`,
  await sql`select id, status from subscription_changes order by id`,
  await sql`select id, status, amount::int as amount from refunds order by id`,
  await sql`select count(*)::int as n from emails`,
];

describe("a trial of a guest whose address had one before", () => {
  const email = "prov@example.se";

  it("is ended at once: nothing is charged, the fee is paid back, the page and one mail say why", async () => {
    const first = await buy(shop.browser(), email);
    const browser = shop.browser();
    const again = await buy(browser, email);
    expect(await membershipOf(first)).toMatchObject({ status: "trialing", trial_refused: false });
    expect(await membershipOf(again)).toMatchObject({ status: "canceled", trial_refused: true });
    expect(await standing(first, again)).toEqual(["canceled", "trialing"]);
    expect(await paidBack(first)).toMatchObject({ status: "paid", back: 0 });
    expect(await paidBack(again)).toEqual({ status: "refunded", paid: 9_900, back: 9_900 });
    expect(await browser.caller.checkout.status({ ref: again.ref })).toMatchObject({
      state: "done",
      membership: { trialRefused: true },
    });
    const letters = await lettersTo(email);
    expect(letters.filter(({ template }) => template === "membership-started")).toHaveLength(1);
    const [told, ...more] = letters.filter(({ template }) => template === "membership-change");
    expect(more).toEqual([]);
    expect(told?.subject).toBe("Provperioden är redan använd");
    expect(told?.text).toMatch(/Vi betalar tillbaka 99,00\skr/);
    const confirmations = letters.filter(({ template }) => template === "order-confirmation");
    expect(confirmations.map(({ text }) => /dras den/.test(text))).toEqual([true, false]);
  });

  it("told again by every notification, and looked at again, changes nothing, and leaves the first alone", async () => {
    const before = await everything();
    const checkouts = await sql`select id from checkouts where status = 'completed'`;
    await Promise.all(checkouts.map(({ id }) => convergeCheckout(shop.worker(), { checkoutId: String(id) })));
    for (const event of (await stripe.events.list({ limit: 100 })).data) await shop.receive(event);
    await shop.work();
    expect(await everything()).toEqual(before);
  });

  it("is ended once when the provider's answer is lost", async () => {
    const calls = [{ method: "DELETE", path: "/v1/subscriptions/", times: 20, kind: "reset", when: "after" }];
    const browser = shop.browser();
    const started = await open(browser);
    await shop.pay(started.url, { email });
    await convergeCheckout(shop.worker(), { checkoutId: started.checkoutId });
    const [change] = await sql`select c.id from subscription_changes c where c.status = 'requested'`;
    await shop.sandbox.control("faults", { body: { calls } });
    await expect(executeChange(shop.worker(), { changeId: String(change?.id) })).rejects.toThrow();
    await shop.sandbox.control("faults", { method: "DELETE" });
    await executeChange(shop.worker(), { changeId: String(change?.id) });
    await shop.work();
    expect(await changesOf(started)).toMatchObject([{ kind: "cancel", timing: "now", status: "applied" }]);
    expect(await paidBack(started)).toMatchObject({ status: "refunded", back: 9_900 });
  });
});

describe("a trial with a card that somebody else had one with", () => {
  const card = "5555 5555 5555 4444";
  const buyWith = async (email: string, number = card) => {
    const started = await open(shop.browser());
    await shop.pay(started.url, { email, card: number });
    await convergeCheckout(shop.worker(), { checkoutId: started.checkoutId });
    await shop.work();
    return started;
  };

  it("is ended at once and paid back, under whatever address; of the card nothing but a hash is kept", async () => {
    const first = await buyWith("kort-ett@example.se");
    const again = await buyWith("kort-tva@example.se");
    expect(await standing(first, again)).toEqual(["canceled", "trialing"]);
    expect(await membershipOf(first)).toMatchObject({ status: "trialing", trial_refused: false });
    expect(await membershipOf(again)).toMatchObject({ status: "canceled", trial_refused: true });
    expect(await paidBack(again)).toEqual({ status: "refunded", paid: 9_900, back: 9_900 });
    const told = (await lettersTo("kort-tva@example.se")).map(({ subject }) => subject);
    expect(told).toContain("Provperioden är redan använd");
    const hash = (await membershipOf(again))?.trial_card_hash;
    expect(hash).toMatch(/^[0-9a-f]{64}$|^[\w-]{43}$/);
    const { card: entered } = await stripe.paymentMethods.retrieve(String((await membershipOf(again))?.stripe_card_id));
    expect(entered?.fingerprint).toEqual(expect.any(String));
    expect(String(hash)).not.toContain(String(entered?.fingerprint));
    // Another card of another person's is another matter.
    const other = await buy(shop.browser(), "kort-tre@example.se");
    expect(await membershipOf(other)).toMatchObject({ status: "trialing", trial_refused: false });
  });

  it("goes on where all that was ever begun with it was refused for another reason: whose card it is has had none", async () => {
    const lent = "4000 0566 5566 5556";
    const first = await buy(shop.browser(), "lanar@example.se");
    const again = await buyWith("lanar@example.se", lent);
    const own = await buyWith("egen@example.se", lent);
    expect(await standing(first, again, own)).toEqual(["canceled", "trialing", "trialing"]);
    expect(await membershipOf(again)).toMatchObject({ status: "canceled", trial_refused: true });
    expect(await membershipOf(own)).toMatchObject({ status: "trialing", trial_refused: false });
    expect((await membershipOf(own))?.trial_card_hash).toBe((await membershipOf(again))?.trial_card_hash);
    expect(await paidBack(own)).toMatchObject({ status: "paid", back: 0 });
    // It has been had with this card now, and whoever was refused stays refused, with whatever card.
    const third = await buyWith("tredje@example.se", lent);
    const more = await buyWith("lanar@example.se", "4000 0038 0000 0446");
    expect(await standing(own, third, more)).toEqual(["canceled", "canceled", "trialing"]);
  });

  it("of two that begin at once one goes on", async () => {
    const pages = [await open(shop.browser()), await open(shop.browser())];
    for (const [at, page] of pages.entries())
      await shop.pay(page.url, { email: `samtidigt${at}@example.se`, card: "6011 1111 1111 1117" });
    const looks = pages.map(({ checkoutId }) => convergeCheckout(shop.worker(), { checkoutId }));
    await Promise.all(looks);
    await shop.work();
    expect(await standing(...pages)).toEqual(["canceled", "trialing"]);
  });
});

describe("a second trial that the provider refuses to end", () => {
  it("is staff's, with the sum that it will cost, until it has ended", async () => {
    const email = "vagrar@example.se";
    await buy(shop.browser(), email);
    const started = await open(shop.browser());
    await shop.pay(started.url, { email });
    const calls = [{ method: "DELETE", path: "/v1/subscriptions/", times: 20, kind: "error", status: 400 }];
    await shop.sandbox.control("faults", { body: { calls } });
    await convergeCheckout(shop.worker(), { checkoutId: started.checkoutId });
    await shop.work();
    await shop.sandbox.control("faults", { method: "DELETE" });
    const second = await membershipOf(started);
    expect(second).toMatchObject({ status: "trialing", trial_refused: true });
    expect(await changesOf(started)).toMatchObject([{ kind: "cancel", status: "failed" }]);
    const owner = shop.browser({ session: { ...(await shop.member("owner@example.se")), staffRole: "owner" } });
    const waiting = async () =>
      (await owner.caller.overview.workQueue()).items.filter(({ kind }) => kind === "second_trial");
    expect(await waiting()).toMatchObject([{ id: second?.id, amount: 34_900, currency: "SEK" }]);
    await stripe.subscriptions.cancel(String(second?.stripe_subscription_id));
    await convergeSubscription(shop.worker(), { stripeSubscriptionId: String(second?.stripe_subscription_id) });
    expect(await waiting()).toEqual([]);
    const alerts = await sql`select resolved_at is null as open from alerts where kind = 'billing.second_trial'`;
    expect(alerts.map(({ open: stands }) => stands)).toEqual([false]);
  });
});

describe("two trials of one person that begin at once", () => {
  it("give one free time, whichever page is completed first", async () => {
    const email = "tva@example.se";
    const session = await shop.member(email);
    const [one, two] = [shop.browser({ session }), shop.browser()];
    // Signed in, and as a guest with the same proven address: both pages offer the trial.
    const pages = [await open(one), await open(two)];
    for (const page of pages) await shop.pay(page.url, { email });
    const ids = pages.map(({ checkoutId }) => checkoutId);
    // Both have been looked at, and neither is written, when they are let go.
    const both = await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended(${`trial:${session.customerId}`}, 0))`;
      const completing = ids.map((checkoutId) => convergeCheckout(shop.worker(), { checkoutId }));
      await until(async () => {
        const [waiting] = await sql`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`;
        return waiting?.n === 2;
      });
      return { completing };
    });
    await Promise.all(both.completing);
    await shop.work();
    expect(await standing(...pages)).toEqual(["canceled", "trialing"]);
    const owners = await sql`select distinct s.customer_id as id from subscriptions s join orders o on o.id = s.order_id
      where o.checkout_id in ${sql(ids)}`;
    expect(owners).toEqual([{ id: session.customerId }]);
    expect((await Promise.all(pages.map(paidBack))).map((row) => row?.back).toSorted()).toEqual([0, 9_900]);
  });
});

describe("trials of guests whose purchases become one person's", () => {
  it("leave the first, and end the other, however often that is asked", async () => {
    const [first, second] = ["mitt-ena@example.se", "mitt-andra@example.se"];
    const [older, newer] = [await buy(shop.browser(), first), await buy(shop.browser(), second)];
    expect(await standing(older, newer)).toEqual(["trialing", "trialing"]);
    // The account proves the one address, and moves to the other.
    const { userId, customerId: id } = await shop.member("mitt-konto@example.se");
    const customerId = String(id);
    for (const address of [first, second]) {
      await sql`update users set email = ${address}, email_normalized = ${address} where id = ${userId}`;
      expect(await claimGuestPurchases(shop.worker(), { userId })).toBe(1);
    }
    await shop.work();
    expect(await membershipOf(older)).toMatchObject({ status: "trialing", customer_id: customerId });
    expect(await membershipOf(newer)).toMatchObject({ status: "canceled", customer_id: customerId });
    expect(await standing(older, newer)).toEqual(["canceled", "trialing"]);
    expect(await paidBack(newer)).toMatchObject({ status: "refunded", back: 9_900 });
    const before = await everything();
    const again = () => refuseSecondTrials(shop.worker(), { customerId });
    await Promise.all([again(), again()]);
    await shop.work();
    expect(await everything()).toEqual(before);
  });
});
