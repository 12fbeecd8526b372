import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { sweepSubscriptionsJob } from "../billing/jobs.ts";
import { convergeCheckout } from "../checkout/converge-checkout.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company } = testPlans(shop);
const { formKey, run, refused } = testMemberships(shop);
const owner = await shop.member("agare@example.se");
const boss = shop.browser({ session: { ...(await shop.member("chef@example.se")), staffRole: "owner" } });
const own = () => shop.browser({ session: owner }).caller;
const office = () => boss.caller.plans;
const reason = "Everybody on the same terms";

/** A company that buys enterprise with so many seats. */
async function firm(seats?: number) {
  const organizationId = await company([[owner, "owner"]]);
  const wish = { organizationId, planCode: "enterprise", interval: "month" as const, ...(seats ? { seats } : {}) };
  const page = await own().checkout.plan.buy(wish);
  if (page.outcome !== "open") throw new Error(page.outcome);
  await shop.pay(page.url);
  await convergeCheckout(shop.worker(), { stripeSessionId: page.sessionId });
  await shop.work();
  const [row] =
    await sql`select id, stripe_subscription_id as stripe from subscriptions where organization_id = ${organizationId}`;
  return { organizationId, id: String(row?.id), stripe: String(row?.stripe), sessionId: page.sessionId };
}
const rowOf = async (id: string) =>
  (
    await sql`select quantity, extra_seats as extra, amount::int as amount, product_id as product from subscriptions where id = ${id}`
  )[0];
const held = async (organizationId: string) => (await own().entitlements.get({ organizationId })).entitlements.seats;
async function renew(...ids: string[]) {
  await shop.advance("P32D");
  await sql`update subscriptions set next_check_at = app_now() where id = any(${ids})`;
  await run(sweepSubscriptionsJob);
  await shop.work();
}
/** A version of enterprise on sale that holds so many seats, each beyond them at this price by the month. */
async function onSale(seats: number, seatAmount: number | null) {
  const { live } = await office().get({ code: "enterprise" });
  if (!live) throw new Error("nothing is on sale");
  await office().startDraft({ code: "enterprise" });
  const { name, summary, prices, holds } = live.content;
  const content = {
    ...{ name, summary },
    prices: prices.map((price) => (price.interval === "month" ? { ...price, seatAmount } : price)),
    holds: Object.entries({ ...holds, seats }).map(([feature, value]) => ({ feature, value })),
  };
  const { revision } = await office().saveDraft({ code: "enterprise", revision: 0, content });
  const { id } = await office().publish({ code: "enterprise", revision, reason });
  await shop.work();
  return { id, before: live.id };
}
const report = (fromVersionId: string) => office().migrations.preview({ fromVersionId, noticeDays: 0 });
const move = (versions: { id: string; before: string }, shown: number) =>
  office().migrations.start({
    ...{ fromVersionId: versions.before, toVersionId: versions.id, shown, reason, noticeDays: 0 },
    ...{ timing: "period_end" as const, formKey: formKey() },
  });

describe("seats that are bought with a plan", () => {
  it("are on its page, its order and its bill, in one sum, and there when it is paid", async () => {
    const { organizationId, id, sessionId } = await firm(8);
    const session = await stripe.checkout.sessions.retrieve(sessionId, { expand: ["line_items"] });
    // 299.00 and three times 49.00.
    expect(session.amount_total).toBe(44_600);
    expect(session.line_items?.data.map(({ quantity }) => quantity)).toEqual([8]);
    expect(await rowOf(id)).toMatchObject({ quantity: 8, extra: 3, amount: 44_600 });
    expect(await held(organizationId)).toBe(8);
    const [line] = await sql`select l.name, l.total_amount::int as total, r.inputs from order_lines l
      join orders o on o.id = l.order_id join price_receipts r on r.id = l.price_receipt_id where o.organization_id = ${organizationId}`;
    expect(line).toMatchObject({ total: 44_600, inputs: { seats: { included: 5, each: 4_900 } } });
    expect(line?.name).toContain("8 platser");
  });

  it("are those that it holds unless more are asked for, and are not sold where the plan sells none", async () => {
    const { id } = await firm(3);
    expect(await rowOf(id)).toMatchObject({ quantity: 5, extra: 0, amount: 29_900 });
    const organizationId = await company([[owner, "owner"]]);
    const wish = { organizationId, planCode: "pro", interval: "month" as const, seats: 2 };
    await expect(own().checkout.plan.buy(wish)).rejects.toEqual(refused("checkout.seats_not_sold"));
  });
});

describe("seats that were bought", () => {
  const target = (interval: "month" | "year", plan = "enterprise") => ({
    ...{ productId: `promptforge-${plan}`, variantId: `promptforge-${plan}-${interval}` },
  });

  it("go along to the year, as many in all, and are said to end with a plan that sells none", async () => {
    const { organizationId, id } = await firm(8);
    const { quote, sealed } = await own().billing.memberships.quote({ id, ...target("year") });
    // 2990.00 and three times 490.00.
    expect(quote).toMatchObject({ timing: "period_end", amount: 446_000, quantity: 8, extraSeats: 3, extraBefore: 3 });
    const without = await own().billing.memberships.quote({ id, ...target("month", "pro") });
    expect(without.quote).toMatchObject({ amount: 4_900, quantity: 1, extraSeats: 0, extraBefore: 3 });
    await own().billing.memberships.changePlan({ id, quote: sealed, formKey: formKey() });
    await shop.work();
    expect(await rowOf(id)).toMatchObject({ amount: 44_600 });
    await expect(own().billing.memberships.quoteSeats({ id, seats: 9 })).rejects.toEqual(
      refused("subscriptions.change_booked"),
    );
    await renew(id);
    expect(await rowOf(id)).toMatchObject({ quantity: 8, extra: 3, amount: 446_000 });
    expect(await held(organizationId)).toBe(8);
  });

  it("go along to another version, which holds some of them, and keep their company from one that sells none", async () => {
    const more = await firm(8);
    const plain = await firm();
    const versions = await onSale(6, 5_900);
    const { movers, movable } = await report(versions.before);
    const of = (id: string) => movers.find((mover) => mover.id === id);
    // 299.00 and two times 59.00; who has bought none pays as before.
    expect(of(more.id)).toMatchObject({ amount: 44_600, nextAmount: 41_700, obstacle: null });
    expect(of(plain.id)).toMatchObject({ amount: 29_900, nextAmount: 29_900, obstacle: null });
    await move(versions, movable);
    await shop.work();
    await renew(more.id, plain.id);
    expect(await rowOf(more.id)).toMatchObject({ quantity: 8, extra: 2, amount: 41_700 });
    expect(await rowOf(plain.id)).toMatchObject({ quantity: 6, extra: 0, amount: 29_900 });
    expect([await held(more.organizationId), await held(plain.organizationId)]).toEqual([8, 6]);
    const bare = await onSale(6, null);
    const next = await report(bare.before);
    expect(next.movers.find(({ id }) => id === more.id)).toMatchObject({ obstacle: "seats_unsold" });
    const { id } = await move(bare, next.movable);
    await shop.work();
    const { items } = await office().migrations.get({ id });
    expect(items.find(({ subscriptionId }) => subscriptionId === more.id)).toMatchObject({ obstacle: "seats_unsold" });
    expect(await rowOf(more.id)).toMatchObject({ extra: 2, amount: 41_700 });
  });
});
