import { afterEach, describe, expect, it } from "vitest";
import { CARDS, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testCards, tokenIn } from "../../scripts/test/test-cards.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { adoptCard, lookAtSubscription, retryWithCard, sendTrialOver } from "../billing/index.ts";
import { sweepGraceJob, sweepSubscriptionsJob, sweepTrialsJob } from "../billing/jobs.ts";
import { convergeCheckout } from "./index.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { letter, visitor, enterCard } = testCards(shop);
const { run, fault, noFaults } = testMemberships(shop);
const { company, begin: beginPlan, planOf } = testPlans(shop);
afterEach(() => noFaults());

/** The demo shop's classes: 14 days without a card, then a bill of 349 kr whether or not one has come. */
async function begin(email: string) {
  await sql`update prices set setup_fee_amount = 0, trial_without_card = 'create_invoice' where product_id = 'gruppass'`;
  const browser = shop.browser({ session: await shop.member(email) });
  const started = await browser.caller.checkout.start({
    source: { productId: "gruppass" },
    shownTerms: { trialDays: 14, setupFeeAmount: 0 },
  });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email, card: "" });
  await convergeCheckout(shop.worker(), { checkoutId: started.checkoutId });
  await shop.work();
  const [row] = await sql`select s.id, s.stripe_subscription_id as stripe from subscriptions s
    join orders o on o.id = s.order_id where o.checkout_id = ${started.checkoutId}`;
  return { browser, email, id: String(row?.id), stripe: String(row?.stripe) };
}
type Begun = Awaited<ReturnType<typeof begin>>;
const rowOf = async ({ id }: Pick<Begun, "id">) => (await sql`select * from subscriptions where id = ${id}`)[0];
const billsOf = async ({ stripe: subscription }: Pick<Begun, "stripe">) =>
  (await stripe.invoices.list({ subscription })).data.map(({ status, total }) => `${status} ${total}`);
const look = async ({ id }: Pick<Begun, "id">) => {
  await sql`update subscriptions set next_check_at = app_now() where id = ${id}`;
  await lookAtSubscription(shop.worker(), { subscriptionId: id });
};
const mailsTo = async (email: string, template: string) =>
  (await sql`select subject from emails where to_address = ${email} and template = ${template}`).map(({ subject }) =>
    String(subject).replaceAll("\u00a0", " "),
  );
const owedTo = async (begun: Begun) => {
  await shop.advance("P15D");
  await look(begun);
  await shop.work();
  return tokenIn(await letter(begun.email, /Provperioden är slut/));
};

describe("a trial that is billed when it ends without a card", () => {
  it("is charged on the day to a card that came in time, and says before that it binds", async () => {
    const begun = await begin("i-tid@example.se");
    expect(await rowOf(begun)).toMatchObject({ status: "trialing", trial_without_card: "create_invoice" });
    expect((await begun.browser.caller.billing.memberships.calendar()).charges[0]).toMatchObject({ amount: 34_900 });
    await shop.advance("P12D");
    await run(sweepTrialsJob);
    const asked = await letter(begun.email, /Provperioden slutar/);
    expect(String(asked.text).replaceAll(/\s+/g, " ")).toContain("Utan kort får du en faktura på 349,00 kr den dagen");
    const token = tokenIn(asked);
    expect((await visitor().read({ token })).trial).toMatchObject({ withoutCard: "create_invoice", standing: "runs" });
    await shop.advance("P2DT30M");
    await look(begun);
    await shop.work();
    // The bill is a draft for an hour: it is not owed yet, and a card is not too late.
    expect(await visitor().read({ token })).toMatchObject({ owed: null, trial: { standing: "billed" } });
    const page = await enterCard((await visitor().change({ token })).url, CARDS.good);
    await adoptCard(shop.worker(), { sessionId: page });
    await shop.work();
    expect((await visitor().read({ token })).trial).toBeNull();
    await shop.advance("PT2H");
    await look(begun);
    await shop.work();
    expect(await billsOf(begun)).toEqual(["paid 34900", "paid 0"]);
    expect(await rowOf(begun)).toMatchObject({ status: "active", overdue_since: null });
    expect(await mailsTo(begun.email, "membership-change")).toEqual([]);
    expect(await mailsTo(begun.email, "payment-failed")).toEqual([]);
  });

  it.each(["before", "after"] as const)(
    "is owed, told once and paid once by the link, also when the answer is lost %s it took effect",
    async (when) => {
      const begun = await begin(`sent-${when}@example.se`);
      const token = await owedTo(begun);
      expect(await rowOf(begun)).toMatchObject({ status: "past_due", grace_ends_at: expect.anything() });
      await Promise.all([1, 2].map(() => sendTrialOver(shop.worker(), { subscriptionId: begun.id })));
      expect(await mailsTo(begun.email, "membership-change")).toEqual(["Provperioden är slut, 349,00 kr är obetalt"]);
      const { items } = await begun.browser.caller.billing.memberships.overdue({});
      expect(items).toMatchObject([{ noCard: true, locked: false, unpaid: { amount: 34_900, attempts: [] } }]);
      expect(await visitor().read({ token })).toMatchObject({ state: "owed", owed: { amount: 34_900 }, trial: null });
      const page = await enterCard((await visitor().change({ token })).url, CARDS.good);
      // The card is there, and the provider charges to it what is overdue.
      await fault({ kind: "reset", when, path: "/v1/customers/" });
      await expect(adoptCard(shop.worker(), { sessionId: page })).rejects.toThrow();
      await noFaults();
      await Promise.all([1, 2].map(() => adoptCard(shop.worker(), { sessionId: page })));
      await Promise.all([1, 2].map(() => retryWithCard(shop.worker(), { subscriptionId: begun.id })));
      await shop.work();
      expect(await rowOf(begun)).toMatchObject({ status: "active", overdue_since: null, grace_ends_at: null });
      expect(await billsOf(begun)).toEqual(["paid 34900", "paid 0"]);
      expect((await stripe.charges.list({ limit: 100 })).data.filter(({ amount }) => amount === 34_900)).toHaveLength(
        when === "before" ? 2 : 3,
      );
      expect(await mailsTo(begun.email, "renewal-receipt")).toHaveLength(1);
    },
  );

  it("that nobody pays ends as every payment that is never made, and is charged nothing", async () => {
    const begun = await begin("aldrig@example.se");
    await owedTo(begun);
    await shop.advance("P20D");
    await run(sweepSubscriptionsJob);
    await run(sweepGraceJob);
    expect(await rowOf(begun)).toMatchObject({ status: "canceled", stripe_card_id: null });
    expect(await mailsTo(begun.email, "membership-change")).toEqual(["Provperioden är slut, 349,00 kr är obetalt"]);
    const [none] = await sql`select count(*)::int as n from payment_attempts a join payments p on p.id = a.payment_id
      join invoices i on i.id = p.invoice_id where i.subscription_id = ${begun.id}`;
    expect(none).toEqual({ n: 0 });
  });

  it("keeps an organization on its plan until grace is over, whatever is tried, and gives it back with the payment", async () => {
    await sql`update prices set trial_days = 14, trial_without_card = 'create_invoice' where product_id = 'promptforge-pro'`;
    const email = "plan@example.se";
    const owner = await shop.member(email);
    const organizationId = await company([[owner, "owner"]]);
    const page = await beginPlan(owner, organizationId);
    await shop.pay(page.url, { card: "" });
    await convergeCheckout(shop.worker(), { stripeSessionId: page.sessionId });
    await shop.work();
    const [row] = await sql`select id from subscriptions where organization_id = ${organizationId}`;
    const begun = { id: String(row?.id) };
    await shop.advance("P15D");
    await look(begun);
    await shop.work();
    expect(await rowOf(begun)).toMatchObject({ status: "past_due", grace_ends_at: expect.anything() });
    expect(await planOf(organizationId)).toBe("pro");
    // Grace is over while the provider still tries.
    await sql`update subscriptions set grace_due_at = app_now() + interval '5 days', grace_ends_at = app_now() + interval '5 days'
      where id = ${begun.id}`;
    await shop.advance("P5DT1S");
    await run(sweepGraceJob);
    expect(await rowOf(begun)).toMatchObject({ status: "past_due", grace_due_at: null });
    expect(await planOf(organizationId)).toBe("pilot");
    expect(await mailsTo(email, "payment-notice")).toHaveLength(1);
    const token = tokenIn(await letter(email, /Provperioden är slut/));
    const card = await enterCard((await visitor().change({ token })).url, CARDS.good);
    await adoptCard(shop.worker(), { sessionId: card });
    await look(begun);
    await shop.work();
    expect(await rowOf(begun)).toMatchObject({ status: "active", grace_ends_at: null });
    expect(await planOf(organizationId)).toBe("pro");
  });
});
