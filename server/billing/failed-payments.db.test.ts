import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testCards, tokenIn } from "../../scripts/test/test-cards.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { sendEmail } from "../messaging/index.ts";
import { sendPaymentFailed } from "../payments/index.ts";
import { adoptCard } from "./adopt-card.ts";
import { executeChange } from "./execute-change.ts";
import { sweepChangesJob, sweepGraceJob, sweepSubscriptionsJob } from "./jobs.ts";
import { lookAtSubscription } from "./look-at-subscription.ts";
import { retryWithCard } from "./retry-with-card.ts";
import { sendLocked, sendRecovered } from "./send-payment-notice.ts";

const shop = await testCheckoutShop({}, [setByHand("email")]);
const { sql, stripe } = shop;
const { memberOf, row, news, hear, run, fault, noFaults, refused } = testMemberships(shop);
const { company, buy, planOf } = testPlans(shop);
const { letter, visitor, overdue, enterCard } = testCards(shop);
afterEach(() => noFaults());

const mailsTo = async (to: string, template: string) =>
  (
    await sql`select subject from emails where to_address = ${to} and template = ${template} order by created_at, id`
  ).map((mail) => String(mail.subject).replaceAll("\u00a0", " "));

/** The news is worked off by hand, up to the charge whose outcome is lost on its way. */
async function executeUntilUnknown(id: string): Promise<void> {
  await sql`update subscriptions set next_check_at = app_now() where id = ${id}`;
  await lookAtSubscription(shop.worker(), { subscriptionId: id });
  await retryWithCard(shop.worker(), { subscriptionId: id });
  const [change] = await sql`select id from subscription_changes where subscription_id = ${id} and kind = 'retry'`;
  await expect(executeChange(shop.worker(), { changeId: String(change?.id) })).rejects.toThrow();
  expect(await retries(id)).toEqual(["unknown"]);
}
const retries = async (id: string) =>
  (await sql`select status from subscription_changes where subscription_id = ${id} and kind = 'retry'`).map(
    (one) => one.status,
  );
const charged = async (id: string) =>
  (
    await sql`select a.outcome from payment_attempts a join payments p on p.id = a.payment_id
      join invoices i on i.id = p.invoice_id where i.subscription_id = ${id} and i.reason = 'subscription_cycle' order by a.at`
  ).map((one) => one.outcome);

describe("R22: a renewal that fails", () => {
  it("is told with a link that changes the card without signing in; the new card is charged at once, once", async () => {
    const member = await overdue("link@example.se");
    const failed = await letter(member.email, /gick inte igenom/);
    expect(failed.text).toMatch(/Banken nekade betalningen/);
    expect(failed.text).toMatch(/Du har kvar\s+allt till och med den/);
    const token = tokenIn(failed);
    expect(await visitor().read({ token })).toEqual({
      productName: { sv: "Öppet", en: expect.any(String) },
      units: 1,
      owed: { amount: 39_900, currency: "SEK" },
      state: "owed",
      changed: false,
      approveUrl: null,
      nextAttemptAt: expect.any(Date),
      card: { brand: "Visa", last4: "0341" },
      trial: null,
    });
    const [tried, { url }] = [await charged(member.id), await visitor().change({ token })];
    const page = await enterCard(url);
    expect(await visitor().read({ token, page })).toMatchObject({ state: "in_flight", changed: false });
    await visitor().confirm({ page, token });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "active", overdue_since: null, grace_ends_at: null });
    expect(await visitor().read({ token, page })).toMatchObject({ state: "nothing_owed", changed: true, owed: null });
    expect(await charged(member.id)).toEqual([...tried, "approved"]);
    expect(await mailsTo(member.email, "payment-notice")).toEqual(["Betalningen på 399,00 kr är klar"]);

    // The same news again, the same jobs again: nothing more is charged or said.
    for (let again = 0; again < 2; again++) {
      await adoptCard(shop.worker(), { sessionId: page });
      await retryWithCard(shop.worker(), { subscriptionId: member.id });
      const [bill] =
        await sql`select id from invoices where subscription_id = ${member.id} order by created_at desc limit 1`;
      await sendRecovered(shop.worker(), { invoiceId: String(bill?.id) });
      await sendLocked(shop.worker(), { subscriptionId: member.id });
    }
    await hear(await news(member));
    expect(await charged(member.id)).toHaveLength(tried.length + 1);
    expect(await mailsTo(member.email, "payment-notice")).toHaveLength(1);
    expect(await mailsTo(member.email, "payment-failed")).toHaveLength(1);
  });

  it("stays owed with another card that is refused too; of two pages the one opened last counts", async () => {
    const member = await overdue("refused-again@example.se");
    const token = tokenIn(await letter(member.email, /gick inte igenom/));
    const bad = await enterCard((await visitor().change({ token })).url, "4000 0000 0000 0341");
    await visitor().confirm({ page: bad, token });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "past_due" });
    expect(await visitor().read({ token, page: bad })).toMatchObject({ state: "owed", changed: true });
    await shop.advance("PT1M");
    const good = await enterCard((await visitor().change({ token })).url);
    await Promise.all([adoptCard(shop.worker(), { sessionId: good }), adoptCard(shop.worker(), { sessionId: good })]);
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "active", card_page_id: good });
    expect((await charged(member.id)).filter((outcome) => outcome === "approved")).toHaveLength(1);
    const now = (await stripe.subscriptions.retrieve(member.stripeId)).default_payment_method;
    await adoptCard(shop.worker(), { sessionId: bad });
    expect((await stripe.subscriptions.retrieve(member.stripeId)).default_payment_method).toBe(now);
  });

  it.each([
    ["told of by the provider", null],
    ["whose charge nobody knows the outcome of", "after"],
    ["whose charge was never sent", "before"],
  ] as const)("is charged at once to a card that its payer enters elsewhere, %s: once", async (what, broken) => {
    const member = await memberOf(`${what.replaceAll(" ", "-")}@example.se`, "oppet");
    const { default_payment_method: card } = await stripe.subscriptions.retrieve(member.stripeId);
    const bank = (refuses: "generic" | null) =>
      shop.sandbox.control(`payment_methods/${String(card)}/bank`, { body: { refuses } });
    await bank("generic");
    await shop.advance("P32D");
    await hear(await news(member));
    expect(await row(member)).toMatchObject({ status: "past_due" });
    // As if it had been charged to another one until now.
    await bank(null);
    await sql`update subscriptions set stripe_card_id = 'pm_before' where id = ${member.id}`;
    await stripe.customers.update(member.stripeCustomer, { metadata: { card: "another" } });
    const told = await news(member);
    expect(told.map((event) => event.type)).toContain("customer.updated");
    if (broken) await fault({ kind: "reset", when: broken, path: "/v1/invoices/" });
    for (const event of told) await shop.receive(event);
    if (broken) {
      await executeUntilUnknown(member.id);
      await noFaults();
      await sql`update subscription_changes set next_check_at = app_now() where subscription_id = ${member.id}`;
      await run(sweepChangesJob);
    }
    await shop.work();
    expect(await retries(member.id)).toEqual(["applied"]);
    expect((await charged(member.id)).filter((outcome) => outcome === "approved")).toHaveLength(1);
    expect(await row(member)).toMatchObject({ status: "active" });
  });

  it("that the bank wants approved is mailed once, with the page where it is approved", async () => {
    const member = await overdue("approve@example.se", "pm_card_authenticationRequired");
    const asked = await letter(member.email, /^Banken vill att du godkänner/);
    const seen = await visitor().read({ token: tokenIn(asked) });
    expect(seen).toMatchObject({ state: "approval", approveUrl: expect.stringContaining("/invoices/") });
    const [payment] = await sql`select p.id from payments p join invoices i on i.id = p.invoice_id
      where i.subscription_id = ${member.id} and p.status = 'requires_action'`;
    await sendPaymentFailed(shop.worker(), { paymentId: String(payment?.id) });
    expect(await mailsTo(member.email, "payment-failed")).toHaveLength(1);
    expect((await member.own.overdue({})).items[0]).toMatchObject({
      unpaid: { payUrl: seen.approveUrl, amount: 39_900 },
    });
  });

  it("gives what it gives until exactly the end of its grace, whatever is still tried, and again when it is paid", async () => {
    const owner = await shop.member("grace@example.se");
    const organizationId = await company([[owner, "owner"]]);
    await sql`update plan_versions set grace_days = 5 where plan_code = 'pro' and status = 'draft'`;
    const plan = await buy(owner, organizationId);
    const subscription = await stripe.subscriptions.retrieve(plan.stripe);
    const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: String(subscription.customer),
    });
    await stripe.subscriptions.update(plan.stripe, { default_payment_method: card.id });
    await shop.advance("P32D");
    await sql`update subscriptions set next_check_at = app_now() where id = ${plan.id}`;
    await run(sweepSubscriptionsJob);
    expect(await row(plan)).toMatchObject({ status: "past_due", grace_due_at: expect.any(String) });
    expect(await planOf(organizationId)).toBe("pro");
    await sql`update subscriptions set grace_due_at = app_now() + interval '1 second', grace_ends_at = app_now() + interval '1 second' where id = ${plan.id}`;
    await run(sweepGraceJob);
    await sql`update subscriptions set grace_due_at = app_now(), grace_ends_at = app_now() where id = ${plan.id} and grace_due_at is not null`;
    await run(sweepGraceJob);
    await run(sweepGraceJob);
    expect(await planOf(organizationId)).toBe("pilot");
    expect(await row(plan)).toMatchObject({ status: "past_due", grace_due_at: null });
    expect(await mailsTo("grace@example.se", "payment-notice")).toHaveLength(1);
    expect((await shop.browser({ session: owner }).caller.billing.memberships.overdue({})).items[0]).toMatchObject({
      locked: true,
    });

    const token = tokenIn(await letter("grace@example.se", /är låst tills/));
    const page = await enterCard((await visitor().change({ token })).url);
    await visitor().confirm({ page, token });
    await shop.work();
    expect(await planOf(organizationId)).toBe("pro");
  });
});

describe("a link that changes a card", () => {
  it("names all that a new card will be charged for, two periods where two are open; and how many it is for", async () => {
    const member = await overdue("two-bills@example.se");
    await sql`insert into invoices select (jsonb_populate_record(i, jsonb_build_object('id', i.id || 'older',
        'stripe_invoice_id', i.stripe_invoice_id || '_older', 'total_amount', 12300, 'created_at', i.created_at - interval '7 days'))).*
      from invoices i where i.subscription_id = ${member.id} and i.status = 'open'`;
    const token = tokenIn(await letter(member.email, /gick inte igenom/));
    expect(await visitor().read({ token })).toMatchObject({ owed: { amount: 52_200, currency: "SEK" } });
    expect((await member.own.overdue({})).items[0]).toMatchObject({ unpaid: { amount: 52_200 } });
    await sql`delete from invoices where stripe_invoice_id like '%_older'`;
    await sql`update subscriptions set quantity = 3 where id = ${member.id}`;
    expect(await visitor().read({ token })).toMatchObject({ units: 3 });
  });

  it("opens nothing when it is made up, too old, or of a membership that has ended", async () => {
    const member = await overdue("dead-link@example.se");
    const token = tokenIn(await letter(member.email, /gick inte igenom/));
    const dead = refused("billing.link_invalid");
    await expect(visitor().read({ token: `${token}x` })).rejects.toEqual(dead);
    await sql`update card_links set expires_at = now() where subscription_id = ${member.id}`;
    await expect(visitor().read({ token })).rejects.toEqual(dead);
    await expect(visitor().change({ token })).rejects.toEqual(dead);
    await sql`update card_links set expires_at = now() + interval '1 day' where subscription_id = ${member.id}`;
    expect(await visitor().read({ token })).toMatchObject({ state: "owed" });
    await stripe.subscriptions.cancel(member.stripeId);
    await hear(await news(member));
    await expect(visitor().change({ token })).rejects.toEqual(dead);
  });

  it("is for whoever pays now: handed over, the new payer is mailed one, and the old one's is dead", async () => {
    const owner = await shop.member("gamla@example.se");
    const payer = await shop.member("nya@example.se");
    const organizationId = await company([
      [owner, "owner"],
      [payer, "billing"],
    ]);
    await sql`update organizations set billing_customer_id = ${owner.customerId} where id = ${organizationId}`;
    await buy(owner, organizationId);
    const handOver = async (to: typeof owner) => {
      const staff = { ...(await shop.member(`stod-${to.userId}@kraftverk.test`)), staffRole: "support" as const };
      await sql`update users set staff_role = 'support' where id = ${staff.userId}`;
      const act = { organizationId, memberId: `omb_${organizationId}_${to.userId}`, reason: "Ny på ekonomi." };
      await shop.browser({ session: staff }).caller.organizations.office.handOverPayment(act);
      await shop.work();
    };
    await handOver(payer);
    const told = await letter("nya@example.se", /^Du betalar nu för AB/);
    expect(told.text).toMatch(/4242/);
    expect(await visitor().read({ token: tokenIn(told) })).toMatchObject({ state: "nothing_owed" });
    await handOver(owner);
    await expect(visitor().read({ token: tokenIn(told) })).rejects.toEqual(refused("billing.link_invalid"));
    expect(await mailsTo("gamla@example.se", "payment-notice")).toHaveLength(1);

    // A mail that leaves only now is still the old payer's, whose link opens nothing.
    const [late] = await sql`update emails set status = 'queued', claimed_at = null, sent_at = null
      where to_address = 'nya@example.se' and template = 'payment-notice' returning id`;
    expect(await sendEmail(shop.worker(), { emailId: String(late?.id) })).toBe("sent");
    const links = await sql`select customer_id from card_links where subscription_id in (
      select id from subscriptions where organization_id = ${organizationId}) order by created_at desc, token_hash`;
    expect(links.filter((link) => link.customer_id === payer.customerId)).toHaveLength(2);
    await expect(
      visitor().read({ token: tokenIn(await letter("nya@example.se", /^Du betalar nu för AB/)) }),
    ).rejects.toEqual(refused("billing.link_invalid"));
  });
});
