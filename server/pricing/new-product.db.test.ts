import { describe, expect, it } from "vitest";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import {
  addMedia,
  addPriceJob,
  createProduct,
  createProductInput,
  editMedia,
  getProductForStaff,
  mirrorProduct,
  readMediaFile,
} from "../catalog/index.ts";
import { minorUnits } from "../kernel/money.ts";
import { addPrice, orderPrice } from "./add-price.ts";
import { changeDefaultPrice } from "./change-default-price.ts";
import { editProduct } from "./edit-product.ts";
import { addVariant } from "./edit-variant.ts";
import { orderPriceChange } from "./order-price-change.ts";
import { shelf } from "./shelf.ts";
import { readShopWindow } from "./shop-window.ts";

const shop = await campaignShop();
const { sql, worker, visitor, stripe } = shop;
const staff = shop.owner;

const texts = (sv: string, en: string) => ({ sv, en });
const rope = createProductInput.parse({
  ...{ id: "climbing-rope", kind: "merchandise", art: "jump-rope", category: "equipment", taxRateBps: 2_500 },
  ...{ name: texts("Klätterrep", "Climbing rope"), summary: texts("Sex meter.", "Six meters.") },
  ...{ description: texts("Av hampa.", "Of hemp."), optionNames: ["color"] },
});
const once = {
  ...{ interval: null, intervalCount: null, trialDays: 0, trialWithoutCard: null, setupFeeAmount: 0 },
} as const;
const onShelf = async (id: string, currency: "SEK" | "EUR" = "SEK") =>
  shelf(await visitor.db.transaction(readShopWindow), currency, shop.time.business).find((item) => item.id === id);
const asked = (id: string) => staff.db.transaction((tx) => getProductForStaff(tx, id));
const ordered = async () =>
  (
    await sql`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${addPriceJob.name} order by j.id`
  ).map(({ payload }) => addPriceJob.payload.parse(payload));
const png = (shade: number) => {
  const file = Buffer.alloc(64, shade);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(file);
  file.write("IHDR", 12, "latin1");
  file.writeUInt32BE(800, 16);
  file.writeUInt32BE(1000, 20);
  return file;
};

describe("a product that staff make", () => {
  it("is there once, in nobody's sight, and the provider is told", async () => {
    await Promise.all([createProduct(staff, rope), createProduct(staff, rope)]);
    expect(await onShelf("climbing-rope")).toBeUndefined();
    expect((await asked("climbing-rope")).product).toMatchObject({ active: false, optionNames: ["color"] });
    await mirrorProduct(worker, { productId: "climbing-rope" });
    expect(await stripe.products.retrieve("climbing-rope")).toMatchObject({ name: "Klätterrep", active: false });
    const other = { ...rope, name: texts("Annat", "Other") };
    await expect(createProduct(staff, other)).rejects.toMatchObject({ code: "catalog.product_exists" });
    await expect(createProduct(visitor, { ...rope, id: "mine" })).rejects.toThrow();
  });

  it("gets forms and prices in several currencies, each made once, at the provider first", async () => {
    const options = { color: texts("Svart", "Black") };
    await addVariant(staff, { productId: "climbing-rope", sku: "KV-ROPE-BLACK", options });
    const wanted = { productId: "climbing-rope", variantId: null, ...once };
    await orderPrice(staff, { ...wanted, currency: "SEK", amount: 49_900 });
    await orderPrice(staff, { ...wanted, currency: "SEK", amount: 49_900 });
    await orderPrice(staff, { ...wanted, currency: "EUR", amount: 4_500 });
    const jobs = await ordered();
    expect(jobs.map(({ currency, amount }) => [currency, amount])).toEqual([
      ["SEK", 49_900],
      ["EUR", 4_500],
    ]);
    for (const job of [...jobs, ...jobs]) await addPrice(worker, job);
    await Promise.all(jobs.map((job) => addPrice(worker, job)));
    const { prices } = await asked("climbing-rope");
    expect(prices.map(({ currency, amount }) => [currency, amount])).toEqual([
      ["EUR", 4_500],
      ["SEK", 49_900],
    ]);
    for (const { stripePriceId, amount } of prices)
      expect((await stripe.prices.retrieve(stripePriceId ?? "")).unit_amount).toBe(amount);
    await expect(orderPrice(staff, { ...wanted, currency: "SEK", amount: 1_000 })).rejects.toMatchObject({
      code: "catalog.price_exists",
    });
  });

  it("comes into the shop when it is put on sale, and its price history begins then", async () => {
    const history = () => sql`select amount::int, until_at from price_periods where product_id = 'climbing-rope'`;
    expect(await history()).toEqual([]);
    const { product } = await asked("climbing-rope");
    const { id, name, summary, description, category, taxRateBps, position } = product;
    await editProduct(staff, { id, name, summary, description, category, taxRateBps, position, active: true });
    expect(await onShelf("climbing-rope")).toMatchObject({ name: rope.name, price: { amount: 49_900 } });
    expect((await onShelf("climbing-rope", "EUR"))?.price.amount).toBe(4_500);
    expect((await history()).map(({ amount }) => amount).sort()).toEqual([4_500, 49_900].sort());
    await mirrorProduct(worker, { productId: id });
    expect((await stripe.products.retrieve(id)).active).toBe(true);
  });
});

describe("a membership that staff make", () => {
  it("has a price that renews for each way to pay it, with a trial and a fee", async () => {
    const classes = createProductInput.parse({ ...rope, id: "simskola", kind: "membership", optionNames: [] });
    await createProduct(staff, classes);
    const { id: variantId } = await addVariant(staff, {
      ...{ productId: "simskola", sku: "KV-SIM-M", options: { billing: texts("Månadsvis", "Monthly") } },
    });
    const price = { productId: "simskola", variantId, currency: "SEK" as const, amount: 20_000 };
    const monthly = {
      interval: "month" as const,
      intervalCount: 1,
      trialDays: 7,
      trialWithoutCard: null,
      setupFeeAmount: 5_000,
    };
    for (const wrong of [
      { ...price, ...once },
      { ...price, ...monthly, variantId: null },
      { ...price, ...monthly, variantId: "bag" },
    ])
      await expect(orderPrice(staff, wrong)).rejects.toMatchObject({ code: "catalog.wrong_price" });
    await addPrice(worker, { ...price, ...monthly });
    const [made] = (await asked("simskola")).prices;
    expect(made).toMatchObject({ trialDays: 7, setupFeeAmount: 5_000, interval: "month" });
    const fee = await stripe.prices.retrieve(made?.setupFeeStripePriceId ?? "", { expand: ["product"] });
    expect(fee).toMatchObject({ unit_amount: 5_000, recurring: null, product: { id: "simskola_setup_fee" } });
    const yearly = { ...price, ...monthly, interval: "year" as const };
    await expect(orderPrice(staff, yearly)).rejects.toMatchObject({ code: "catalog.wrong_price" });
  });

  it("other terms hold from then on, with a fee that the provider knows; the old one is taken out of sale", async () => {
    const [before] = (await asked("simskola")).prices;
    const priceId = before?.id ?? "";
    const change = { priceId, amount: minorUnits(20_000), trialDays: 30, setupFeeAmount: 7_500 };
    await orderPriceChange(staff, { ...change, reason: "spring" });
    const [job] = await sql`select payload from graphile_worker._private_jobs where key like ${`%${priceId}`}`;
    expect(job?.payload).toEqual(change);
    await Promise.all([changeDefaultPrice(worker, change), changeDefaultPrice(worker, change)]);
    await changeDefaultPrice(worker, change);
    const [after] = (await asked("simskola")).prices;
    expect(after).toMatchObject({ id: priceId, amount: 20_000, trialDays: 30, setupFeeAmount: 7_500 });
    expect((await stripe.prices.retrieve(after?.setupFeeStripePriceId ?? "")).unit_amount).toBe(7_500);
    expect((await stripe.prices.retrieve(before?.setupFeeStripePriceId ?? "")).active).toBe(false);
    // A new amount keeps the terms.
    const { priceId: next } = await changeDefaultPrice(worker, { priceId, amount: minorUnits(25_000) });
    const [dearer] = (await asked("simskola")).prices;
    expect(dearer).toMatchObject({ id: next, amount: 25_000, trialDays: 30, setupFeeAmount: 7_500 });
    expect(dearer?.setupFeeStripePriceId).toBe(after?.setupFeeStripePriceId);
    const goods = (await asked("bag")).prices.find(({ currency }) => currency === "SEK");
    const wrong = { priceId: goods?.id ?? "", amount: goods?.amount ?? 0, trialDays: 7, reason: "no" };
    await expect(orderPriceChange(staff, wrong)).rejects.toMatchObject({ code: "pricing.no_terms" });
  });
});

describe("pictures", () => {
  const alt = texts("Ett rep", "A rope");
  const add = (file: Buffer, by = staff) =>
    addMedia(by, { productId: "climbing-rope", base64: file.toString("base64"), alt });
  const shown = async () => (await asked("climbing-rope")).media.map(({ key }) => key);

  it("are kept once, whole, under an id of their content; the first is the card", async () => {
    const [one, same] = await Promise.all([add(png(1)), add(png(1))]);
    expect(one).toEqual(same);
    const two = await add(png(2));
    expect(await shown()).toEqual([one.fileId, two.fileId]);
    const file = await readMediaFile(visitor, one.fileId);
    expect(file).toMatchObject({ type: "image/png", width: 800, height: 1000 });
    expect(file?.bytes.equals(png(1))).toBe(true);
    expect((await onShelf("climbing-rope"))?.media[0]).toMatchObject({
      alt,
      picture: { src: `/media/${one.fileId}`, width: 800, height: 1000 },
    });
  });

  it("are moved, described and taken off; the file of an old one stays", async () => {
    const [one = "", two = ""] = await shown();
    const edit = (picture: string, act: "save" | "earlier" | "later" | "remove", words?: typeof alt) =>
      editMedia(staff, { productId: "climbing-rope", picture, act, ...(words ? { alt: words } : {}) });
    await edit(two, "earlier");
    await edit(two, "earlier");
    expect(await shown()).toEqual([two, one]);
    await edit(two, "later");
    expect(await shown()).toEqual([one, two]);
    await edit(one, "save", texts("Knut", "Knot"));
    expect((await asked("climbing-rope")).media[0]?.alt).toEqual(texts("Knut", "Knot"));
    await edit(one, "remove");
    expect(await shown()).toEqual([two]);
    expect(await readMediaFile(visitor, one)).not.toBeNull();
    await expect(edit(one, "earlier")).rejects.toMatchObject({ code: "catalog.media_not_found" });
  });

  it("are pictures and nothing else, not too heavy, not too many, and nobody's but staff's to add", async () => {
    const not = { code: "catalog.not_a_picture" };
    await expect(add(Buffer.from("<svg onload=alert(1)>"))).rejects.toMatchObject(not);
    await expect(add(Buffer.alloc(0))).rejects.toMatchObject(not);
    await expect(add(Buffer.concat([png(3), Buffer.alloc(3_000_000)]))).rejects.toMatchObject(not);
    await expect(add(png(4), visitor as typeof staff)).rejects.toThrow();
    for (let shade = 10; shade < 21; shade++) await add(png(shade));
    await expect(add(png(99))).rejects.toMatchObject({ code: "catalog.too_many_pictures" });
  });
});
