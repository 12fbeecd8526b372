import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { executeChange } from "./execute-change.ts";
import { sweepResumesJob, sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { formKey, memberOf, row, changesOf, news, hear, chargeTo, run, mailsOf, fault, noFaults } =
  testMemberships(shop);
afterEach(() => noFaults());

type Member = Awaited<ReturnType<typeof memberOf>>;
const paid = async ({ stripeId }: Member) =>
  (await stripe.invoices.list({ subscription: stripeId, limit: 100 })).data
    .filter((bill) => bill.status === "paid" && bill.amount_paid > 0)
    .map((bill) => bill.amount_paid);
async function pause(member: Member, months?: number) {
  const asked = await member.own.pause({ id: member.id, ...(months ? { months } : {}), formKey: formKey() });
  return asked;
}

describe("a membership rests", () => {
  it("from the end of its period to the day that was said: nothing is charged, then a new period is", async () => {
    const member = await memberOf("rests@example.se", "oppet");
    await pause(member, 3);
    await shop.work();
    const asked = await row(member);
    expect(asked).toMatchObject({ status: "active", pause_at: asked?.current_period_end_at });
    expect(await member.life()).toMatchObject({ allowed: { keep: "pause", cancel: "period_end", plan: false } });
    expect(await mailsOf(member)).toEqual([expect.stringMatching(/^Medlemskapet pausas den /)]);
    await shop.advance("P33D");
    await hear((await news(member)).toReversed());
    expect(await row(member)).toMatchObject({ status: "paused" });
    expect(await member.life()).toMatchObject({ allowed: { resume: true, cancel: "now" } });
    await shop.advance("P60D");
    await run(sweepSubscriptionsJob);
    await run(sweepResumesJob);
    expect(await paid(member)).toEqual([39_900]);
    expect(await row(member)).toMatchObject({ status: "paused" });
    await shop.advance("P31D");
    await run(sweepResumesJob);
    await run(sweepResumesJob);
    const back = await row(member);
    expect(back).toMatchObject({ status: "active", pause_at: null, resume_at: null });
    expect(await paid(member)).toEqual([39_900, 39_900]);
    expect(await changesOf(member)).toMatchObject([
      { kind: "pause", status: "applied" },
      { kind: "resume", status: "applied" },
    ]);
    expect((await mailsOf(member))[1]).toBe("Medlemskapet är igång igen");
    expect(await mailsOf(member, "renewal-receipt")).toHaveLength(1);
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await paid(member)).toEqual([39_900, 39_900, 39_900]);
  });

  it("until its member says so, and goes on at once then", async () => {
    const member = await memberOf("open@example.se", "oppet");
    await pause(member);
    await shop.work();
    await shop.advance("P70D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ status: "paused", resume_at: null });
    const key = formKey();
    await member.own.resume({ id: member.id, formKey: key });
    await member.own.resume({ id: member.id, formKey: key });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "active" });
    expect(await paid(member)).toEqual([39_900, 39_900]);
  });

  it("not, when that was taken back before it began", async () => {
    const member = await memberOf("back@example.se", "oppet");
    await pause(member, 1);
    await shop.work();
    await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "active", pause_at: null, resume_at: null });
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await paid(member)).toEqual([39_900, 39_900]);
    expect(await changesOf(member)).toMatchObject([{ status: "undone" }, { kind: "keep", status: "applied" }]);
  });

  it("and can be ended while it does: at once, for nothing is paid any more", async () => {
    const member = await memberOf("ended@example.se", "oppet");
    await pause(member);
    await shop.work();
    await shop.advance("P40D");
    await run(sweepSubscriptionsJob);
    await member.own.cancel({ id: member.id, timing: "now", formKey: formKey() });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect(await paid(member)).toEqual([39_900]);
  });

  it.each(["before", "after"] as const)(
    "going on is charged once when its call is lost %s it took effect",
    async (when) => {
      const member = await memberOf(`lost-${when}@example.se`, "oppet");
      await pause(member);
      await shop.work();
      await shop.advance("P40D");
      await run(sweepSubscriptionsJob);
      await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
      const { changeId } = await member.own.resume({ id: member.id, formKey: formKey() });
      await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
      await noFaults();
      await executeChange(shop.worker(), { changeId });
      await shop.work();
      expect(await paid(member)).toEqual([39_900, 39_900]);
      expect((await changesOf(member)).at(-1)).toMatchObject({ kind: "resume", status: "applied" });
    },
  );
});

describe("what is overdue", () => {
  it("is charged now when its member says so: once, and a refusal is told", async () => {
    const member = await memberOf("retry@example.se", "oppet");
    await chargeTo(member, "pm_card_chargeCustomerFail");
    await shop.advance("P32D");
    await hear(await news(member));
    expect(await row(member)).toMatchObject({ status: "past_due" });
    await member.own.retry({ id: member.id, formKey: formKey() });
    await shop.work();
    expect((await changesOf(member)).at(-1)).toMatchObject({
      kind: "retry",
      status: "failed",
      failure_code: "card_declined",
    });
    const [subscription] = [await stripe.subscriptions.retrieve(member.stripeId)];
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: String(subscription.customer) });
    await stripe.customers.update(String(subscription.customer), {
      invoice_settings: { default_payment_method: good.id },
    });
    const failing = subscription.default_payment_method;
    await stripe.paymentMethods.detach(String(failing));
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => member.own.retry({ id: member.id, formKey: formKey() })),
    );
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await shop.work();
    await hear(await news(member));
    expect(await row(member)).toMatchObject({ status: "active" });
    const bills = await sql`select status from invoices where subscription_id = ${member.id} order by created_at`;
    expect(bills.map((bill) => bill.status)).toEqual(["paid", "paid"]);
    expect((await changesOf(member)).at(-1)).toMatchObject({ kind: "retry", status: "applied" });
  });
});
