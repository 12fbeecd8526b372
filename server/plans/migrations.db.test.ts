import { describe, expect, it } from "vitest";
import { announce, announcementsOf } from "../../scripts/test/announcements.ts";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { sweepSubscriptionsJob } from "../billing/jobs.ts";
import { resolvePrice } from "../pricing/index.ts";
import { migratePage } from "./migrate-page.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy } = testPlans(shop);
const { formKey, refused, run } = testMemberships(shop);
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
const outcomes = async (id: string) =>
  Object.fromEntries((await office().migrations.get({ id })).counts.map(({ outcome, count }) => [outcome, count]));
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

describe("A13: everybody on a version moved to the one on sale", () => {
  it("is told beforehand for each: what they pay, when, what they gain; then comes with the renewal", async () => {
    const [monthly, yearly, agreed, leaving] = [
      await subscriber(),
      await subscriber("year"),
      await subscriber(),
      await subscriber(),
    ];
    await boss.caller.entitlements.office.setOverride({
      ...{ organizationId: agreed.organizationId, feature: "hasAPI", value: true, reason },
    });
    await shop.browser({ session: owner }).caller.billing.memberships.cancel({
      ...{ id: leaving.id, timing: "period_end", formKey: formKey() },
    });
    await shop.work();
    const versions = await onSale(5_900, true);
    const report = await preview(versions.before);
    expect(report.movable).toBe(3);
    expect(report.totals).toEqual([
      { currency: "USD", interval: "month", obstacle: null, count: 2, before: 9_800, after: 11_800 },
      { currency: "USD", interval: "month", obstacle: "ending", count: 1, before: 4_900, after: 5_900 },
      { currency: "USD", interval: "year", obstacle: null, count: 1, before: 49_000, after: 49_000 },
    ]);
    const of = (id: string) => report.movers.find((mover) => mover.id === id);
    const gains = [{ what: "feature", feature: "hasAPI", before: false, after: true }];
    expect(of(monthly.id)).toMatchObject({ amount: 4_900, nextAmount: 5_900, obstacle: null, changes: gains });
    expect(of(agreed.id)).toMatchObject({ nextAmount: 5_900, changes: [] });
    expect(of(yearly.id)).toMatchObject({ amount: 49_000, nextAmount: 49_000, changes: gains });
    expect(await sql`select id from subscription_changes where plan_version_id is not null`).toEqual([]);

    await expect(order(versions, 4)).rejects.toEqual(refused("plans.move_changed"));
    const key = formKey();
    const both = await Promise.all([order(versions, 3, key), order(versions, 3, key)]);
    expect(both[0]).toEqual(both[1]);
    const { id } = both[0];
    await shop.work();
    await migratePage(shop.worker(), { migrationId: id });
    await shop.work();
    expect(await office().migrations.get({ id })).toMatchObject({ status: "done", subscribers: 3 });
    expect(await outcomes(id)).toEqual({ scheduled: 3, ending: 1 });
    expect((await stripe.subscriptions.retrieve(monthly.stripe)).schedule).not.toBeNull();
    expect((await stripe.subscriptions.retrieve(yearly.stripe)).schedule).toBeNull();
    expect([await held(monthly.organizationId), await held(yearly.organizationId)]).toEqual([false, false]);
    const mails =
      await sql`select count(*)::int as n from emails where template = 'membership-change' and subject like 'PromptForge Pro får nytt pris%'`;
    expect(mails).toEqual([{ n: 2 }]);
    const terms =
      await sql`select count(*)::int as n from emails where template = 'membership-change' and subject like 'Villkoren för PromptForge Pro%'`;
    expect(terms).toEqual([{ n: 1 }]);

    await renew(monthly.id, agreed.id, leaving.id);
    expect(await rowOf(monthly.id)).toEqual({ amount: 5_900, version: versions.id });
    expect(await rowOf(leaving.id)).toEqual({ amount: 4_900, version: versions.before });
    expect(await held(monthly.organizationId)).toBe(true);
    expect(await outcomes(id)).toEqual({ applied: 2, scheduled: 1, ending: 1 });
    await shop.advance("P340D");
    await renew(yearly.id);
    expect(await rowOf(yearly.id)).toEqual({ amount: 49_000, version: versions.id });
    expect(await held(yearly.organizationId)).toBe(true);
  });

  it("is stopped, gone on with, and taken back as far as it has not come into force", async () => {
    const some = [await subscriber(), await subscriber()];
    const versions = await onSale(6_900, true);
    const { id } = await order(versions, (await preview(versions.before)).movable);
    await office().migrations.steer({ id, act: "stop", reason });
    await shop.work();
    expect(await outcomes(id)).toEqual({});
    await office().migrations.steer({ id, act: "resume", reason });
    await shop.work();
    expect((await outcomes(id)).scheduled).toBeGreaterThanOrEqual(2);
    expect(await office().migrations.get({ id })).toMatchObject({ status: "done" });
    await office().migrations.steer({ id, act: "undo", reason });
    await office().migrations.steer({ id, act: "undo", reason });
    await shop.work();
    expect(await office().migrations.get({ id })).toMatchObject({ status: "undone" });
    expect((await outcomes(id)).scheduled).toBeUndefined();
    for (const one of some) expect((await stripe.subscriptions.retrieve(one.stripe)).schedule).toBeNull();
    await renew(...some.map((one) => one.id));
    for (const one of some) expect(await rowOf(one.id)).toEqual({ amount: 5_900, version: versions.before });
    const acts = await sql`select action from audit_entries where subject = ${id} order by at, id`;
    // What was pressed again is in the book too, under its procedure's name.
    expect(acts.map(({ action }) => action).filter((action) => action !== "plans.migrations.steer")).toEqual([
      ...["plans.migrate", "plans.stop_migration", "plans.resume_migration", "plans.undo_migration"],
    ]);
  });

  it("of the same price is taken back without the provider, and gives way to what a member wishes", async () => {
    const [kept, leaves] = [await subscriber(), await subscriber()];
    const versions = await onSale(6_900, false);
    const { id } = await order(versions, (await preview(versions.before)).movable);
    await shop.work();
    const own = shop.browser({ session: owner }).caller.billing.memberships;
    expect(await own.life({ id: kept.id })).toMatchObject({
      scheduled: { kind: "version" },
      allowed: { keep: "plan", plan: true },
    });
    await own.keep({ id: kept.id, formKey: formKey() });
    await own.cancel({ id: leaves.id, timing: "period_end", formKey: formKey() });
    await shop.work();
    const states =
      await sql`select c.status from plan_migration_steps s join subscription_changes c on c.id = s.change_id
      where s.migration_id = ${id} and s.subscription_id = any(${[kept.id, leaves.id]}) order by c.status`;
    expect(states.map(({ status }) => status)).toEqual(["superseded", "undone"]);
    expect(await rowOf(kept.id)).toEqual({ amount: 6_900, version: versions.before });
  });

  it("is taken back whole, what is still on its way to the provider too", async () => {
    const one = await subscriber();
    const before = await rowOf(one.id);
    const versions = await onSale(7_900, true);
    const { id } = await order(versions, (await preview(versions.before)).movable);
    await migratePage(shop.worker(), { migrationId: id });
    expect((await outcomes(id)).requested).toBeGreaterThanOrEqual(1);
    await office().migrations.steer({ id, act: "undo", reason });
    await migratePage(shop.worker(), { migrationId: id });
    expect(await office().migrations.get({ id })).toMatchObject({ status: "undoing" });
    await shop.work();
    await migratePage(shop.worker(), { migrationId: id });
    await shop.work();
    await migratePage(shop.worker(), { migrationId: id });
    expect(await office().migrations.get({ id })).toMatchObject({ status: "undone" });
    expect((await outcomes(id)).scheduled).toBeUndefined();
    expect((await stripe.subscriptions.retrieve(one.stripe)).schedule).toBeNull();
    await renew(one.id);
    expect(await rowOf(one.id)).toEqual(before);
  });

  it("costs what the report said, whatever campaign there is for whoever buys", async () => {
    const one = await subscriber();
    const versions = await onSale(8_500, true);
    const { productId } = await office().get({ code: "pro" });
    const reduced = {
      product: productId,
      currency: "usd",
      unit_amount: 2_900,
      recurring: { interval: "month" },
    } as const;
    const price = await stripe.prices.create(reduced);
    const { priceUpdated, deleted } = announcementsOf("plan_sale");
    const partner = shop.runtime.ctx({ kind: "partner", name: "source" }, "test");
    await announce(partner, priceUpdated(price.id, {}, productId));
    await shop.work();
    const wanted = { productId, variantId: `${productId}-month`, currency: "USD" as const };
    const bought = await shop.worker().db.transaction((tx) => resolvePrice(tx, wanted));
    expect(bought.amount).toBe(2_900);
    const report = await preview(versions.before);
    expect(report.movers.find((mover) => mover.id === one.id)).toMatchObject({ nextAmount: 8_500 });
    const { id } = await order(versions, report.movable);
    await shop.work();
    const booked = await sql`select c.amount::int as amount, r.campaign_id as campaign, c.status
      from plan_migration_steps s join subscription_changes c on c.id = s.change_id
      join price_receipts r on r.id = c.price_receipt_id where s.migration_id = ${id} and s.subscription_id = ${one.id}`;
    expect(booked).toEqual([{ amount: 8_500, campaign: null, status: "scheduled" }]);
    await announce(partner, deleted());
    await shop.work();
  });

  it("leaves alone what a member booked in its place", async () => {
    const one = await subscriber();
    const versions = await onSale(8_900, true);
    const { id } = await order(versions, (await preview(versions.before)).movable);
    await shop.work();
    const [step] = await sql`select change_id as change from plan_migration_steps
      where migration_id = ${id} and subscription_id = ${one.id}`;
    const own = shop.browser({ session: owner }).caller.billing.memberships;
    await own.cancel({ id: one.id, timing: "period_end", formKey: formKey() });
    await shop.work();
    await office().migrations.steer({ id, act: "undo", reason });
    await shop.work();
    expect(await office().migrations.get({ id })).toMatchObject({ status: "undone" });
    expect(await sql`select status from subscription_changes where id = ${step?.change ?? ""}`).toEqual([
      { status: "superseded" },
    ]);
    expect((await stripe.subscriptions.retrieve(one.stripe)).cancel_at_period_end).toBe(true);
  });

  it("asks nobody for the price of a version that came on sale since, and two moves of a plan are never under way", async () => {
    const one = await subscriber();
    const versions = await onSale(9_900, true);
    const { id } = await order(versions, (await preview(versions.before)).movable);
    await office().migrations.steer({ id, act: "stop", reason });
    const later = await onSale(10_900, true);
    const second = await order({ ...later, before: versions.before }, (await preview(versions.before)).movable);
    await expect(office().migrations.steer({ id, act: "resume", reason })).rejects.toEqual(refused("plans.moving"));
    await office().migrations.steer({ id: second.id, act: "stop", reason });
    const resume = (which: string) => office().migrations.steer({ id: which, act: "resume", reason });
    const both = await Promise.allSettled([resume(id), resume(second.id)]);
    expect(both.flatMap((one) => (one.status === "rejected" ? [one.reason] : []))).toEqual([refused("plans.moving")]);
    const taken = both[0]?.status === "fulfilled" ? id : second.id;
    await office().migrations.steer({ id: taken, act: "stop", reason });
    await resume(id);
    await shop.work();
    const outcome = await sql`select obstacle, change_id as change from plan_migration_steps
      where migration_id = ${id} and subscription_id = ${one.id}`;
    expect(outcome).toEqual([{ obstacle: "no_price", change: null }]);
    expect((await stripe.subscriptions.retrieve(one.stripe)).schedule).toBeNull();
  });

  it("is not for support to order", async () => {
    const support = await staff("support", "stod@example.se");
    const wish = { fromVersionId: "plv_pro_1", toVersionId: "plv_pro_1", shown: 1, reason, formKey: formKey() };
    await expect(support.caller.plans.migrations.start(wish)).rejects.toThrow("roles");
  });
});
