import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { sweepSubscriptionsJob } from "../billing/jobs.ts";
import { migratePage } from "./migrate-page.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy } = testPlans(shop);
const { formKey, run } = testMemberships(shop);
const staff = (role: "owner" | "support", email: string) =>
  shop.member(email).then((one) => shop.browser({ session: { ...one, staffRole: role } }));
const boss = await staff("owner", "chef@example.se");
const office = () => boss.caller.plans;
const owner = await shop.member("agare@example.se");
const reason = "Everybody on the same terms";

/** A version on sale that costs this by the month, and holds an API key or not. */
async function onSale(amount: number, hasAPI: boolean): Promise<{ id: string; before: string }> {
  const { live } = await office().get({ code: "pro" });
  if (!live) throw new Error("nothing is on sale");
  await office().startDraft({ code: "pro" });
  const { name, summary, prices, holds } = live.content;
  const content = {
    ...{ name, summary },
    prices: prices.map((price) => (price.interval === "month" ? { ...price, amount } : price)),
    holds: Object.entries({ ...holds, hasAPI }).map(([feature, value]) => ({ feature, value })),
  };
  const { revision } = await office().saveDraft({ code: "pro", revision: 0, content });
  const { id } = await office().publish({ code: "pro", revision, reason });
  await shop.work();
  return { id, before: live.id };
}
async function subscriber(interval: "month" | "year" = "month") {
  const organizationId = await company([[owner, "owner"]]);
  return { organizationId, ...(await buy(owner, organizationId, "pro", interval)) };
}
const preview = (fromVersionId: string, noticeDays = 0) => office().migrations.preview({ fromVersionId, noticeDays });
async function order(versions: { id: string; before: string }, shown: number, key = formKey(), noticeDays = 0) {
  const wish = {
    ...{ fromVersionId: versions.before, toVersionId: versions.id, shown, reason },
    ...{ formKey: key, noticeDays },
  };
  return office().migrations.start(wish);
}
const rowOf = async (id: string) =>
  (await sql`select amount::int as amount, plan_version_id as version from subscriptions where id = ${id}`)[0];
async function renew(...ids: string[]) {
  await shop.advance("P32D");
  await sql`update subscriptions set next_check_at = app_now() where id = any(${ids})`;
  await run(sweepSubscriptionsJob);
  await shop.work();
}

describe("A13: a move with days of notice", () => {
  it("comes with the first renewal after the days of notice, at the provider and without it, and charges until then as before", async () => {
    const [dearer, same] = [await subscriber(), await subscriber("year")];
    const before = await rowOf(dearer.id);
    const versions = await onSale(9_900, true);
    const [report] = [await preview(versions.before, 40)];
    const of = (id: string) => report.movers.find((mover) => mover.id === id);
    const [late, inTime] = [of(dearer.id), of(same.id)];
    const told = (at: Date | null | undefined) =>
      ((at?.getTime() ?? 0) - shop.runtime.clock.now().getTime()) / 86_400_000;
    expect(told(late?.endsAt)).toBeLessThan(40);
    expect(told(late?.at)).toBeGreaterThan(40);
    expect(inTime?.at).toEqual(inTime?.endsAt);
    const { id } = await order(versions, report.movable, formKey(), 40);
    await shop.work();
    await migratePage(shop.worker(), { migrationId: id });
    await shop.work();
    expect(await office().migrations.get({ id })).toMatchObject({ status: "done", noticeDays: 40 });
    const booked = await sql`select effective_at from subscription_changes where subscription_id = ${dearer.id}`;
    expect(new Date(String(booked[0]?.effective_at))).toEqual(late?.at);
    const calendar = await shop.browser({ session: owner }).caller.billing.memberships.life({ id: dearer.id });
    expect(calendar.scheduled).toMatchObject({ kind: "plan", effectiveAt: late?.at, amount: 9_900 });
    await renew(dearer.id);
    expect(await rowOf(dearer.id)).toEqual(before);
    await renew(dearer.id);
    expect(await rowOf(dearer.id)).toEqual({ amount: 9_900, version: versions.id });
    const bills = await stripe.invoices.list({ subscription: dearer.stripe });
    expect(bills.data.map(({ amount_paid }) => amount_paid).slice(0, 2)).toEqual([9_900, before?.amount]);
  });
});
