import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { parseAnnouncement, receiveAnnouncement, reevaluateReceipt } from "../pricing/index.ts";
import { bookCampaignEnd } from "./book-campaign-end.ts";
import { sweepResumesJob, sweepSubscriptionsJob } from "./jobs.ts";
import { lookAtSubscription } from "./look-at-subscription.ts";

const shop = await testCheckoutShop({}, [setByHand("subscription_change")]);
const { sql, stripe, runtime } = shop;
const { formKey, memberOf, run, refused } = testMemberships(shop);

async function announce(durationMonths: number | null, id = "some_months"): Promise<void> {
  const { id: price } = await stripe.prices.create({
    currency: "sek",
    unit_amount: 19_900,
    recurring: { interval: "month" },
    product_data: { name: "Autumn" },
  });
  const campaign = {
    ...{ id, name: "Hösten", status: "active", products: ["oppet"], durationMonths: durationMonths ?? undefined },
    prices: [{ currency: "SEK", interval: "month", stripePriceId: price }],
  };
  const body = { action: "created", campaign };
  const parsed = parseAnnouncement(body);
  if (!parsed.ok || parsed.announcement.action === "ping") throw new Error(JSON.stringify(parsed));
  const text = JSON.stringify(body);
  const bodyHash = createHash("sha256").update(text).digest("hex");
  const partner = runtime.ctx({ kind: "partner", name: "source" }, "test");
  await receiveAnnouncement(partner, { announcement: parsed.announcement, body: text, bodyHash });
  await shop.work();
}
await announce(3);

type Member = Awaited<ReturnType<typeof memberOf>>;
const bookings = async ({ id }: Member) =>
  (
    await sql`select status from subscription_changes where subscription_id = ${id} and campaign_id is not null order by created_at, id`
  ).map((one) => one.status);
const charged = async ({ stripeId }: Member) => {
  const bills = await stripe.invoices.list({ subscription: stripeId, limit: 100 });
  return bills.data.map((bill) => bill.amount_paid).toReversed();
};

describe("a campaign of three months", () => {
  it("gives way to another membership that is paid with the next invoice, counted off what was really paid", async () => {
    const member = await memberOf("carried@example.se", "oppet");
    await shop.advance("P10D");
    const boss = shop.browser({ session: { ...(await shop.member("chef@example.se")), staffRole: "owner" } });
    const [plus] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
      where v.product_id = 'oppet-plus' and p.interval = 'month' and p.currency = 'SEK' and p.active`;
    const wanted = {
      id: member.id,
      productId: "oppet-plus",
      variantId: String(plus?.id),
      timing: "next_invoice",
    } as const;
    const { quote, sealed } = await boss.caller.billing.office.quote(wanted);
    const [unused = 0, rest = 0] = quote.preview.lines.map(({ amount }) => amount);
    expect(unused / rest).toBeCloseTo(-19_900 / 49_900, 3);
    const wish = { id: member.id, quote: sealed, formKey: formKey(), reason: "He asked for it" };
    await boss.caller.billing.office.changePlan(wish);
    await shop.work();
    expect(await bookings(member)).toEqual(["superseded"]);
    expect((await member.own.calendar()).charges.slice(0, 2).map(({ amount }) => amount)).toEqual([
      49_900 + unused + rest,
      49_900,
    ]);
    await shop.advance("P22D");
    await run(sweepSubscriptionsJob);
    await shop.advance("PT3H");
    expect(await charged(member)).toEqual([19_900, quote.nextAmount]);
  });

  it("ends by a schedule to the price that was promised: shown, foretold, charged, told, and put down", async () => {
    const member = await memberOf("three@example.se", "oppet");
    expect(await bookings(member)).toEqual(["scheduled"]);
    const life = await member.life();
    expect(life).toMatchObject({
      allowed: { keep: null, plan: true, pause: true, cancel: "period_end" },
      campaignEnd: { amount: 39_900, interval: "month" },
      scheduled: { kind: "plan", campaignId: "some_months", amount: 39_900, effectiveAt: life.campaignEnd?.at },
    });
    const calendar = await member.own.calendar();
    expect(calendar.charges.map(({ amount }) => amount)).toEqual([19_900, 19_900, ...Array(10).fill(39_900)]);
    const [mail] =
      await sql`select text from emails where template = 'membership-started' and to_address = ${member.email}`;
    expect(String(mail?.text).replaceAll(/\s/g, " ")).toContain("i 3 månader, därefter 399,00 kr/mån");
    await bookCampaignEnd(shop.worker(), { subscriptionId: member.id });
    await expect(member.own.keep({ id: member.id, formKey: formKey() })).rejects.toEqual(
      refused("subscriptions.change_not_allowed"),
    );
    // What becomes of the campaign changes nothing of what was promised.
    await sql`update campaigns set status = 'ended', duration_months = 12 where id = 'some_months'`;
    await shop.advance("P190D");
    await run(sweepSubscriptionsJob);
    expect(await charged(member)).toEqual([19_900, 19_900, 19_900, 39_900, 39_900, 39_900, 39_900]);
    expect(await bookings(member)).toEqual(["applied"]);
    expect(await member.life()).toMatchObject({ amount: 39_900, campaignEnd: null, scheduled: null });
    const [receipt] =
      await sql`select r.* from price_receipts r join subscriptions s on s.price_receipt_id = r.id where s.id = ${member.id}`;
    expect(receipt).toMatchObject({ campaign_id: null, amount: "39900" });
    expect(
      reevaluateReceipt({
        ...{ rule: String(receipt?.rule), amount: Number(receipt?.amount), campaignId: null },
        ...{
          stripePriceId: String(receipt?.stripe_price_id),
          inputs: receipt?.inputs,
          alternatives: receipt?.alternatives,
        },
      }).outcome,
    ).toBe("same");
    await sql`update campaigns set status = 'active', duration_months = 3 where id = 'some_months'`;
  });

  it("is of all of them where there are several, booked anew for more, and fewer wait until it has come", async () => {
    await sql`update products set most_units = 3 where id = 'oppet'`;
    const member = await memberOf("several@example.se", "oppet", undefined, 2);
    expect(await member.life()).toMatchObject({ amount: 39_800, scheduled: { amount: 79_800, quantity: 2 } });
    const [mail] =
      await sql`select text from emails where template = 'membership-started' and to_address = ${member.email}`;
    expect(String(mail?.text).replaceAll(/\s/g, " ")).toContain("i 3 månader, därefter 798,00 kr/mån");
    const endsAt = (await member.life()).campaignEnd?.at.toISOString();
    await expect(member.own.quoteUnits({ id: member.id, units: 1 })).rejects.toMatchObject({
      cause: { code: "subscriptions.campaign_end_booked", details: { endsAt } },
    });
    const { sealed, quote } = await member.own.quoteUnits({ id: member.id, units: 3 });
    expect(quote).toMatchObject({ amount: 59_700, nextAmount: 59_700 });
    await member.own.changeUnits({ id: member.id, quote: sealed, formKey: formKey() });
    await shop.work();
    expect(await bookings(member)).toEqual(["superseded", "scheduled"]);
    const foretold = (await member.own.calendar()).charges.map(({ amount }) => amount);
    expect(foretold).toEqual([59_700, 59_700, ...Array(10).fill(119_700)]);
    await shop.advance("P125D");
    await run(sweepSubscriptionsJob);
    expect(await charged(member)).toEqual([39_800, quote.preview.dueNow, 59_700, 59_700, 119_700, 119_700]);
    expect(await member.life()).toMatchObject({ amount: 119_700, units: { count: 3, eachAmount: 39_900 } });
    const [receipt] =
      await sql`select r.amount from price_receipts r join subscriptions s on s.price_receipt_id = r.id where s.id = ${member.id}`;
    expect(receipt).toEqual({ amount: "39900" });
    await sql`update products set most_units = 1 where id = 'oppet'`;
  });

  it("follows a number that was changed at the provider: what is charged after it is for as many as there are then", async () => {
    await sql`update products set most_units = 3 where id = 'oppet'`;
    const member = await memberOf("dashboard@example.se", "oppet", undefined, 2);
    const { items } = await stripe.subscriptions.retrieve(member.stripeId);
    await stripe.subscriptions.update(member.stripeId, {
      items: [{ id: items.data[0]?.id ?? "", quantity: 1 }],
      proration_behavior: "none",
    });
    await Promise.all([1, 2].map(() => lookAtSubscription(shop.worker(), { subscriptionId: member.id })));
    await shop.work();
    expect(await bookings(member)).toEqual(["superseded", "scheduled"]);
    expect(await member.life()).toMatchObject({ amount: 19_900, scheduled: { amount: 39_900, quantity: 1 } });
    await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
    await shop.work();
    expect(await bookings(member)).toHaveLength(2);
    await shop.advance("P125D");
    await run(sweepSubscriptionsJob);
    expect((await charged(member)).filter(Boolean)).toEqual([39_800, 19_900, 19_900, 39_900, 39_900]);
    await sql`update products set most_units = 1 where id = 'oppet'`;
  });

  it("comes first where a cheaper membership of the same day comes too late: what that costs less than the price by then is paid back", async () => {
    const member = await memberOf("late-after@example.se", "oppet");
    await shop.advance("P64D");
    await run(sweepSubscriptionsJob);
    const boss = shop.browser({ session: { ...(await shop.member("chef-late@example.se")), staffRole: "owner" } });
    const [cheaper] = await sql`select v.id, p.amount::int from variants v join prices p on p.variant_id = v.id
      where v.product_id = 'dagtid' and p.interval = 'month' and p.currency = 'SEK' and p.active`;
    const [productId, variantId] = ["dagtid", String(cheaper?.id)];
    const { sealed } = await boss.caller.billing.office.quote({
      id: member.id,
      productId,
      variantId,
      timing: "period_end",
    });
    const wish = { id: member.id, quote: sealed, formKey: formKey(), reason: "He asked for it" };
    await boss.caller.billing.office.changePlan(wish);
    await shop.advance("P33D");
    await shop.work();
    expect(await charged(member)).toEqual([19_900, 19_900, 19_900, 39_900]);
    expect(cheaper?.amount).toBeLessThan(39_900);
    const { data } = await stripe.charges.list({ customer: member.stripeCustomer });
    expect(data.map((one) => one.amount_refunded)).toEqual([39_900 - cheaper?.amount, 0, 0, 0]);
  });

  it("is booked again when an end that took its place is taken back, and not while it stands", async () => {
    const member = await memberOf("back@example.se", "oppet");
    await member.own.cancel({ id: member.id, timing: "period_end", formKey: formKey() });
    await shop.work();
    expect(await bookings(member)).toEqual(["superseded"]);
    await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.work();
    expect(await bookings(member)).toEqual(["superseded", "scheduled"]);
    expect((await member.life()).scheduled?.effectiveAt).toEqual((await member.life()).campaignEnd?.at);
  });

  it("is of the months that were paid: a rest between takes none of them, and begins them anew for nobody", async () => {
    const member = await memberOf("rested@example.se", "oppet");
    await member.own.pause({ id: member.id, months: 2, formKey: formKey() });
    await shop.work();
    const sums = async () => (await member.own.calendar()).charges.map(({ amount }) => amount);
    expect((await sums()).slice(0, 4)).toEqual([19_900, 19_900, 39_900, 39_900]);
    await shop.advance("P33D");
    await run(sweepSubscriptionsJob);
    await shop.advance("P61D");
    await run(sweepResumesJob);
    expect(await bookings(member)).toEqual(["superseded", "scheduled"]);
    expect((await sums()).slice(0, 3)).toEqual([19_900, 39_900, 39_900]);
    await shop.advance("P95D");
    await run(sweepSubscriptionsJob);
    const paid = (await charged(member)).filter(Boolean);
    expect(paid).toEqual([19_900, 19_900, 19_900, 39_900, 39_900]);
  });

  it("holds for good once staff say so, and is laid before them when the provider refuses it", async () => {
    const support = { ...(await shop.member("stod@kraftverk.test")), staffRole: "support" as const };
    await sql`update users set staff_role = 'support' where id = ${support.userId}`;
    const office = shop.browser({ session: support }).caller.billing.office;
    const member = await memberOf("kept@example.se", "oppet");
    await office.keep({ id: member.id, formKey: formKey(), reason: "Lovat i telefon." });
    await shop.work();
    expect(await bookings(member)).toEqual(["undone"]);
    expect((await member.life()).campaignEnd).toBeNull();
    const foretold = (await member.own.calendar()).charges.map(({ amount }) => amount);
    expect(foretold).toEqual(Array(12).fill(19_900));
    await bookCampaignEnd(shop.worker(), { subscriptionId: member.id });
    await shop.advance("P125D");
    await run(sweepSubscriptionsJob);
    expect(new Set(await charged(member))).toEqual(new Set([19_900]));

    const other = await memberOf("refused@example.se", "oppet");
    await sql`update subscription_changes set status = 'failed' where subscription_id = ${other.id}`;
    await bookCampaignEnd(shop.worker(), { subscriptionId: other.id });
    await bookCampaignEnd(shop.worker(), { subscriptionId: other.id });
    expect(await sql`select subject from alerts where kind = 'billing.campaign_end'`).toEqual([{ subject: other.id }]);
  });

  it("leaves no room for free time or money off while it is booked, and says so before anything is asked for", async () => {
    const member = await memberOf("no-room@example.se", "oppet");
    expect(await bookings(member)).toEqual(["scheduled"]);
    const boss = shop.browser({ session: { ...(await shop.member("no-room-boss@example.se")), staffRole: "owner" } });
    const give = boss.caller.billing.office;
    const { freeTimes } = await give.life({ id: member.id });
    const [usual] = freeTimes;
    const time = { unit: usual?.unit ?? "period", count: usual?.count ?? 1, until: usual?.until ?? new Date() };
    await expect(
      give.giveFreeTime({ id: member.id, ...time, reason: "A broken week", formKey: formKey() }),
    ).rejects.toEqual(refused("subscriptions.change_booked"));
    const all = await sql`select kind, status from subscription_changes where subscription_id = ${member.id}`;
    expect(all).toEqual([{ kind: "plan", status: "scheduled" }]);
    expect((await stripe.subscriptions.retrieve(member.stripeId)).schedule).not.toBeNull();
  });

  it("is not for a price whose period its months do not come out even with", async () => {
    const [year] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
      where v.product_id = 'oppet' and p.interval = 'year' and p.currency = 'SEK' and p.active`;
    const member = await memberOf("year@example.se", "oppet", String(year?.id));
    expect(await bookings(member)).toEqual([]);
    expect(await charged(member)).toEqual([399_000]);
  });
});

describe("a campaign of two months, taken in a trial", () => {
  it.each([
    ["restart", 60, "moved"],
    ["restart", 0, "now"],
    ["keep", 60, "kept"],
  ] as const)("is counted from the first charge, by the rule %s of a trial of %i days", async (rule, days, ends) => {
    const name = `${rule}_${days}`;
    await announce(2, `in_a_trial_${name}`);
    await sql`update prices set trial_days = ${days} where product_id = ${rule === "keep" ? "gruppass" : "oppet"}`;
    const owner = await shop.member(`trial-boss-${name}@example.se`);
    const boss = shop.browser({ session: { ...owner, staffRole: "owner" } }).caller;
    const { rules, newest } = await boss.billing.changeRules.read({});
    const ruled = { rules: { ...rules, trial: rule }, seen: newest?.id ?? "" };
    await boss.billing.changeRules.save({ ...ruled, reason: "How a trial is counted" });
    const member = await memberOf(`trial-${name}@example.se`, "gruppass");
    await shop.advance("P5D");
    const [oppet] = await sql`select variant_id as id from prices
      where product_id = 'oppet' and interval = 'month' and currency = 'SEK' and active`;
    const { quote, sealed } = await member.own.quote({
      ...{ id: member.id, productId: "oppet", variantId: String(oppet?.id) },
    });
    expect(quote).toMatchObject({ trial: { ends }, nextAmount: 19_900 });
    await member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() });
    await shop.work();
    const before = await charged(member);
    const foretold = (await member.own.calendar()).charges.slice(0, 3).map(({ amount }) => amount);
    expect(foretold).toEqual(days === 0 ? [19_900, 39_900, 39_900] : [19_900, 19_900, 39_900]);
    // Its end is booked once the trial is over.
    await shop.advance(`P${days + 1}D`);
    await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
    await shop.work();
    expect((await bookings(member)).at(-1)).toBe("scheduled");
    await shop.advance("P95D");
    await run(sweepSubscriptionsJob);
    expect((await charged(member)).slice(before.length, before.length + 3)).toEqual(foretold);
  });
});
