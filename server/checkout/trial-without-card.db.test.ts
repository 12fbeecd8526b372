import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { CARDS, type TestBrowser, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testCards, tokenIn } from "../../scripts/test/test-cards.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { adoptCard, executeChange, retryWithCard, sendTrialOver, sweepTrials } from "../billing/index.ts";
import { convergeCheckout } from "./index.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { letter, visitor, enterCard } = testCards(shop);
const { company, begin: beginPlan, planOf } = testPlans(shop);
afterEach(() => shop.sandbox.control("faults", { method: "DELETE" }));

/** The demo shop's classes without a joining fee: 14 days free without a card, then 349 kr a month. */
const wish = { source: { productId: "gruppass" }, shownTerms: { trialDays: 14, setupFeeAmount: 0 } } as const;
const offered = (end: "cancel" | "pause") =>
  sql`update prices set setup_fee_amount = 0, trial_without_card = ${end} where product_id = 'gruppass'`;
beforeAll(async () => {
  await offered("cancel");
});

async function open(browser: TestBrowser) {
  const started = await browser.caller.checkout.start(wish);
  if (started.outcome !== "open") throw new Error(`expected an open page, got ${started.outcome}`);
  return started;
}
type Opened = Awaited<ReturnType<typeof open>>;
/** Starts the trial on a page that asks for an address alone. */
const begin = async (email: string, end: "cancel" | "pause" = "cancel", browser = shop.browser()) => {
  await offered(end);
  const started = await open(browser);
  await shop.pay(started.url, { email, card: "" });
  await convergeCheckout(shop.worker(), { checkoutId: started.checkoutId });
  await shop.work();
  return started;
};
const membershipOf = async ({ checkoutId }: Opened) => {
  const [row] = await sql`select s.* from subscriptions s join orders o on o.id = s.order_id
    where o.checkout_id = ${checkoutId}`;
  if (!row) throw new Error("there is no membership");
  return row;
};
const billsOf = async (started: Opened) =>
  (await stripe.invoices.list({ subscription: String((await membershipOf(started)).stripe_subscription_id) })).data.map(
    ({ status, total }) => `${status} ${total}`,
  );
const hear = async () => {
  for (const event of (await stripe.events.list({ limit: 100 })).data) await shop.receive(event);
  await shop.work();
};
const templatesTo = async (email: string) =>
  (await sql`select template from emails where to_address = ${email} order by created_at, id`).map(
    ({ template }) => template,
  );

describe("a trial without a card", () => {
  const email = "utan@example.se";
  let started: Opened;

  it("begins with an address alone, once however often it is looked at, and says what comes", async () => {
    started = await begin(email);
    const again = () => convergeCheckout(shop.worker(), { checkoutId: started.checkoutId });
    await Promise.all([again(), again()]);
    await hear();
    expect(await membershipOf(started)).toMatchObject({
      ...{ status: "trialing", trial_without_card: "cancel", stripe_card_id: null, had_trial: true },
    });
    expect(await billsOf(started)).toEqual(["paid 0"]);
    expect((await templatesTo(email)).toSorted()).toEqual(["membership-started", "order-confirmation"]);
    const told = await letter(email, /igång/);
    expect(String(told.text).replaceAll(/\s+/g, " ")).toContain("Inget kort behövs nu");
  });

  it("asks for a card before it ends, with a link that needs no sign-in", async () => {
    await shop.advance("P12D");
    const [one, two] = await Promise.all([sweepTrials(shop.worker()), sweepTrials(shop.worker())]);
    expect(one + two).toBe(1);
    await shop.work();
    const asked = await letter(email, /Provperioden slutar/);
    expect(asked.text).toContain("Lägg till ett kort");
    const link = await visitor().read({ token: tokenIn(asked) });
    expect(link).toMatchObject({
      ...{ owed: null, state: "nothing_owed", card: null },
      trial: { withoutCard: "cancel", standing: "runs", price: { amount: 34_900, currency: "SEK" } },
    });
  });

  it("goes on when the card comes in time, and is charged then", async () => {
    const token = tokenIn(await letter(email, /Provperioden slutar/));
    const page = await enterCard((await visitor().change({ token })).url, CARDS.good);
    await Promise.all([adoptCard(shop.worker(), { sessionId: page }), adoptCard(shop.worker(), { sessionId: page })]);
    await shop.work();
    expect(await membershipOf(started)).toMatchObject({ stripe_card_id: expect.stringMatching(/^pm_/) });
    expect((await visitor().read({ token })).trial).toBeNull();
    await shop.advance("P3D");
    await hear();
    expect(await membershipOf(started)).toMatchObject({ status: "active" });
    expect(await billsOf(started)).toEqual(["paid 34900", "paid 0"]);
    expect(await templatesTo(email)).not.toContain("membership-change");
  });

  it("is had once: a second of the same address is ended, also when both begin at once", async () => {
    const twice = "tva-utan@example.se";
    await offered("cancel");
    const session = await shop.member(twice);
    const pages = [await open(shop.browser({ session })), await open(shop.browser())];
    for (const page of pages) await shop.pay(page.url, { email: twice, card: "" });
    await Promise.all(pages.map(({ checkoutId }) => convergeCheckout(shop.worker(), { checkoutId })));
    await shop.work();
    const all = await Promise.all(pages.map(membershipOf));
    expect(all.map(({ status }) => status).toSorted()).toEqual(["canceled", "trialing"]);
    const third = await shop.browser({ session }).caller.checkout.start({ source: { productId: "gruppass" } });
    if (third.outcome !== "open") throw new Error(third.outcome);
    const { amount_total, payment_method_collection } = await stripe.checkout.sessions.retrieve(third.sessionId);
    expect({ amount_total, payment_method_collection }).toEqual({
      ...{ amount_total: 34_900, payment_method_collection: "always" },
    });
  });
});

describe("a card that comes in another way than our page", () => {
  /** As the provider's portal does it: the card becomes the customer's usual one, and the customer alone is told of. */
  async function putCard(started: Opened) {
    await hear();
    const { stripe_subscription_id: id } = await membershipOf(started);
    const customer = String((await stripe.subscriptions.retrieve(String(id))).customer);
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    await hear();
    return card.id;
  }

  it("is known while the trial runs: from then on its end is said to be a charge", async () => {
    const session = await shop.member("portal@example.se");
    const browser = shop.browser({ session });
    const started = await begin("portal@example.se", "cancel", browser);
    const card = await putCard(started);
    expect(await membershipOf(started)).toMatchObject({ status: "trialing", stripe_card_id: card });
    const { items } = await browser.caller.subscriptions.mine.list();
    expect(items).toMatchObject([{ withoutCard: null }]);
  });

  it("sets going what rests, and is charged once", async () => {
    const started = await begin("portal-vilar@example.se", "pause");
    await shop.advance("P15D");
    await hear();
    expect(await membershipOf(started)).toMatchObject({ status: "paused" });
    await putCard(started);
    expect(await membershipOf(started)).toMatchObject({ status: "active" });
    expect(await billsOf(started)).toEqual(["paid 34900", "paid 0"]);
  });
});

describe("a trial that ends without a card", () => {
  it("ends the membership where that was said, charges nothing and tells it once", async () => {
    const email = "slutar@example.se";
    const started = await begin(email);
    await shop.advance("P15D");
    await hear();
    await hear();
    expect(await membershipOf(started)).toMatchObject({ status: "canceled" });
    expect(await billsOf(started)).toEqual(["paid 0"]);
    const { id } = await membershipOf(started);
    await Promise.all([1, 2].map(() => sendTrialOver(shop.worker(), { subscriptionId: String(id) })));
    const told = (await templatesTo(email)).filter((template) => template === "membership-change");
    expect(told).toHaveLength(1);
    expect((await letter(email, /Provperioden är slut/)).text).toContain("är avslutat");
  });

  it("whose member had ended it tells nothing more", async () => {
    const email = "sagt-upp@example.se";
    const session = await shop.member(email);
    const browser = shop.browser({ session });
    const started = await begin(email, "cancel", browser);
    const { id } = await membershipOf(started);
    await browser.caller.billing.memberships.cancel({
      ...{ id: String(id), timing: "period_end", formKey: "form-key-0123456789-end" },
    });
    await shop.work();
    await shop.advance("P15D");
    await hear();
    expect(await membershipOf(started)).toMatchObject({ status: "canceled" });
    expect((await templatesTo(email)).filter((template) => template === "membership-change")).toHaveLength(1);
  });

  it.each(["before", "after"] as const)(
    "rests where that was said, and goes on once with a card, also when the answer is lost %s it took effect",
    async (when) => {
      const email = `vilar-${when}@example.se`;
      const started = await begin(email, "pause");
      await shop.advance("P15D");
      await hear();
      const { id: subscriptionId } = await membershipOf(started);
      const id = String(subscriptionId);
      expect(await membershipOf(started)).toMatchObject({ status: "paused", pause_at: null });
      const told = await letter(email, /pausat/);
      const token = tokenIn(told);
      expect((await visitor().read({ token })).trial).toMatchObject({ withoutCard: "pause", standing: "paused" });
      const page = await enterCard((await visitor().change({ token })).url, CARDS.good);
      await adoptCard(shop.worker(), { sessionId: page });
      await Promise.all([1, 2].map(() => retryWithCard(shop.worker(), { subscriptionId: id })));
      const changes = await sql`select id, kind from subscription_changes where subscription_id = ${id}`;
      expect(changes).toMatchObject([{ kind: "resume" }]);
      const calls = [{ method: "POST", path: "/v1/subscriptions/", times: 20, kind: "reset", when }];
      await shop.sandbox.control("faults", { body: { calls } });
      const changeId = String(changes[0]?.id);
      await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
      await shop.sandbox.control("faults", { method: "DELETE" });
      await executeChange(shop.worker(), { changeId });
      await shop.work();
      expect(await membershipOf(started)).toMatchObject({ status: "active" });
      expect(await billsOf(started)).toEqual(["paid 34900", "paid 0"]);
    },
  );
});

describe("a plan on trial without a card", () => {
  it.each([
    ["cancel", "canceled"],
    ["pause", "paused"],
  ] as const)("gives an organization what it holds until the end (%s), and nothing after", async (end, status) => {
    await sql`update prices set trial_days = 14, trial_without_card = ${end} where product_id = 'promptforge-pro'`;
    const email = `plan-${end}@example.se`;
    const owner = await shop.member(email);
    const organizationId = await company([[owner, "owner"]]);
    const page = await beginPlan(owner, organizationId);
    await shop.pay(page.url, { card: "" });
    await convergeCheckout(shop.worker(), { stripeSessionId: page.sessionId });
    await shop.work();
    expect(await planOf(organizationId)).toBe("pro");
    const { subscription, trialUsed } = await shop
      .browser({ session: owner })
      .caller.entitlements.explain({ organizationId });
    expect({ status: subscription?.status, withoutCard: subscription?.withoutCard, trialUsed }).toEqual({
      ...{ status: "trialing", withoutCard: end, trialUsed: true },
    });
    await shop.advance("P12D");
    await sweepTrials(shop.worker());
    await shop.work();
    await shop.advance("P3D");
    await hear();
    expect(await planOf(organizationId)).toBe("pilot");
    const [row] = await sql`select status from subscriptions where organization_id = ${organizationId}`;
    expect(row).toEqual({ status });
    expect((await templatesTo(email)).filter((template) => template === "membership-change")).toHaveLength(1);
    const staff = shop.browser({ session: { ...(await shop.member(`boss-${email}`)), staffRole: "owner" } });
    const { timeline } = await staff.caller.reporting.organization({ organizationId });
    const mails = timeline.items.flatMap(({ what, event }) => (what === "mail" ? [event] : []));
    expect(mails).toEqual(expect.arrayContaining(["trial-ending", "membership-change"]));
  });
});
