import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { stripeCatalogMirror } from "../providers/stripe/catalog-mirror.ts";
import { createStripeClient } from "../providers/stripe/client.ts";
import type { PlanContentInput } from "./input.ts";
import { publishPlan } from "./publish-plan.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy, planOf } = testPlans(shop);
const { fault, noFaults, refused } = testMemberships(shop);
afterEach(() => noFaults());

const seller = shop.browser({
  session: { ...(await shop.member("salj@example.se")), staffRole: "marketing" as const },
});
const office = () => seller.caller.plans;
const owner = await shop.member("agare@example.se");
const reason = "The market has moved";
const usualKey = "kraftverk:promptforge-pro:promptforge-pro-month:usd:1-month";

/** What the plan says on sale, as the editor sends it. */
async function onSale(code: string): Promise<PlanContentInput> {
  const { live } = await office().get({ code });
  if (!live) throw new Error(`${code} is not on sale`);
  const { name, summary, prices, holds } = live.content;
  return {
    ...{ name, summary, prices: [...prices] },
    holds: Object.entries(holds).map(([feature, value]) => ({ feature, value })),
  };
}
async function draft(code: string, change: (content: PlanContentInput) => Partial<PlanContentInput>) {
  await office().startDraft({ code });
  const content = await onSale(code);
  const { revision } = (await office().get({ code })).draft ?? { revision: -1 };
  return office().saveDraft({ code, revision, content: { ...content, ...change(content) } });
}
const atMonth = (amount: number) => (content: PlanContentInput) => ({
  prices: content.prices.map((price) => (price.interval === "month" ? { ...price, amount } : price)),
});
const holding = (feature: string, value: boolean | number) => (content: PlanContentInput) => ({
  holds: content.holds.map((one) => (one.feature === feature ? { feature, value } : one)),
});
async function publish(code: string, change: (content: PlanContentInput) => Partial<PlanContentInput>) {
  const { revision } = await draft(code, change);
  const ordered = await office().publish({ code, revision, reason });
  await shop.work();
  return ordered;
}
const atStripe = async (lookup_key: string) =>
  (await stripe.prices.list({ lookup_keys: [lookup_key] })).data.map(({ id, unit_amount }) => ({ id, unit_amount }));
const versionsOf = async (code: string) =>
  (await sql`select version, status from plan_versions where plan_code = ${code} order by version`).map(
    ({ version, status }) => `${version} ${status}`,
  );

describe("a version of a plan", () => {
  it("is written from the one on sale, once, and nobody writes over what they have not seen", async () => {
    const begun = await office().startDraft({ code: "enterprise" });
    expect(await office().startDraft({ code: "enterprise" })).toEqual(begun);
    const content = await onSale("enterprise");
    expect(await office().get({ code: "enterprise" })).toMatchObject({
      draft: { status: "draft", content: { prices: content.prices } },
      problems: [{ code: "nothing_new", severity: "error" }],
    });
    const save = (revision: number) => office().saveDraft({ code: "enterprise", revision, content });
    const both = await Promise.allSettled([save(0), save(0)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(save(0)).rejects.toEqual(refused("plans.draft.conflict"));
    await expect(office().publish({ code: "enterprise", revision: 1, reason })).rejects.toEqual(
      refused("plans.draft_wrong"),
    );
    const odd = { ...content, holds: [{ feature: "seats", value: true }] };
    await expect(office().saveDraft({ code: "enterprise", revision: 1, content: odd })).rejects.toEqual(
      refused("plans.no_such_feature"),
    );
    await office().discardDraft({ code: "enterprise", revision: 1 });
    expect(await versionsOf("enterprise")).toEqual(["1 published"]);
    const acts = await sql`select action from audit_entries where action like 'plans.%\\_draft' group by 1 order by 1`;
    expect(acts.map(({ action }) => action)).toEqual(["plans.discard_draft", "plans.save_draft", "plans.start_draft"]);
  });

  it("on sale costs what it says, at the provider too, under the same key; who bought before keeps price and rights", async () => {
    const before = await company([[owner, "owner"]]);
    const { id, stripe: stripeId } = await buy(owner, before);
    const [old] = await atStripe(usualKey);
    const { id: versionId } = await publish("pro", (content) => ({
      ...atMonth(5_900)(content),
      ...holding("hasAPI", true)(content),
    }));
    const [made] = await atStripe(usualKey);
    expect(made).toMatchObject({ unit_amount: 5_900 });
    expect(made?.id).not.toBe(old?.id);
    expect(await stripe.prices.retrieve(old?.id ?? "")).toMatchObject({ active: false, unit_amount: 4_900 });
    const { plans } = await shop.browser().caller.entitlements.plans();
    expect(plans.find(({ code }) => code === "pro")).toMatchObject({ version: 2, holds: { hasAPI: true } });
    expect(await sql`select amount::int as amount, plan_version_id from subscriptions where id = ${id}`).toEqual([
      { amount: 4_900, plan_version_id: "plv_pro_1" },
    ]);
    expect((await stripe.subscriptions.retrieve(stripeId)).items.data[0]?.price.unit_amount).toBe(4_900);
    const heldBy = async (organizationId: string) =>
      (await shop.browser({ session: owner }).caller.entitlements.get({ organizationId })).entitlements.hasAPI;
    expect(await heldBy(before)).toBe(false);
    const after = await company([[owner, "owner"]]);
    await buy(owner, after);
    await expect.poll(() => heldBy(after)).toBe(true);
    expect(
      await sql`select amount::int as amount, plan_version_id from subscriptions where organization_id = ${after}`,
    ).toEqual([{ amount: 5_900, plan_version_id: versionId }]);
    expect((await office().get({ code: "pro" })).versions).toMatchObject([
      {
        ...{ version: 2, status: "published", reason, subscribers: 1 },
        changes: [
          { what: "price", currency: "USD", interval: "month", before: 4_900, after: 5_900 },
          { what: "feature", feature: "hasAPI", before: false, after: true },
        ],
      },
      { version: 1, status: "retired", subscribers: 1 },
    ]);
  });

  it.each(["before", "after"] as const)(
    "lost %s the provider took it, has one price; sent again nothing more",
    async (when) => {
      const { revision } = await draft("pro", atMonth(when === "before" ? 6_100 : 6_200));
      await fault({ kind: "reset", when, path: "/v1/prices" });
      const { id: versionId } = await office().publish({ code: "pro", revision, reason });
      await expect(publishPlan(shop.worker(), { versionId })).rejects.toThrow();
      expect((await office().get({ code: "pro" })).draft).toMatchObject({ status: "publishing" });
      await expect(office().saveDraft({ code: "pro", revision, content: await onSale("pro") })).rejects.toEqual(
        refused("plans.draft.conflict"),
      );
      await noFaults();
      await Promise.all([publishPlan(shop.worker(), { versionId }), publishPlan(shop.worker(), { versionId })]);
      await shop.work();
      await publishPlan(shop.worker(), { versionId });
      const active =
        await sql`select amount::int as amount from prices where product_id = 'promptforge-pro' and active and "interval" = 'month'`;
      expect(active).toEqual([{ amount: when === "before" ? 6_100 : 6_200 }]);
      const all = await stripe.prices.list({ product: "promptforge-pro", active: true, limit: 100 });
      expect(all.data.filter((price) => price.recurring?.interval === "month")).toHaveLength(1);
    },
  );

  it("that was refused goes out once it is corrected, whatever the provider has stored under the first try", async () => {
    await fault({ kind: "error", status: 400, when: "after", path: "/v1/prices" });
    const { revision } = await draft("pro", atMonth(6_300));
    await office().publish({ code: "pro", revision, reason });
    await shop.work();
    const { draft: given } = await office().get({ code: "pro" });
    expect(given).toMatchObject({ status: "draft", refused: expect.any(String) });
    await noFaults();
    // The same price under a corrected key: to the provider another request under what was stored before.
    const lookupKey = "kraftverk:promptforge-pro:corrected";
    const content = await onSale("pro");
    const prices = content.prices.map((price) =>
      price.interval === "month" ? { ...price, amount: 6_300, lookupKey } : price,
    );
    const saved = await office().saveDraft({
      ...{ code: "pro", revision: given?.revision ?? -1, content: { ...content, prices } },
    });
    await office().publish({ code: "pro", revision: saved.revision, reason });
    await shop.work();
    expect((await office().get({ code: "pro" })).draft).toBeNull();
    expect(await atStripe(lookupKey)).toMatchObject([{ unit_amount: 6_300 }]);
  });

  it("of the pilot reaches everybody who pays for nothing, and nobody who pays", async () => {
    const free = await company([[owner, "owner"]]);
    const paying = await company([[owner, "owner"]]);
    await buy(owner, paying, "enterprise");
    await publish("pilot", holding("canExportPDF", true));
    const held = async (organizationId: string) =>
      (await shop.browser({ session: owner }).caller.entitlements.explain({ organizationId })).plan;
    expect(await held(free)).toMatchObject({ code: "pilot", version: 2 });
    expect(await held(paying)).toMatchObject({ code: "enterprise", version: 1 });
    expect(await planOf(free)).toBe("pilot");
    expect(await sql`select id from runs.telemetry where organization_id = ${free}`).toEqual([]);
  });

  it("an earlier one is a beginning to go back to", async () => {
    await office().startDraft({ code: "pro", from: "plv_pro_1" });
    const { draft: back } = await office().get({ code: "pro" });
    expect(back?.content.prices).toMatchObject([{ amount: 4_900 }, { amount: 49_000 }]);
    await expect(office().startDraft({ code: "pro", from: "plv_pilot_1" })).rejects.toEqual(
      refused("plans.draft_exists"),
    );
    await office().publish({ code: "pro", revision: back?.revision ?? -1, reason });
    await shop.work();
    expect(await atStripe(usualKey)).toMatchObject([{ unit_amount: 4_900 }]);
  });
});

describe("what a draft says", () => {
  it("has days of grace of its own, told as a change, and copied to the next", async () => {
    await publish("pro", () => ({ graceDays: 7 }));
    const { live, versions } = await office().get({ code: "pro" });
    expect(live?.content.graceDays).toBe(7);
    expect(versions[0]?.changes).toContainEqual({ what: "grace_days", before: 14, after: 7 });
    const { revision } = await draft("pro", () => ({ graceDays: 0 }));
    const { draft: begun, problems } = await office().get({ code: "pro" });
    expect(begun?.content.graceDays).toBe(0);
    expect(problems).toContainEqual({ severity: "warning", code: "no_grace" });
    await office().discardDraft({ code: "pro", revision });
  });

  it("begins with a trial, with or without a card, told as a change and taken up by the prices as they are", async () => {
    const [before] =
      await sql`select id from prices where product_id = 'promptforge-pro' and active and "interval" = 'month'`;
    const wrong = await draft("pro", () => ({ trialDays: 0, trialWithoutCard: "pause" }));
    const { problems } = await office().get({ code: "pro" });
    expect(problems).toContainEqual({ severity: "error", code: "card_without_trial" });
    await office().discardDraft({ code: "pro", revision: wrong.revision });
    await publish("pro", () => ({ trialDays: 14, trialWithoutCard: "cancel" }));
    const { versions } = await office().get({ code: "pro" });
    expect(versions[0]?.changes).toEqual([
      { what: "trial_days", before: 0, after: 14 },
      { what: "trial_without_card", before: null, after: "cancel" },
    ]);
    const months = await sql`select id, trial_days, trial_without_card from prices
      where product_id = 'promptforge-pro' and active and "interval" = 'month'`;
    expect(months).toEqual([{ id: before?.id, trial_days: 14, trial_without_card: "cancel" }]);
    const { plans } = await shop.browser().caller.entitlements.plans();
    expect(plans.find(({ code }) => code === "pro")?.trial).toEqual({ days: 14, withoutCard: "cancel" });
    await publish("pro", () => ({ trialDays: 0, trialWithoutCard: null }));
    expect(
      (await shop.browser().caller.entitlements.plans()).plans.find(({ code }) => code === "pro")?.trial,
    ).toBeNull();
  });

  it("says each price and each feature once", async () => {
    const content = await onSale("pro");
    await office().startDraft({ code: "pro" });
    const save = (twice: Partial<PlanContentInput>) =>
      office().saveDraft({ code: "pro", revision: 0, content: { ...content, ...twice } });
    const [price] = content.prices;
    const [held] = content.holds;
    if (!price || !held) throw new Error("the plan says nothing");
    await expect(save({ prices: [...content.prices, { ...price, amount: 1_000 }] })).rejects.toThrow("there twice");
    await expect(save({ holds: [...content.holds, held] })).rejects.toThrow("there twice");
    await office().discardDraft({ code: "pro", revision: 0 });
  });
});

describe("a version that two releases of the code publish in the same moment", () => {
  it.each([6_900, 7_900])("is on sale at one price, which the look-up key leads to (%i)", async (amount) => {
    const { revision } = await draft("pro", atMonth(amount));
    const { id } = await office().publish({ code: "pro", revision, reason });
    // Both look before either makes anything, and make it under keys of their own.
    let looking = 0;
    const looked = Promise.withResolvers<void>();
    const publisher = (release: string) => {
      const worker = shop.worker();
      const client = createStripeClient({ secretKey: shop.settings.STRIPE_SECRET_KEY, apiBase: shop.sandbox.url });
      const { create } = client.prices;
      client.prices.create = async (params, options) => {
        if (++looking === 2) looked.resolve();
        await looked.promise;
        return create.call(client.prices, params, { idempotencyKey: `${release}:${options?.idempotencyKey ?? ""}` });
      };
      const providers = { ...worker.providers, catalogMirror: stripeCatalogMirror(client) };
      return publishPlan({ ...worker, providers }, { versionId: id });
    };
    await Promise.all([publisher("old"), publisher("new")]);
    expect(looking).toBe(2);
    await shop.work();
    const [held] = await sql`select stripe_price_id as id from prices where product_id = 'promptforge-pro'
      and active and "interval" = 'month' and currency = 'USD'`;
    const { data } = await stripe.prices.list({ product: "promptforge-pro", active: true, limit: 100 });
    expect(data.filter(({ unit_amount }) => unit_amount === amount).map((price) => price.id)).toEqual([held?.id]);
    expect(await atStripe(usualKey)).toEqual([{ id: held?.id, unit_amount: amount }]);
  });
});

describe("a plan", () => {
  it("published again while its withdrawal is late is on sale with every price that it says", async () => {
    const { id } = await office().startDraft({ code: "enterprise" });
    const { revision } = await office().saveDraft({
      ...{ code: "enterprise", revision: 0 },
      content: { ...(await onSale("enterprise")), ...atMonth(31_900)(await onSale("enterprise")) },
    });
    await office().publish({ code: "enterprise", revision, reason });
    const worker = shop.worker();
    const { catalogMirror } = worker.providers;
    // What was retired just before is withdrawn between the look at the prices and their being put on sale.
    const putPrices: typeof catalogMirror.putPrices = async (wanted) => {
      const put = await catalogMirror.putPrices(wanted);
      await sql`update prices set active = false where product_id = 'promptforge-enterprise'`;
      return put;
    };
    const late = { ...worker, providers: { ...worker.providers, catalogMirror: { ...catalogMirror, putPrices } } };
    await publishPlan(late, { versionId: id });
    await shop.work();
    const onSaleNow = await sql`select "interval", amount::int as amount from prices
      where product_id = 'promptforge-enterprise' and active and currency = 'USD' order by 1`;
    expect(onSaleNow).toEqual([
      { interval: "month", amount: 31_900 },
      { interval: "year", amount: 299_000 },
    ]);
    const { data } = await stripe.prices.list({
      ...{ product: "promptforge-enterprise", active: true, expand: ["data.tiers"] },
    });
    const asked = data.map(({ tiers }) => tiers?.map(({ flat_amount, unit_amount }) => flat_amount ?? unit_amount));
    expect(asked.toSorted()).toEqual([
      [299_000, 49_000],
      [31_900, 4_900],
    ]);
  });

  it("sells seats at another price by another price at the provider, with as many in it as it holds; none, and it is flat again", async () => {
    const key = "kraftverk:promptforge-pro:promptforge-pro-month:usd:1-month";
    const asked = async () => {
      const { data } = await stripe.prices.list({ lookup_keys: [key], expand: ["data.tiers"] });
      return data.map(({ unit_amount, tiers }) => [
        unit_amount,
        tiers?.map((tier) => [tier.up_to, tier.flat_amount, tier.unit_amount]),
      ]);
    };
    const selling = (seatAmount: number | null) => (content: PlanContentInput) => ({
      prices: content.prices.map((price) =>
        price.interval === "month" ? { ...price, amount: 4_900, seatAmount } : price,
      ),
    });
    await publish("pro", selling(1_900));
    expect(await asked()).toEqual([
      [
        null,
        [
          [1, 4_900, null],
          [null, null, 1_900],
        ],
      ],
    ]);
    await publish("pro", holding("seats", 3));
    expect(await asked()).toEqual([
      [
        null,
        [
          [3, 4_900, null],
          [null, null, 1_900],
        ],
      ],
    ]);
    expect(
      await sql`select included_seats, seat_amount::int as seat from prices
      where product_id = 'promptforge-pro' and active and "interval" = 'month'`,
    ).toEqual([{ included_seats: 3, seat: 1_900 }]);
    await publish("pro", selling(null));
    expect(await asked()).toEqual([[4_900, undefined]]);
    const { plans } = await shop.browser().caller.entitlements.plans();
    expect(plans.find(({ code }) => code === "pro")?.prices[0]).toMatchObject({ amount: 4_900, seatAmount: null });
  });

  it("out of sale is bought by nobody and kept by those who have it", async () => {
    const organizationId = await company([[owner, "owner"]]);
    await buy(owner, organizationId, "enterprise");
    await expect(office().retire({ code: "pilot", reason })).rejects.toEqual(refused("plans.always_on_sale"));
    await office().retire({ code: "enterprise", reason });
    await office().retire({ code: "enterprise", reason });
    await shop.work();
    const other = await company([[owner, "owner"]]);
    const wish = { organizationId: other, planCode: "enterprise", interval: "month" } as const;
    await expect(shop.browser({ session: owner }).caller.checkout.plan.buy(wish)).rejects.toThrow("plan");
    expect(await planOf(organizationId)).toBe("enterprise");
    expect(await sql`select id from prices where product_id = 'promptforge-enterprise' and active`).toEqual([]);
    const { data } = await stripe.prices.list({ product: "promptforge-enterprise", active: true });
    expect(data).toEqual([]);
  });

  it("has no price, name or form beside its versions", async () => {
    const { products } = seller.caller;
    const { product, prices, variants } = await products.get({ id: "promptforge-pro" });
    const soldAsPlan = refused("catalog.sold_as_plan");
    const [price] = prices;
    const [variant] = variants;
    await expect(products.changePrice({ priceId: price?.id ?? "", amount: 100, reason })).rejects.toEqual(soldAsPlan);
    const more = { productId: product.id, variantId: variant?.id ?? "", currency: "EUR", amount: 4_900 } as const;
    await expect(products.addPrice({ ...more, interval: "month", intervalCount: 1 })).rejects.toEqual(soldAsPlan);
    const { id, name, summary, description, category, taxRateBps, position } = product;
    const facts = { id, name, summary, description, category, taxRateBps, position, active: true };
    await expect(products.edit({ ...facts, name: { sv: "Annat", en: "Other" } })).rejects.toEqual(soldAsPlan);
    await expect(products.edit({ ...facts, active: false })).rejects.toEqual(soldAsPlan);
    const form = { id: variant?.id ?? "", sku: "KV-X", position: 0, active: false, trackStock: false };
    await expect(products.editVariant(form)).rejects.toEqual(soldAsPlan);
  });
});

describe("the database", () => {
  it("keeps what was published: its words, prices and entitlements, and that it was", async () => {
    const never = "never changed";
    await expect(sql`update plan_versions set version = 9 where id = 'plv_pilot_1'`).rejects.toThrow(never);
    await expect(sql`update plan_versions set plan_code = 'pro' where id = 'plv_pilot_1'`).rejects.toThrow(never);
    await expect(sql`update plan_versions set status = 'draft' where id = 'plv_pilot_1'`).rejects.toThrow(never);
    await expect(sql`update plan_versions set published_at = now() where id = 'plv_pilot_1'`).rejects.toThrow(never);
    await expect(
      sql`insert into plan_entitlements (plan_version_id, feature, value) values ('plv_pilot_1', 'hasSeatsGT1', 'true')`,
    ).rejects.toThrow(never);
    await expect(
      sql`insert into plan_version_prices (plan_version_id, currency, "interval", amount, lookup_key) values ('plv_pilot_1', 'SEK', 'year', 0, 'x')`,
    ).rejects.toThrow(never);
  });
});
