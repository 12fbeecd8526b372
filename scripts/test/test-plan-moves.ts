import { sweepSubscriptionsJob } from "../../server/billing/jobs.ts";
import type { CheckoutShop } from "./checkout-shop.ts";
import { testMemberships } from "./test-memberships.ts";
import { testPlans } from "./test-plans.ts";

const reason = "Everybody on the same terms";

/** Companies on PromptForge Pro, new versions of it, and the moves between them that staff order. */
export async function testPlanMoves(shop: CheckoutShop) {
  const { sql } = shop;
  const { company, buy } = testPlans(shop);
  const memberships = testMemberships(shop);
  const { formKey, run } = memberships;
  const boss = shop.browser({ session: { ...(await shop.member("chef@example.se")), staffRole: "owner" } });
  const owner = await shop.member("agare@example.se");
  const office = () => boss.caller.plans;

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
  /** Staff order a move of everybody on the version before, as the report says it. */
  async function order(versions: { id: string; before: string }, timing: "now" | "period_end") {
    const fromVersionId = versions.before;
    const { movable: shown } = await office().migrations.preview({ fromVersionId, noticeDays: 0 });
    return office().migrations.start({
      ...{ fromVersionId, toVersionId: versions.id, shown, reason, timing, noticeDays: 0, formKey: formKey() },
    });
  }
  const read = (id: string) => office().migrations.get({ id });
  const outcomes = async (id: string) =>
    Object.fromEntries((await read(id)).counts.map(({ outcome, count }) => [outcome, count]));
  async function stepOf(id: string, subscription: { id: string }) {
    const step = (await read(id)).items.find(({ subscriptionId }) => subscriptionId === subscription.id);
    if (!step) throw new Error("it is not in the move");
    return step;
  }
  const held = async (organizationId: string) =>
    (await shop.browser({ session: owner }).caller.entitlements.get({ organizationId })).entitlements.hasAPI;
  const rowOf = async (id: string) =>
    (await sql`select amount::int as amount, plan_version_id as version from subscriptions where id = ${id}`)[0];
  async function renew(...ids: string[]) {
    await shop.advance("P32D");
    await sql`update subscriptions set next_check_at = app_now() where id = any(${ids})`;
    await run(sweepSubscriptionsJob);
    await shop.work();
  }
  return {
    ...memberships,
    boss,
    office,
    reason,
    onSale,
    subscriber,
    order,
    read,
    outcomes,
    stepOf,
    held,
    rowOf,
    renew,
  };
}
