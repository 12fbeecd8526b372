import { describe, expect, it } from "vitest";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { type EditProductInput, getProductForStaff, listProductsForStaff, mirrorProduct } from "../catalog/index.ts";
import { minorUnits } from "../kernel/money.ts";
import { changeDefaultPrice } from "./change-default-price.ts";
import { editProduct } from "./edit-product.ts";
import { addVariant, editVariant } from "./edit-variant.ts";
import { orderPriceChange } from "./order-price-change.ts";
import { shelf } from "./shelf.ts";
import { readShopWindow } from "./shop-window.ts";

const shop = await campaignShop();
const { sql, worker, visitor } = shop;
const staff = shop.owner;

async function asItIs(id: string): Promise<EditProductInput> {
  const { product } = await staff.db.transaction((tx) => getProductForStaff(tx, id));
  const { name, summary, description, category, taxRateBps, position, active } = product;
  return { id, name, summary, description, category, taxRateBps, position, active };
}
const onShelf = async (id: string) =>
  shelf(await visitor.db.transaction(readShopWindow), "SEK", shop.time.business).find((item) => item.id === id);
const acts = (subject: string) => sql`select action, reason from audit_entries where subject = ${subject} order by at`;
const openPeriods = async (id: string) =>
  (await sql`select count(*)::int as n from price_periods where product_id = ${id} and until_at is null`)[0]?.n;

describe("staff edit a product", () => {
  it("changes what it says, once, with an audit entry and a job that tells the provider", async () => {
    const wanted = { ...(await asItIs("chalk")), name: { sv: "Krita", en: "Chalk" }, taxRateBps: 1_200 };
    expect(await editProduct(staff, wanted)).toEqual({ changed: true });
    expect(await editProduct(staff, wanted)).toEqual({ changed: false });
    expect(await acts("chalk")).toEqual([{ action: "catalog.edit_product", reason: "name, taxRateBps" }]);
    expect((await onShelf("chalk"))?.name.sv).toBe("Krita");
    const jobs =
      await sql`select payload->>'productId' as id from graphile_worker._private_jobs where key = 'catalog.mirror-product:chalk'`;
    expect(jobs).toEqual([{ id: "chalk" }]);
    await mirrorProduct(worker, { productId: "chalk" });
    expect((await shop.stripe.products.retrieve("chalk")).name).toBe("Krita");
  });

  it("changes what a membership includes, and leaves it where nothing is said of it", async () => {
    const oppet = await asItIs("oppet");
    const includes = [{ sv: "Alla gym", en: "Every gym" }];
    expect(await editProduct(staff, { ...oppet, includes })).toEqual({ changed: true });
    expect(await editProduct(staff, { ...oppet, includes })).toEqual({ changed: false });
    expect(await editProduct(staff, oppet)).toEqual({ changed: false });
    expect((await staff.db.transaction((tx) => getProductForStaff(tx, "oppet"))).product.includes).toEqual(includes);
    expect(await acts("oppet")).toEqual([{ action: "catalog.edit_product", reason: "includes" }]);
  });

  it("says of a membership how many one subscription may have, and of nothing else", async () => {
    const plus = await asItIs("oppet-plus");
    expect((await onShelf("oppet-plus"))?.mostUnits).toBe(4);
    expect(await editProduct(staff, { ...plus, mostUnits: 6 })).toEqual({ changed: true });
    expect((await onShelf("oppet-plus"))?.mostUnits).toBe(6);
    await expect(editProduct(staff, { ...(await asItIs("towel")), mostUnits: 2 })).rejects.toMatchObject({
      code: "catalog.one_at_a_time",
    });
    expect((await onShelf("towel"))?.mostUnits).toBe(1);
  });

  it("what is not on sale has no price, and no history of one, until it is again", async () => {
    const mat = await asItIs("mat");
    const before = await openPeriods("mat");
    await editProduct(staff, { ...mat, active: false });
    expect(await onShelf("mat")).toBeUndefined();
    expect(await openPeriods("mat")).toBe(0);
    await editProduct(staff, mat);
    expect(await openPeriods("mat")).toBe(before);
  });

  it("a variant can be taken off sale, counted or not, and never takes another's SKU", async () => {
    const variant = { id: "bands-heavy", sku: "KV-BANDS-HEAVY", position: 2, active: true, trackStock: false };
    await editVariant(staff, variant);
    const shown = (await onShelf("bands"))?.variants.find(({ id }) => id === "bands-heavy");
    expect(shown?.stock).toEqual({ state: "in_stock", left: null });
    await editVariant(staff, { ...variant, active: false });
    expect((await onShelf("bands"))?.variants.map(({ id }) => id)).toEqual(["bands-light", "bands-medium"]);
    await expect(editVariant(staff, { ...variant, sku: "KV-BANDS-LIGHT" })).rejects.toMatchObject({
      code: "catalog.sku_taken",
    });
    await expect(editVariant(staff, { ...variant, id: "none" })).rejects.toMatchObject({
      code: "catalog.variant_not_found",
    });
  });

  it("a new variant has each of the product's options, and none in stock", async () => {
    const options = { color: { sv: "Grå", en: "Gray" }, size: { sv: "M", en: "M" } };
    const { id } = await addVariant(staff, { productId: "tank", sku: "KV-TANK-GRAY-M", options });
    const shown = (await onShelf("tank"))?.variants.find((variant) => variant.id === id);
    expect(shown).toMatchObject({ codes: { color: "gray", size: "m" }, stock: { state: "sold_out" } });
    const wrong = { code: "catalog.wrong_options" };
    await expect(addVariant(staff, { productId: "tank", sku: "KV-TANK-X", options })).rejects.toMatchObject(wrong);
    const { size } = options;
    await expect(addVariant(staff, { productId: "tank", sku: "KV-TANK-X", options: { size } })).rejects.toMatchObject(
      wrong,
    );
  });

  it("a price is ordered once, however often it is pressed, and done by the worker, Stripe first", async () => {
    const order = { priceId: "prc_foam-roller_sek", amount: 27_900, reason: "autumn" };
    await Promise.all([orderPriceChange(staff, order), orderPriceChange(staff, order)]);
    const jobs = await sql`select payload->>'amount' as amount from graphile_worker._private_jobs
      where key = 'pricing.change-default-price:prc_foam-roller_sek'`;
    expect(jobs).toEqual([{ amount: "27900" }]);
    await mirrorProduct(worker, { productId: "foam-roller" });
    const change = { priceId: order.priceId, amount: minorUnits(order.amount) };
    const { priceId } = await changeDefaultPrice(worker, change);
    expect((await onShelf("foam-roller"))?.price.amount).toBe(27_900);
    // The worker died after the change: done again, it is the same change.
    expect(await changeDefaultPrice(worker, change)).toEqual({ priceId });
    await expect(orderPriceChange(staff, { ...order, amount: 1_000 })).rejects.toMatchObject({
      code: "pricing.price.conflict",
    });
    const history =
      await sql`select amount::int from price_periods where product_id = 'foam-roller' and currency = 'SEK' order by from_at`;
    expect(history.map(({ amount }) => amount)).toEqual([29_900, 27_900]);
  });

  it("sees everything in pages; a visitor changes nothing", async () => {
    const first = await staff.db.transaction((tx) => listProductsForStaff(tx, { limit: 20 }));
    const rest = await staff.db.transaction((tx) =>
      listProductsForStaff(tx, { limit: 20, cursor: first.nextCursor ?? "" }),
    );
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([20, 10, null]);
    expect(first.items.find(({ id }) => id === "bag")).toMatchObject({ onHand: 440, variants: 1 });
    const wanted = { ...(await asItIs("bag")), name: { sv: "Min", en: "Mine" } };
    await expect(editProduct(visitor, wanted)).rejects.toThrow();
    expect((await onShelf("bag"))?.name.sv).toBe("Träningsväska");
  });
});
