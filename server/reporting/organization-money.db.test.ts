import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { sweepSubscriptionsJob } from "../billing/jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy } = testPlans(shop);
const { formKey, run } = testMemberships(shop);
const owner = await shop.member("agare@example.se");
const helper = await shop.member("hjalp@example.se");
const support = shop.browser({ session: { ...(await shop.member("stod@example.se")), staffRole: "owner" as const } });
const organizationId = await company([
  [owner, "owner"],
  [helper, "member"],
]);
const page = () => support.caller.reporting.organization({ organizationId });
const queue = async (kind: string) =>
  (await support.caller.overview.workQueue()).items.filter((item) => item.kind === kind);

describe("an organization as staff see it", () => {
  it("has what it pays for, its bills, and everything that happened on one timeline with its reasons", async () => {
    const { id } = await buy(owner, organizationId, "enterprise");
    await support.caller.entitlements.office.setOverride({
      ...{ organizationId, feature: "canExportBundleZip", value: false, reason: "Asked for it" },
    });
    await shop.browser({ session: owner }).caller.billing.memberships.cancel({
      ...{ id, timing: "period_end", formKey: formKey() },
    });
    await shop.work();
    const { subscriptions, invoices, timeline: happened } = await page();
    const timeline = happened.items;
    expect(subscriptions).toMatchObject([{ id, amount: 29_900, version: 1 }]);
    expect(invoices).toMatchObject([{ status: "paid", totalAmount: 29_900, email: "agare@example.se" }]);
    const told = (what: string) => timeline.filter((entry) => entry.what === what);
    expect(told("plan")).toMatchObject([{ state: "pilot", event: "enterprise" }]);
    expect(told("entitlement")).toMatchObject([{ event: "canExportBundleZip", state: "false", cause: "Asked for it" }]);
    expect(told("change").map(({ event, state }) => `${event} ${state}`)).toEqual([
      ...["cancel scheduled", "cancel sent", "cancel requested"],
    ]);
    expect(told("member")).toHaveLength(2);
    expect(told("mail").map(({ event }) => event)).toContain("membership-change");
    expect(told("staff").map(({ event }) => event)).toContain("entitlements.set_override");
    expect(told("subscription").length).toBeGreaterThan(0);
  });
});

describe("the work queue", () => {
  it("says of a failing payment what is owed, how often it was tried, when next and why", async () => {
    const other = await company([[owner, "owner"]]);
    const { id, stripe: stripeId } = await buy(owner, other, "pro");
    const customer = String((await stripe.subscriptions.retrieve(stripeId)).customer);
    const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.subscriptions.update(stripeId, { default_payment_method: card.id });
    await shop.advance("P32D");
    await sql`update subscriptions set next_check_at = app_now() where id = ${id}`;
    await run(sweepSubscriptionsJob);
    await shop.work();
    expect(await queue("membership_past_due")).toMatchObject([
      {
        ...{ id, subject: "AB", amount: 4_900, currency: "USD", detail: null },
        failing: { attempts: expect.any(Number), nextAttemptAt: expect.any(Date), declineClass: "generic" },
      },
    ]);
    const [item] = await queue("membership_past_due");
    expect(item?.failing?.attempts).toBeGreaterThan(0);
  });

  it("names an organization that has more people on seats than its plan holds, until it has not", async () => {
    const many = await company([
      [owner, "owner"],
      [helper, "member"],
    ]);
    const { stripe: stripeId } = await buy(owner, many, "enterprise");
    const at = shop.runtime.clock.now().toISOString();
    for (const { userId } of [owner, helper])
      await sql`insert into seats (id, organization_id, user_id, status, created_at)
        values (${`sea_${many}_${userId}`}, ${many}, ${userId}, 'claimed', ${at})`;
    expect(await queue("seats_over")).toEqual([]);
    await stripe.subscriptions.cancel(stripeId);
    await sql`update subscriptions set next_check_at = app_now() where organization_id = ${many}`;
    await run(sweepSubscriptionsJob);
    await shop.work();
    expect(await queue("seats_over")).toMatchObject([{ id: many, seats: { claimed: 2, allowed: 1 } }]);
    await sql`update seats set status = 'revoked' where id = ${`sea_${many}_${helper.userId}`}`;
    expect(await queue("seats_over")).toEqual([]);
  });
});
