import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { sweepResumesJob, sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { formKey, memberOf, run } = testMemberships(shop);

type Member = Awaited<ReturnType<typeof memberOf>>;
const variantOf = async (productId: string, interval: string) => {
  const [row] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
    where v.product_id = ${productId} and p.interval = ${interval} and p.currency = 'SEK' and p.active`;
  return String(row?.id);
};
async function changeTo(member: Member, productId: string, interval: string): Promise<void> {
  const variantId = await variantOf(productId, interval);
  const { sealed } = await member.own.quote({ id: member.id, productId, variantId });
  await member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() });
  await shop.work();
}
async function unitsTo(member: Member, units: number): Promise<void> {
  const { sealed } = await member.own.quoteUnits({ id: member.id, units });
  await member.own.changeUnits({ id: member.id, quote: sealed, formKey: formKey() });
  await shop.work();
}
/** Everything that was charged after an instant, by the provider's own books: the day and the sum. */
async function charged({ stripeId }: Member, after: Date) {
  const bills: { at: string; amount: number }[] = [];
  for await (const bill of stripe.invoices.list({ subscription: stripeId, limit: 100 }))
    if (bill.created * 1000 > after.getTime() && bill.amount_paid > 0)
      bills.push({ at: new Date(bill.created * 1000).toISOString().slice(0, 16), amount: bill.amount_paid });
  return bills.toReversed();
}

describe("R21: the calendar of the coming year", () => {
  it("is what a year on the clock charges, day by day and to the cent", async () => {
    // The last day of a month: February has fewer, and the day comes back in March.
    const to31st = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 31, 9) - Date.now());
    await shop.advance(`PT${Math.floor(to31st.getTime() / 60_000)}M`);
    const month = await memberOf("month@example.se", "oppet");
    const year = await memberOf("year@example.se", "oppet-plus", await variantOf("oppet-plus", "year"));
    const down = await memberOf("down@example.se", "oppet-plus");
    await changeTo(down, "dagtid", "month");
    const toYear = await memberOf("to-year@example.se", "oppet");
    await changeTo(toYear, "oppet", "year");
    const rests = await memberOf("rests@example.se", "oppet-plus", undefined, 2);
    await rests.own.pause({ id: rests.id, months: 3, formKey: formKey() });
    const ends = await memberOf("ends@example.se", "dagtid");
    await ends.own.cancel({ id: ends.id, timing: "period_end", formKey: formKey() });
    const trial = await memberOf("trial@example.se", "gruppass");
    const fewer = await memberOf("fewer@example.se", "oppet-plus", undefined, 3);
    await unitsTo(fewer, 2);
    const more = await memberOf("more@example.se", "oppet-plus");
    await unitsTo(more, 2);
    await shop.work();
    const members = { month, year, down, toYear, rests, ends, trial, fewer, more };
    const asked = shop.worker().now();
    const foretold = new Map<string, { at: string; amount: number }[]>();
    let until = asked;
    for (const [name, { own }] of Object.entries(members)) {
      const calendar = await own.calendar();
      until = calendar.until;
      foretold.set(
        name,
        calendar.charges.map(({ at, amount }) => ({ at: at.toISOString().slice(0, 16), amount })),
      );
    }
    expect(foretold.get("ends")).toEqual([]);
    expect(foretold.get("down")?.map(({ amount }) => amount)).toEqual(Array(12).fill(29_900));
    expect(foretold.get("toYear")?.map(({ amount }) => amount)).toEqual([399_000]);
    // As the sandbox does when it knows the product: to where the pause ends, then through the rest of the year.
    const [resting] = await sql`select resume_at from subscriptions where id = ${rests.id}`;
    const minutes = (from: Date, to: Date) => `PT${Math.round((to.getTime() - from.getTime()) / 60_000)}M`;
    await shop.advance(minutes(shop.worker().now(), new Date(String(resting?.resume_at))));
    await run(sweepSubscriptionsJob);
    await run(sweepResumesJob);
    await shop.advance(minutes(shop.worker().now(), new Date(until.getTime() + 2 * 3_600_000)));
    for (const [name, member] of Object.entries(members)) {
      const real = await charged(member, asked);
      expect(
        real.map(({ amount }) => amount),
        name,
      ).toEqual(foretold.get(name)?.map(({ amount }) => amount));
      const days = (list: { at: string }[]) => list.map(({ at }) => at.slice(0, 10));
      expect(days(real), name).toEqual(days(foretold.get(name) ?? []));
    }
  });
});
