import { beforeEach, describe, expect, it } from "vitest";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { takePlace } from "../kernel/look.ts";
import { addCampaignPrice } from "./add-campaign-price.ts";
import { addOrUpdateCampaign } from "./add-or-update-campaign.ts";
import { getCampaign, listCampaigns } from "./campaign-queries.ts";
import { deleteCampaign } from "./delete-campaign.ts";
import { campaignListInput, previewInput } from "./input.ts";
import { previewPrice } from "./preview-price.ts";
import { recheckLivePrices } from "./recheck-live-prices.ts";
import { recheckStripePrice } from "./recheck-stripe-price.ts";
import { resolvePrice } from "./resolve-price.ts";

const shop = await campaignShop();
const { partner, visitor, owner, worker, stripe, sql } = shop;

type PriceParams = Parameters<typeof stripe.prices.create>[0];
const { id: product } = await stripe.products.create({ name: "Campaign prices" });
const stripePrice = async (given: Partial<PriceParams> = {}) =>
  (
    await stripe.prices.create({
      product,
      currency: "sek",
      unit_amount: 29_900,
      recurring: { interval: "month" },
      ...given,
    })
  ).id;

let id = "";
let count = 0;
beforeEach(async () => {
  // One campaign at a time: what another test has announced must not win here.
  if (id) await partner.db.transaction((tx) => deleteCampaign(tx, id, {}));
  id = `campaign_${++count}`;
});

const announce = (given: Partial<Parameters<typeof addOrUpdateCampaign>[1]>) =>
  partner.db.transaction((tx) =>
    addOrUpdateCampaign(tx, { id, name: "November", status: "active", products: ["test-kund"], prices: [], ...given }),
  );
const announcePrice = (stripePriceId: string, productId = "test-kund", version?: number) =>
  partner.db.transaction((tx) => {
    const update = { stripePriceId, originalProductId: productId, campaignId: id, campaignName: "November" };
    return addCampaignPrice(tx, update, { version });
  });
const charged = async (currency: "SEK" | "EUR" = "SEK", productId = "test-kund") => {
  const price = await visitor.db.transaction((tx) => resolvePrice(tx, { productId, currency }));
  return price.amount;
};
/** What staff read about it: the campaign's page, the tester and the list of what needs a person. */
async function told(): Promise<{ page: string[]; tester: string[]; alert: string | undefined }> {
  const page = await owner.db.transaction((tx) => getCampaign(tx, id));
  const preview = await owner.db.transaction((tx) => previewPrice(tx, previewInput.parse({ productId: "test-kund" })));
  const [alert] = await sql`
    select detail from alerts where kind = 'pricing.campaign_price_unused' and subject = ${id} and resolved_at is null`;
  return {
    page: page.prices.flatMap((price) => price.problems.map((problem) => problem.reason)),
    tester: preview.variants.flatMap((variant) =>
      variant.alternatives.filter((one) => one.campaignId === id).map((one) => one.reason),
    ),
    alert: alert?.detail,
  };
}

describe("a campaign price is used when Stripe says that it is like the default price", () => {
  it("and not before Stripe was asked", async () => {
    await announcePrice(await stripePrice());
    expect(await charged()).toBe(39_900);
    expect(await told()).toEqual({ page: ["not_yet_checked"], tester: ["not_yet_checked"], alert: undefined });
    await shop.work();
    expect(await charged()).toBe(29_900);
    expect(await told()).toEqual({ page: [], tester: [], alert: undefined });
  });

  it("in each currency that it has a price for", async () => {
    const prices = [
      { currency: "SEK", interval: "month" as const, stripePriceId: await stripePrice() },
      { currency: "EUR", stripePriceId: await stripePrice({ currency: "eur", unit_amount: 2_700 }) },
    ];
    await announce({ prices, products: ["test-kund", "oppet"] });
    await shop.work();
    expect([await charged("SEK"), await charged("EUR")]).toEqual([29_900, 2_700]);
    expect([await charged("SEK", "oppet"), await charged("SEK", "oppet-plus")]).toEqual([29_900, 49_900]);
    expect(await told()).toEqual({ page: [], tester: ["wrong_currency"], alert: undefined });
  });

  it("the newest of its prices for a product, with versions the one of the highest", async () => {
    await announcePrice(await stripePrice({ unit_amount: 27_900 }), "test-kund", 5);
    await announcePrice(await stripePrice({ unit_amount: 19_900 }), "test-kund", 4);
    await announcePrice(await stripePrice({ currency: "eur", unit_amount: 1_900 }), "test-kund", 3);
    await shop.work();
    expect([await charged("SEK"), await charged("EUR")]).toEqual([27_900, 1_900]);
    expect((await told()).page).toEqual([]);
    await announcePrice(await stripePrice({ unit_amount: 28_900 }), "test-kund");
    await shop.work();
    expect(await charged()).toBe(28_900);
  });
});

describe("otherwise the default price is shown and charged, and staff are told why", () => {
  const archivedProduct = async () => {
    const { id: gone } = await stripe.products.create({ name: "Gone" });
    const price = await stripePrice({ product: gone });
    await stripe.products.update(gone, { active: false });
    return price;
  };
  it.each<[string, string, () => Promise<string>]>([
    ["an archived price", "archived", () => stripePrice({ active: false })],
    ["a price of an archived product", "archived", archivedProduct],
    ["an unknown price", "not_found", async () => "price_of_nobody"],
    ["another currency", "wrong_currency", () => stripePrice({ currency: "nok" })],
    ["another interval", "wrong_interval", () => stripePrice({ recurring: { interval: "year" } })],
    [
      "another interval count",
      "wrong_interval",
      () => stripePrice({ recurring: { interval: "month", interval_count: 2 } }),
    ],
    ["a price paid once", "wrong_interval", () => stripePrice({ recurring: undefined })],
    [
      "a fraction of an öre",
      "no_plain_amount",
      () => stripePrice({ unit_amount: undefined, unit_amount_decimal: "29900.5" as never }),
    ],
    ["a higher price", "not_lower", () => stripePrice({ unit_amount: 49_900 })],
  ])("%s: %s", async (_what, reason, make) => {
    await announcePrice(await make());
    await shop.work();
    expect(await charged()).toBe(39_900);
    const { page, tester, alert } = await told();
    expect({ page, tester }).toEqual({ page: [reason], tester: [reason] });
    expect(alert).toContain("test-kund");
  });

  it("a price that was announced as something else", async () => {
    await announce({ prices: [{ currency: "EUR", stripePriceId: await stripePrice() }] });
    await shop.work();
    expect(await charged()).toBe(39_900);
    expect((await told()).page).toEqual(["wrong_currency"]);
    await announce({ prices: [{ currency: "SEK", interval: "year", stripePriceId: await stripePrice() }] });
    await shop.work();
    expect(await charged()).toBe(39_900);
    expect((await told()).page).toEqual(["wrong_interval"]);
  });

  it("a product that the shop does not have", async () => {
    await announcePrice(await stripePrice(), "rowing-club");
    await shop.work();
    const { page, alert } = await told();
    expect(page).toEqual(["unknown_product"]);
    expect(alert).toContain("rowing-club");
    const { items } = await owner.db.transaction((tx) => listCampaigns(tx, campaignListInput.parse({ q: id })));
    expect(items).toMatchObject([{ id, phase: "live", problemCount: 1, products: ["rowing-club"] }]);
  });

  it("while Stripe does not answer, everything stays as it is", async () => {
    await announcePrice(await stripePrice());
    await shop.sandbox.control("faults", {
      body: { calls: [{ path: "/v1/prices", times: 10, kind: "error", status: 500 }] },
    });
    await shop.work();
    expect(await charged()).toBe(39_900);
    const [job] =
      await sql`select attempts, last_error from graphile_worker._private_jobs where key like 'pricing.check%'`;
    expect(job?.attempts).toBe(1);
    await shop.sandbox.control("faults", { method: "DELETE" });
    await sql`update graphile_worker._private_jobs set run_at = now()`;
    await shop.work();
    expect(await charged()).toBe(29_900);
  });
});

describe("what changes at Stripe afterwards", () => {
  it("is followed when Stripe tells, both ways", async () => {
    const stripePriceId = await stripePrice();
    await announcePrice(stripePriceId);
    await shop.work();
    await stripe.prices.update(stripePriceId, { active: false });
    const effects: string[] = [];
    const also = async (_tx: unknown, effect: string) => void effects.push(effect);
    await recheckStripePrice(worker, { stripePriceId }, also);
    expect(await charged()).toBe(39_900);
    expect((await told()).alert).toContain("archived");
    await stripe.prices.update(stripePriceId, { active: true });
    await recheckStripePrice(worker, { stripePriceId }, also);
    expect(await charged()).toBe(29_900);
    expect((await told()).alert).toBeUndefined();
    expect(effects).toEqual([
      `The price ${stripePriceId} is archived; one campaign follows.`,
      `The price ${stripePriceId} is on sale; one campaign follows.`,
    ]);
    await recheckStripePrice(worker, { stripePriceId: "price_of_others" }, also);
    expect(effects.at(-1)).toBe("No campaign uses this price.");
  });

  it("nobody is asked again for news that came before the last look", async () => {
    const stripePriceId = await stripePrice();
    await announcePrice(stripePriceId);
    await shop.work();
    const asked = await worker.db.transaction(takePlace);
    const looks: string[] = [];
    const counting = {
      ...worker,
      providers: {
        ...worker.providers,
        prices: {
          findPrice: (id: string) => {
            looks.push(id);
            return worker.providers.prices.findPrice(id);
          },
        },
      },
    };
    const effects: string[] = [];
    const also = async (_tx: unknown, effect: string) => void effects.push(effect);
    for (let news = 0; news < 2; news++) await recheckStripePrice(counting, { stripePriceId, asked }, also);
    expect(looks).toEqual([stripePriceId]);
    expect(effects).toEqual([
      `The price ${stripePriceId} is as it was; no campaign had to follow.`,
      "A newer look at this price had been applied already.",
    ]);
    await recheckStripePrice(counting, { stripePriceId: "price_of_others", asked }, also);
    expect(looks).toEqual([stripePriceId]);
    expect(await sql`select 1 from provider_looks where subject = 'price:price_of_others'`).toEqual([]);
  });

  it("is followed when the price's product is taken out of sale", async () => {
    const { id: gone } = await stripe.products.create({ name: "Soon gone" });
    await announcePrice(await stripePrice({ product: gone }));
    await shop.work();
    expect(await charged()).toBe(29_900);
    await stripe.products.update(gone, { active: false });
    await recheckLivePrices(worker);
    await shop.work();
    expect(await charged()).toBe(39_900);
  });

  it("ten looks at once leave the price as it is", async () => {
    const stripePriceId = await stripePrice();
    await announcePrice(stripePriceId);
    await Promise.all([
      ...Array.from({ length: 5 }, () => recheckStripePrice(worker, { stripePriceId })),
      stripe.prices.update(stripePriceId, { active: false }),
      ...Array.from({ length: 5 }, () => recheckStripePrice(worker, { stripePriceId })),
    ]);
    await recheckStripePrice(worker, { stripePriceId });
    expect(await charged()).toBe(39_900);
    const open = await sql`
      select 1 from price_periods where product_id = 'test-kund' and currency = 'SEK' and until_at is null`;
    expect(open).toHaveLength(1);
  });

  it("an alert goes with its campaign", async () => {
    await announcePrice("price_of_nobody");
    await shop.work();
    expect((await told()).alert).toBeDefined();
    await partner.db.transaction((tx) => deleteCampaign(tx, id, {}));
    await shop.work();
    const open = await sql`select 1 from alerts where subject = ${id} and resolved_at is null`;
    expect(open).toHaveLength(0);
  });
});
