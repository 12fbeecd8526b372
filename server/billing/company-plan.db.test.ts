import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { convergeCheckout } from "../checkout/index.ts";
import { applyPlan } from "../entitlements/index.ts";
import { followPlan } from "../plans/index.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { company, buy, begin, planOf } = testPlans(shop);
const { formKey, run } = testMemberships(shop);
const owner = await shop.member("agare@example.se");
const buyer = await shop.member("kopare@example.se");
const payer = await shop.member("ekonomi@example.se");
const member = await shop.member("medlem@example.se");
const firm = () =>
  company([
    [owner, "owner"],
    [buyer, "billing"],
    [payer, "billing"],
    [member, "member"],
  ]);
const cancel = (session: typeof owner, id: string) =>
  shop.browser({ session }).caller.billing.memberships.cancel({ id, timing: "period_end", formKey: formKey() });
const leaves = (organizationId: string, session: typeof owner) =>
  sql`update organization_members set left_at = now() where organization_id = ${organizationId} and user_id = ${session.userId}`;

describe("what a company pays for", () => {
  it("is its present payers' to end, and nobody else's: not a member's, not of whoever bought it and left", async () => {
    const organizationId = await firm();
    const { id } = await buy(buyer, organizationId);
    await leaves(organizationId, buyer);
    await expect(cancel(buyer, id)).rejects.toThrow("There is no such");
    await expect(cancel(member, id)).rejects.toThrow("There is no such");
    expect(await sql`select id from subscription_changes where subscription_id = ${id}`).toEqual([]);
    await cancel(payer, id);
    expect(await sql`select kind from subscription_changes where subscription_id = ${id}`).toEqual([
      { kind: "cancel" },
    ]);
  });

  it("is billed to who pays now: the next bill and its receipt, while the old ones stay where they were", async () => {
    const organizationId = await firm();
    const { id } = await buy(buyer, organizationId);
    await sql`update organizations set billing_customer_id = ${payer.customerId} where id = ${organizationId}`;
    await shop.advance("P32D");
    await sql`update subscriptions set next_check_at = app_now() where id = ${id}`;
    await run(sweepSubscriptionsJob);
    await shop.work();
    expect(await sql`select customer_id from invoices where subscription_id = ${id} order by created_at`).toEqual([
      { customer_id: buyer.customerId },
      { customer_id: payer.customerId },
    ]);
    expect(await sql`select customer_id from emails where template = 'renewal-receipt'`).toEqual([
      { customer_id: payer.customerId },
    ]);
  });

  it("stays with who pays now, however often the purchase is looked at again", async () => {
    const organizationId = await firm();
    const { sessionId } = await buy(buyer, organizationId);
    const pays = async () => {
      const [row] = await sql`select billing_customer_id as id from organizations where id = ${organizationId}`;
      return row?.id;
    };
    expect(await pays()).toBe(buyer.customerId);
    await sql`update organizations set billing_customer_id = ${payer.customerId} where id = ${organizationId}`;
    await leaves(organizationId, buyer);
    await convergeCheckout(shop.worker(), { stripeSessionId: sessionId });
    expect(await pays()).toBe(payer.customerId);
  });

  it("ends at once and is paid back where the company was closed while its page was open", async () => {
    const organizationId = await firm();
    const page = await begin(owner, organizationId);
    await shop.browser({ session: owner }).caller.organizations.close({ organizationId });
    await shop.pay(page.url);
    for (let look = 0; look < 2; look++) {
      await convergeCheckout(shop.worker(), { stripeSessionId: page.sessionId });
      await shop.work();
    }
    const [plan] = await sql`select s.status, p.amount::int as amount, p.refunded_amount::int as back
      from subscriptions s join invoices i on i.subscription_id = s.id join payments p on p.invoice_id = i.id
      where s.organization_id = ${organizationId}`;
    expect(plan).toEqual({ status: "canceled", amount: 4_900, back: 4_900 });
  });

  it("is not sold a second time; two pages that were paid before anybody told us are laid before a person", async () => {
    const organizationId = await firm();
    const page = await begin(buyer, organizationId);
    await shop.pay(page.url);
    await buy(owner, organizationId, "enterprise");
    await shop.work();
    expect(await sql`select id from subscriptions where organization_id = ${organizationId}`).toHaveLength(2);
    const [alert] =
      await sql`select detail from alerts where kind = 'checkout.paid_twice' and detail like ${`%${organizationId}%`}`;
    expect(alert?.detail).toContain("pays for two plans");
    const wish = { organizationId, planCode: "pro", interval: "month" } as const;
    const again = await shop.browser({ session: payer }).caller.checkout.plan.buy(wish);
    expect(again.outcome).toBe("already_subscribed");
  });
});

describe("a plan that rests", () => {
  /** Puts a version on sale that says so. */
  const publish = async (code: string, pauseKeeps: boolean) => {
    const session = { ...(await shop.member("salj@example.se")), staffRole: "marketing" as const };
    const { plans } = shop.browser({ session }).caller;
    await plans.startDraft({ code });
    const { draft, live } = await plans.get({ code });
    const { name, summary, prices, holds } = live?.content ?? { ...draft?.content, prices: [], holds: {} };
    if (!name || !summary) throw new Error(`${code} is not on sale`);
    const content = { name, summary, prices: [...prices], pauseKeeps };
    const held = Object.entries(holds).map(([feature, value]) => ({ feature, value }));
    const saved = await plans.saveDraft({
      code,
      revision: draft?.revision ?? -1,
      content: { ...content, holds: held },
    });
    const { changes } = await plans.get({ code });
    await plans.publish({ code, revision: saved.revision, reason: "A rest keeps everything" });
    await shop.work();
    return changes;
  };

  it.each([
    [false, "pilot", "pro"],
    [true, "enterprise", "enterprise"],
  ])(
    "gives everything meanwhile: %s, as its version says; one whose trial stopped gives nothing",
    async (keeps, meanwhile, code) => {
      if (keeps) expect(await publish(code, keeps)).toEqual([{ what: "pause_keeps", before: false, after: true }]);
      const organizationId = await firm();
      const { id } = await buy(buyer, organizationId, code);
      const own = shop.browser({ session: buyer }).caller.billing.memberships;
      expect(await own.life({ id })).toMatchObject({ holdsOnPause: keeps });
      if (keeps) await expect(own.pause({ id, formKey: formKey() })).rejects.toThrow("Say for how many months");
      await own.pause({ id, ...(keeps ? { months: 3 } : {}), formKey: formKey() });
      await shop.work();
      expect(await planOf(organizationId)).toBe(code);
      await shop.advance("P40D");
      await sql`update subscriptions set next_check_at = app_now() where id = ${id}`;
      await run(sweepSubscriptionsJob);
      await shop.work();
      expect(await sql`select status from subscriptions where id = ${id}`).toEqual([{ status: "paused" }]);
      expect(await planOf(organizationId)).toBe(meanwhile);
      // What follows a new version on sale leaves those alone who hold theirs.
      const [sold] = await sql`select id from plan_versions where plan_code = ${code} and status = 'published'`;
      await followPlan(shop.worker(), { versionId: String(sold?.id) });
      expect(await planOf(organizationId)).toBe(meanwhile);

      const back = await sql`update subscriptions set pause_at = null where id = ${id} returning id`;
      await applyPlan(shop.worker(), { subscriptionId: String(back[0]?.id), cause: "a trial that stopped" });
      expect(await planOf(organizationId)).toBe("pilot");
    },
  );
});
