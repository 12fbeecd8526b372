import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;

describe("the plans of the demo shop", () => {
  it("hold what the matrix says", async () => {
    const rows = await sql<{ plan: string; holds: Record<string, unknown> }[]>`
      select v.plan_code as plan, jsonb_object_agg(e.feature, e.value) as holds
      from plan_versions v join plan_entitlements e on e.plan_version_id = v.id
      join plans p on p.code = v.plan_code where v.status = 'published' group by v.plan_code, p.position order by p.position`;
    const base = {
      ...{ canUseAllModules: true, canExportMD: true, canExportPDF: true, canExportJSON: true },
      ...{ canUseGptTestReal: true, hasCloudHistory: true, hasEvaluatorAI: true },
      ...{ hasAPI: false, canExportBundleZip: false, hasWhiteLabel: false, seats: 1 },
    };
    const off = Object.fromEntries(Object.keys(base).map((key) => [key, false]));
    expect(rows).toEqual([
      { plan: "pilot", holds: { ...off, canExportMD: true, seats: 1 } },
      { plan: "pro", holds: base },
      { plan: "enterprise", holds: { ...base, hasAPI: true, canExportBundleZip: true, hasWhiteLabel: true, seats: 5 } },
    ]);
  });

  it("are at Stripe under their names, with the prices of their versions under the look-up keys", async () => {
    const wanted = await sql<{ key: string; amount: number; seat: number | null; interval: string; name: string }[]>`
      select p.lookup_key as key, p.amount::int as amount, p.seat_amount::int as seat, p."interval", v.name ->> 'en' as name
      from plan_version_prices p join plan_versions v on v.id = p.plan_version_id order by p.lookup_key`;
    expect(wanted.map(({ name, interval, amount, seat }) => [name, interval, amount, seat])).toEqual([
      ["PromptForge Enterprise", "month", 29_900, 4_900],
      ["PromptForge Enterprise", "year", 299_000, 49_000],
      ["PromptForge Pilot", "month", 0, null],
      ["PromptForge Pro", "month", 4_900, null],
      ["PromptForge Pro", "year", 49_000, null],
    ]);
    for (const { key, amount, seat, interval, name } of wanted) {
      const { data } = await stripe.prices.list({ lookup_keys: [key], expand: ["data.product", "data.tiers"] });
      const tiers = [
        { up_to: 5, flat_amount: amount, unit_amount: null },
        { up_to: null, flat_amount: null, unit_amount: seat },
      ];
      const cost = seat === null ? { unit_amount: amount } : { unit_amount: null, tiers_mode: "graduated", tiers };
      expect(data).toMatchObject([{ ...cost, currency: "usd", recurring: { interval }, product: { name } }]);
    }
  });

  it("stand on no shelf, are found by no search and lie in no cart", async () => {
    const { caller } = shop.browser();
    for (const wish of [{}, { q: "PromptForge" }, { category: "plans" }]) {
      const { items } = await caller.catalog.products.list({ ...wish, currency: "USD" });
      expect(items.map(({ id }) => id).filter((id) => id.startsWith("promptforge"))).toEqual([]);
    }
    const memberships = await caller.catalog.memberships.list({ currency: "USD" });
    expect(memberships.items.map(({ kind }) => kind)).not.toContain("plan");
    await expect(
      caller.checkout.cart.add({ variantId: "promptforge-pro-month", quantity: 1, currency: "USD" }),
    ).rejects.toThrow("not for sale");
    await expect(caller.checkout.start({ source: { productId: "promptforge-pro" }, currency: "USD" })).rejects.toThrow(
      "not for sale",
    );
  });

  it("once published cannot be rewritten, not even by the worker's role", async () => {
    await expect(sql`update plan_versions set name = '{}' where id = 'plv_pro_1'`).rejects.toThrow("never changed");
    await expect(sql`delete from plan_versions where id = 'plv_pro_1'`).rejects.toThrow("never changed");
    await expect(sql`update plan_version_prices set amount = 1 where plan_version_id = 'plv_pro_1'`).rejects.toThrow(
      "never changed",
    );
    await expect(sql`delete from plan_entitlements where plan_version_id = 'plv_pro_1'`).rejects.toThrow(
      "never changed",
    );
  });
});
