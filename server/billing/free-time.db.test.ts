import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { executeChange } from "./execute-change.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { formKey, memberOf, row, changesOf, run, mailsOf, fault, noFaults, refused } = testMemberships(shop);
afterEach(() => noFaults());

type Member = Awaited<ReturnType<typeof memberOf>>;
const boss = shop.browser({ session: { ...(await shop.member("chef@example.se")), staffRole: "finance" as const } });
const office = () => boss.caller.billing.office;
const reason = "The showers were cold for a week";

/** Gives what the page offers under these words. */
async function give(member: Member, unit: "period" | "day", count: number, key = formKey()) {
  const { freeTimes } = await office().life({ id: member.id });
  const offered = freeTimes.find((one) => one.unit === unit && one.count === count);
  const until = offered?.until ?? new Date(0);
  return { ...(await office().giveFreeTime({ id: member.id, unit, count, until, reason, formKey: key })), until };
}
const charged = async ({ stripeId }: Member) =>
  (await stripe.invoices.list({ subscription: stripeId, limit: 100 })).data
    .map((bill) => bill.amount_paid)
    .filter(Boolean);

describe("free time that staff give", () => {
  it.each([
    ["period", 2, "billing.comp"],
    ["day", 14, "billing.extend"],
  ] as const)("%s %i: nothing is charged before the day that was shown, then as usual", async (unit, count, action) => {
    const member = await memberOf(`${unit}@example.se`, "oppet");
    const key = formKey();
    const { changeId, until } = await give(member, unit, count, key);
    const again = await office().giveFreeTime({ id: member.id, unit, count, until, reason, formKey: key });
    expect(again.changeId).toBe(changeId);
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "trialing", amount: "39900", had_trial: false });
    expect((await member.life()).currentPeriodEndAt).toEqual(until);
    expect(await changesOf(member)).toMatchObject([{ kind: "free", status: "applied" }]);
    expect(await mailsOf(member)).toEqual([expect.stringMatching(/^Nästa betalning är den /)]);
    const { charges } = await member.own.calendar();
    expect(charges[0]).toMatchObject({ at: until, amount: 39_900 });
    const days = Math.ceil((until.getTime() - shop.runtime.clock.now().getTime()) / 86_400_000);
    await shop.advance(`P${days - 1}D`);
    await run(sweepSubscriptionsJob);
    expect(await charged(member)).toEqual([39_900]);
    await shop.advance("P2D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ status: "active" });
    expect(await charged(member)).toEqual([39_900, 39_900]);
    const acts =
      await sql`select action, reason from audit_entries where subject = ${member.id} and action = ${action}`;
    expect(acts).toEqual([{ action, reason }]);
    expect(await sql`select id from emails where to_address = ${member.email} and template = 'trial-ending'`).toEqual(
      [],
    );
  });

  it("is no way to have another membership or more of one for nothing: members wait for its end, staff see and decide", async () => {
    const member = await memberOf("dearer@example.se", "oppet-plus");
    const [other] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
      where v.product_id = 'oppet' and p.interval = 'month' and p.currency = 'SEK' and p.active`;
    const wanted = { id: member.id, productId: "oppet", variantId: String(other?.id) };
    const { sealed } = await member.own.quote(wanted);
    const { until } = await give(member, "day", 7);
    await shop.work();
    const refusal = { cause: { code: "subscriptions.free_time_runs", details: { endsAt: until.toISOString() } } };
    await expect(member.own.quote(wanted)).rejects.toMatchObject(refusal);
    await expect(member.own.quoteUnits({ id: member.id, units: 2 })).rejects.toMatchObject(refusal);
    // Nor by a price that was quoted before it was given.
    const old = member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() });
    await expect(old).rejects.toMatchObject({ cause: { kind: "conflict" } });
    expect(await member.life()).toMatchObject({
      freeUntil: until,
      allowed: { plan: false, units: false, cancel: "period_end" },
    });
    expect(await office().life({ id: member.id })).toMatchObject({ allowed: { plan: true, units: false } });
    expect((await office().quote({ ...wanted, timing: "now" })).quote.preview.dueNow).toBe(0);
  });

  it.each(["before", "after"] as const)("lost %s it took effect, is given once", async (when) => {
    const member = await memberOf(`lost-${when}@example.se`, "oppet");
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId, until } = await give(member, "day", 7);
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    expect((await stripe.subscriptions.retrieve(member.stripeId)).trial_end).toBe(Math.floor(until.getTime() / 1000));
  });

  it("is not given once the membership has renewed: what was just paid for is not charged again before its end", async () => {
    const member = await memberOf("renewed@example.se", "oppet");
    const { changeId } = await give(member, "day", 7);
    await shop.advance("P32D");
    await executeChange(shop.worker(), { changeId });
    expect(await changesOf(member)).toMatchObject([{ kind: "free", status: "failed", failure_code: "end_moved" }]);
    expect((await stripe.subscriptions.retrieve(member.stripeId)).trial_end).toBeNull();
    // Who was told that nothing is charged has been charged: a person sees to that.
    const told =
      await sql`select amount::int as amount from alerts where kind = 'billing.late_change' and starts_with(subject, ${member.id})`;
    expect(told).toEqual([{ amount: 39_900 }]);
    await shop.advance("P10D");
    expect(await charged(member)).toEqual([39_900, 39_900]);
  });

  it("of another day than was shown, to what ends, or by somebody who may not: none", async () => {
    const member = await memberOf("none@example.se", "oppet");
    const wish = { id: member.id, unit: "day" as const, count: 7, reason, formKey: formKey() };
    await expect(office().giveFreeTime({ ...wish, until: new Date("2030-01-01") })).rejects.toEqual(
      refused("subscriptions.end_moved"),
    );
    const support = shop.browser({
      session: { ...(await shop.member("stod@example.se")), staffRole: "support" as const },
    });
    await expect(
      support.caller.billing.office.giveFreeTime({ ...wish, until: new Date("2030-01-01") }),
    ).rejects.toThrow("roles");
    await member.own.cancel({ id: member.id, timing: "period_end", formKey: formKey() });
    await shop.work();
    await expect(give(member, "day", 7)).rejects.toEqual(refused("subscriptions.change_not_allowed"));
    expect(await changesOf(member)).toMatchObject([{ kind: "cancel" }]);
  });
});
