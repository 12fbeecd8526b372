import { beforeAll, describe, expect, it } from "vitest";
import { syncCatalogOnce } from "../../scripts/sync-catalog.ts";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { minorUnits } from "../kernel/money.ts";
import { addOrUpdateCampaign } from "./add-or-update-campaign.ts";
import { changeDefaultPrice } from "./change-default-price.ts";
import { deleteCampaign } from "./delete-campaign.ts";
import { resolvePrice } from "./resolve-price.ts";
import { sweep, sweepPrices } from "./sweep-prices.ts";

const shop = await campaignShop();
const { partner, visitor, worker, stripe, sql } = shop;
const start = shop.time.business;
const days = (n: number) => new Date(start.getTime() + n * 86_400_000);
const goTo = (at: Date) => {
  shop.time.business = at;
};

const { id: product } = await stripe.products.create({ name: "Campaign prices" });
const stripePrice = async (amount: number) =>
  (
    await stripe.prices.create({
      product,
      currency: "sek",
      unit_amount: amount,
      recurring: { interval: "month" },
    })
  ).id;
const announce = async (id: string, amount: number, given: object = {}) => {
  const prices = [{ currency: "SEK", stripePriceId: await stripePrice(amount) }];
  const campaign = { id, name: id, status: "active" as const, products: ["oppet"], prices, ...given };
  await partner.db.transaction((tx) => addOrUpdateCampaign(tx, campaign));
  await shop.work();
};
const price = () => visitor.db.transaction((tx) => resolvePrice(tx, { productId: "oppet", currency: "SEK" }));
const history = async () => {
  const rows = await sql`
    select amount::int, campaign_id, from_at, until_at from price_periods
    where variant_id = 'oppet-month' and currency = 'SEK' order by from_at, coalesce(until_at, 'infinity')`;
  const dayOf = (at: string | null) => at && Math.round((new Date(at).getTime() - start.getTime()) / 8_640) / 10_000;
  return rows.map((row) => [row.amount, row.campaign_id, dayOf(row.from_at), dayOf(row.until_at)]);
};

describe("the price history", () => {
  it("has a campaign from and until the very instants at which visitors paid its price", async () => {
    await announce("planned", 29_900, { startDate: days(2), endDate: days(5) });
    expect(await visitor.db.transaction(sweep.nextDue)).toEqual(days(2));
    goTo(days(2));
    expect(await price()).toMatchObject({ amount: 29_900, lowest30Days: 39_900 });
    // The sweep comes late, after the campaign is over already.
    goTo(days(7));
    await sweepPrices(worker);
    expect(await history()).toEqual([
      [39_900, null, -60, 2],
      [29_900, "planned", 2, 5],
      [39_900, null, 5, null],
    ]);
    expect(await visitor.db.transaction(sweep.nextDue)).toBeNull();
    await sweepPrices(worker);
    expect(await history()).toHaveLength(3);
  });

  it("makes the next campaign's reference the lowest of the 30 days, the earlier campaign included", async () => {
    await announce("second", 34_900);
    expect(await price()).toMatchObject({ amount: 34_900, campaign: { id: "second" }, lowest30Days: null });
    await announce("third", 24_900);
    expect(await price()).toMatchObject({ amount: 24_900, campaign: { id: "third" }, lowest30Days: 29_900 });
    goTo(days(9));
    await partner.db.transaction((tx) => deleteCampaign(tx, "third", {}));
    goTo(days(50));
    await partner.db.transaction((tx) => deleteCampaign(tx, "second", {}));
    goTo(days(90));
    await announce("fourth", 24_900);
    expect(await price()).toMatchObject({ amount: 24_900, lowest30Days: 39_900 });
    expect((await history()).slice(2)).toEqual([
      [39_900, null, 5, 7],
      [34_900, "second", 7, 7],
      [24_900, "third", 7, 9],
      [34_900, "second", 9, 50],
      [39_900, null, 50, 90],
      [24_900, "fourth", 90, null],
    ]);
  });

  it("knows what began unnoticed when a campaign is taken away before any sweep", async () => {
    await announce("brief", 19_900, { startDate: days(91) });
    goTo(days(92));
    expect(await price()).toMatchObject({ amount: 19_900, campaign: { id: "brief" } });
    await partner.db.transaction((tx) => deleteCampaign(tx, "brief", {}));
    expect((await history()).slice(-3)).toEqual([
      [24_900, "fourth", 90, 91],
      [19_900, "brief", 91, 92],
      [24_900, "fourth", 92, null],
    ]);
  });

  it("has one price at a time for every price of the shop, without gaps", async () => {
    const broken = await sql`
      select a.id from price_periods a join price_periods b on a.product_id = b.product_id
        and a.variant_id is not distinct from b.variant_id and a.currency = b.currency
        and a.interval is not distinct from b.interval and a.id < b.id
        and a.from_at < coalesce(b.until_at, 'infinity') and b.from_at < coalesce(a.until_at, 'infinity')
        and a.from_at < coalesce(a.until_at, 'infinity') and b.from_at < coalesce(b.until_at, 'infinity')`;
    expect(broken).toEqual([]);
  });
});

describe("a changed default price", () => {
  beforeAll(() =>
    syncCatalogOnce({
      ...{ DATABASE_URL: shop.urls.member, DATABASE_SERVICE_URL: shop.urls.service },
      ...{ STRIPE_SECRET_KEY: "sk_test_campaigns", STRIPE_API_BASE: shop.sandbox.url },
      SESSION_SECRET: "a secret that only this test knows about",
    }),
  );
  const dagtid = () => visitor.db.transaction((tx) => resolvePrice(tx, { productId: "dagtid", currency: "SEK" }));

  it("is at Stripe before it is shown, and the old one is out of sale after", async () => {
    const before = await dagtid();
    const { priceId } = await changeDefaultPrice(worker, {
      priceId: before.defaultPrice.id,
      amount: minorUnits(32_900),
    });
    const after = await dagtid();
    expect(after).toMatchObject({ amount: 32_900, defaultPrice: { id: priceId }, campaign: null, lowest30Days: null });
    expect(await stripe.prices.retrieve(after.stripePriceId ?? "")).toMatchObject({
      active: true,
      unit_amount: 32_900,
    });
    expect(await stripe.prices.retrieve(before.stripePriceId ?? "")).toMatchObject({ active: false });
    const rows = await sql`
      select amount::int from price_periods where variant_id = 'dagtid-month' and currency = 'SEK' order by from_at`;
    expect(rows.map((row) => row.amount).slice(-2)).toEqual([29_900, 32_900]);
  });

  it("changed by two at once has one of their prices", async () => {
    const before = await dagtid();
    const change = (amount: number) =>
      changeDefaultPrice(worker, { priceId: before.defaultPrice.id, amount: minorUnits(amount) });
    const results = await Promise.allSettled([change(33_900), change(34_900)]);
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const refused = results.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: expect.stringMatching(/pricing\.(price\.conflict|not_for_sale)/) });
    const active = await sql`select 1 from prices where variant_id = 'dagtid-month' and currency = 'SEK' and active`;
    expect(active).toHaveLength(1);
  });

  it("that is the same changes nothing", async () => {
    const { defaultPrice } = await dagtid();
    const same = await changeDefaultPrice(worker, { priceId: defaultPrice.id, amount: defaultPrice.amount });
    expect(same).toEqual({ priceId: defaultPrice.id });
  });
});

it("prices of live campaigns are looked up again after an hour of real time", async () => {
  const asked = () => sql`select key from graphile_worker._private_jobs where key like 'pricing.check-price:%'`;
  await shop.work();
  await sweepPrices(worker);
  expect(await asked()).toHaveLength(0);
  await sql`update campaign_prices set checked_at = now() - interval '61 minutes' where campaign_id = 'fourth'`;
  await sweepPrices(worker);
  expect(await asked()).toHaveLength(1);
  await sweepPrices(worker);
  expect(await asked()).toHaveLength(1);
});
