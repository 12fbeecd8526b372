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
const boss = shop.browser({ session: { ...(await shop.member("rabatt@example.se")), staffRole: "finance" as const } });
const office = () => boss.caller.billing.office;
const reason = "The sauna was closed for a month";

/** What the page offers, of a share for some months. */
async function wishOf(member: Member, bps: number, months = 3) {
  const renewsAt = (await office().life({ id: member.id })).currentPeriodEndAt ?? new Date(0);
  return { id: member.id, bps, months, renewsAt, reason, formKey: formKey() };
}
const give = async (member: Member, bps: number, months?: number) =>
  office().giveDiscount(await wishOf(member, bps, months));
/** Every sum that was charged, oldest first. */
const charged = async ({ stripeId }: Member) =>
  (await stripe.invoices.list({ subscription: stripeId, limit: 100 })).data
    .map((bill) => bill.amount_paid)
    .toReversed();
async function months(count: number) {
  for (let month = 0; month < count; month++) {
    await shop.advance("P31D");
    await run(sweepSubscriptionsJob);
  }
  // A bill is charged an hour after it was made.
  await shop.advance("PT3H");
}

describe("money off that staff give", () => {
  it("is taken off the charges that were shown, and the calendar says each to the cent", async () => {
    const member = await memberOf("calendar@example.se", "oppet");
    // Not in the very second in which the month began: three months from there end as the third charge is made.
    await shop.advance("PT1M");
    const wish = await wishOf(member, 2500);
    const { discounts } = await office().life({ id: member.id });
    expect(discounts?.months.find((one) => one.months === 3)).toMatchObject({ charges: 3 });
    expect(discounts?.shares.find((one) => one.bps === 2500)).toEqual({ bps: 2500, amount: 29_925 });
    const { changeId } = await office().giveDiscount(wish);
    expect(await office().giveDiscount(wish)).toEqual({ changeId });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "discount", status: "applied" }]);
    expect(await row(member)).toMatchObject({ amount: "39900", discount_bps: 2500 });
    const { charges } = await member.own.calendar();
    expect(charges.slice(0, 5).map(({ amount }) => amount)).toEqual([29_925, 29_925, 29_925, 39_900, 39_900]);
    const mine = await member.browser.caller.subscriptions.mine.list();
    expect(mine.items).toMatchObject([{ amount: 39_900, nextAmount: 29_925, discountBps: 2500 }]);
    expect(await mailsOf(member)).toEqual([expect.stringMatching(/^Du betalar 299,25/)]);
    await months(5);
    expect((await charged(member)).slice(1, 6)).toEqual(charges.slice(0, 5).map(({ amount }) => amount));
    expect(await row(member)).toMatchObject({ discount_bps: null, discount_until_at: null });
    const acts =
      await sql`select reason from audit_entries where subject = ${member.id} and action = 'billing.discount'`;
    expect(acts).toEqual([{ reason }]);
  });

  it("takes the place of what was taken off before, and can be ended", async () => {
    const member = await memberOf("again@example.se", "oppet");
    await give(member, 2500);
    await shop.work();
    await give(member, 5000, 12);
    await shop.work();
    expect(await row(member)).toMatchObject({ discount_bps: 5000 });
    expect((await stripe.subscriptions.retrieve(member.stripeId)).discounts).toHaveLength(1);
    await give(member, 0);
    await shop.work();
    expect(await row(member)).toMatchObject({ discount_bps: null });
    expect((await stripe.subscriptions.retrieve(member.stripeId)).discounts).toEqual([]);
    expect(await changesOf(member)).toMatchObject([
      { status: "applied" },
      { status: "applied" },
      { status: "applied" },
    ]);
    await months(1);
    expect(await charged(member)).toEqual([39_900, 39_900]);
  });

  it.each(["before", "after"] as const)("lost %s it took effect, is given once", async (when) => {
    const member = await memberOf(`off-${when}@example.se`, "oppet");
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId } = await give(member, 2000);
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    expect(await changesOf(member)).toMatchObject([{ status: "unknown" }]);
    await noFaults();
    await Promise.all([executeChange(shop.worker(), { changeId }), executeChange(shop.worker(), { changeId })]);
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    expect((await stripe.subscriptions.retrieve(member.stripeId)).discounts).toHaveLength(1);
    await months(1);
    expect(await charged(member)).toEqual([39_900, 31_920]);
  });

  it("of two at the same moment one is refused", async () => {
    const member = await memberOf("off-race@example.se", "oppet");
    const [one, other] = await Promise.allSettled([give(member, 2000), give(member, 5000)]);
    expect([one.status, other.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    await shop.work();
    expect(await changesOf(member)).toHaveLength(1);
  });

  it("stays with a membership whose price changes when the period ends", async () => {
    const member = await memberOf("off-switch@example.se", "oppet");
    await give(member, 5000, 3);
    await shop.work();
    const [cheaper] = await sql`select p.id as product_id, v.id as variant_id, pr.amount::int as amount from products p
      join variants v on v.product_id = p.id join prices pr on pr.variant_id = v.id
      where p.kind = 'membership' and pr.currency = 'SEK' and pr.interval = 'month' and pr.active and pr.amount < 39900 limit 1`;
    const wanted = { id: member.id, productId: String(cheaper?.product_id), variantId: String(cheaper?.variant_id) };
    const { sealed } = await member.own.quote(wanted);
    await member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() });
    await shop.work();
    const { charges } = await member.own.calendar();
    expect(charges[0]).toMatchObject({ why: "change", amount: Number(cheaper?.amount) / 2 });
    // The mail says what is charged next, not the price alone.
    const [mail] =
      await sql`select text from emails where to_address = ${member.email} and subject like 'Bytet till %'`;
    expect(mail?.text).toContain((Number(cheaper?.amount) / 200).toFixed(2).replace(".", ","));
    await expect(give(member, 1000)).rejects.toEqual(refused("subscriptions.change_booked"));
    await months(2);
    expect((await charged(member)).slice(1)).toEqual(charges.slice(0, 2).map(({ amount }) => amount));
  });

  it("is taken off both sides of a change that comes with the next invoice", async () => {
    const member = await memberOf("off-carried@example.se", "oppet");
    await give(member, 5000, 12);
    await shop.work();
    await months(1);
    await shop.advance("P9D");
    const [plus] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
      where v.product_id = 'oppet-plus' and p.interval = 'month' and p.currency = 'SEK' and p.active`;
    const wanted = {
      id: member.id,
      productId: "oppet-plus",
      variantId: String(plus?.id),
      timing: "next_invoice",
    } as const;
    const { quote, sealed } = await office().quote(wanted);
    const [unused = 0, rest = 0] = quote.preview.lines.map(({ amount }) => amount);
    expect(unused / rest).toBeCloseTo(-39_900 / 49_900, 3);
    expect([rest > 0 && rest < 24_950, quote.nextAmount]).toEqual([true, 24_950 + unused + rest]);
    await office().changePlan({ id: member.id, quote: sealed, formKey: formKey(), reason });
    await shop.work();
    expect((await member.own.calendar()).charges[0]).toMatchObject({ amount: quote.nextAmount });
    await months(1);
    expect(await charged(member)).toEqual([39_900, 19_950, quote.nextAmount]);
  });

  it("is staff's: a member takes nothing off, support neither, and not by another end of the period", async () => {
    const member = await memberOf("off-none@example.se", "oppet");
    const wish = await wishOf(member, 2500);
    await expect(office().giveDiscount({ ...wish, renewsAt: new Date("2030-01-01") })).rejects.toEqual(
      refused("subscriptions.end_moved"),
    );
    await expect(member.browser.caller.billing.office.giveDiscount(wish)).rejects.toThrow();
    expect(await changesOf(member)).toEqual([]);
  });
});
