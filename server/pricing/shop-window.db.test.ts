import { describe, expect, it } from "vitest";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { findProducts } from "../catalog/index.ts";
import { addOrUpdateCampaign } from "./add-or-update-campaign.ts";
import { browseShelf } from "./browse-shelf.ts";
import { shelfInput } from "./input.ts";
import { resolvePrice } from "./resolve-price.ts";
import { getShelfItem, shelf } from "./shelf.ts";
import { createShopWindows, readShopWindow, shelfOrder } from "./shop-window.ts";

const shop = await campaignShop();
const { partner, visitor } = shop;
const window = () => visitor.db.transaction(readShopWindow);
const browse = async (filter: object, at = shop.time.business) => {
  const input = shelfInput.parse(filter);
  const read = await window();
  const found = await visitor.db.transaction((tx) => findProducts(tx, input.q ?? ""));
  return browseShelf(shelf(read, input.currency, at), input, found, shelfOrder(read));
};
const list = async (filter: object, at?: Date) => (await browse(filter, at)).items.map((item) => item.id);

describe("the shelf", () => {
  it("has everything for sale, in the shop's order", async () => {
    const memberships = ["oppet", "oppet-plus", "dagtid", "test-kund", "gruppass"];
    const clothes = ["t-shirt", "hoodie", "tank", "shorts", "tights", "socks", "cap"];
    const equipment = ["bottle", "towel", "bag", "lifting-belt", "wrist-wraps", "chalk", "jump-rope", "bands"];
    equipment.push("mat", "foam-roller", "massage-ball", "training-log");
    expect(await list({})).toEqual([
      ...[...memberships, ...clothes, ...equipment],
      ...["credits-100", "credits-1000", "credits-10000"],
    ]);
    expect(await list({ kind: "membership", currency: "EUR" })).toEqual(memberships);
  });

  it.each([
    [{ q: "KEPS" }, ["cap"]],
    [{ q: "water" }, ["bottle", "bag", "mat"]],
    [{ q: "traningsvaska" }, ["bag"]],
    [{ q: "väska" }, ["bag"]],
    [{ q: "träningsmattor" }, ["mat"]],
    [{ q: "jump ropes" }, ["jump-rope"]],
    [{ q: "kettlebell" }, []],
    [{ q: "handsydd keps" }, []],
    [{ q: "läder" }, ["lifting-belt"]],
    [{ category: "recovery" }, ["mat", "foam-roller", "massage-ball"]],
    [{ options: { color: ["moss-green"], size: ["xs", "s"] } }, ["tank", "tights"]],
    [{ options: { size: ["46-48"] } }, ["socks"]],
    [{ kind: "merchandise", priceTo: 12_900 }, ["socks", "chalk", "massage-ball"]],
    [{ kind: "merchandise", priceFrom: 54_000 }, ["hoodie", "tights", "lifting-belt"]],
    [{ options: { color: ["undyed"], size: ["s"] }, q: "linne" }, ["tank"]],
    [{ options: { color: ["undyed"], size: ["s"] }, q: "linne", inStock: true }, []],
    [{ q: "öppet", kind: "merchandise" }, []],
    [{ q: "%" }, []],
  ])("finds by %o", async (filter, found) => {
    expect(await list(filter)).toEqual(found);
  });

  it("shows each form with its price, the first one's on the card", async () => {
    const at = shop.time.business;
    const item = getShelfItem(await window(), "oppet", "SEK", at);
    expect(item.price).toMatchObject({ amount: 39_900, interval: "month", taxRateBps: 600, lowest30Days: null });
    expect(item.variants.map(({ id, price }) => [id, price.amount, price.interval])).toEqual([
      ["oppet-month", 39_900, "month"],
      ["oppet-year", 399_000, "year"],
    ]);
    const shirt = getShelfItem(await window(), "t-shirt", "SEK", at);
    expect(shirt.variants).toHaveLength(8);
    expect(new Set(shirt.variants.map(({ price }) => price.amount))).toEqual(new Set([24_900]));
    await expect(async () => getShelfItem(await window(), "rowing", "SEK", at)).rejects.toMatchObject({
      code: "pricing.not_for_sale",
    });
  });
});

describe("what the window shows is what checkout charges", () => {
  it("before, while and after a campaign is on, from one reading", async () => {
    const now = shop.time.business;
    const moment = (offset: number) => new Date(now.getTime() + offset);
    const campaign = { id: "soon", name: "Soon", status: "active" as const, products: ["test-kund"] };
    await partner.db.transaction((tx) =>
      addOrUpdateCampaign(tx, {
        ...campaign,
        startDate: moment(1_000),
        endDate: moment(2_000),
        prices: [{ currency: "SEK", interval: "month", stripePriceId: "price_TEST123" }],
      }),
    );
    await shop.work();
    const seen = await window();
    for (const [offset, amount] of [
      [0, 39_900],
      [999, 39_900],
      [1_000, 29_900],
      [2_000, 29_900],
      [2_001, 39_900],
    ] as const) {
      const at = moment(offset);
      const charged = await visitor.db.transaction((tx) =>
        resolvePrice(tx, { productId: "test-kund", currency: "SEK" }, at),
      );
      expect([offset, charged.amount]).toEqual([offset, amount]);
      const shown = getShelfItem(seen, "test-kund", "SEK", at).price;
      expect([shown.amount, shown.lowest30Days]).toEqual([charged.amount, charged.lowest30Days]);
    }
  });
});

describe("a window is looked through by many", () => {
  it("and read once a quarter of a second", async () => {
    let [clock, reads] = [0, 0];
    const windows = createShopWindows(() => clock);
    const db: typeof visitor.db = {
      transaction(work, options) {
        reads++;
        return visitor.db.transaction(work, options);
      },
    };
    const [one, other] = await Promise.all([windows.look({ db }), windows.look({ db })]);
    expect(other).toBe(one);
    clock = 250;
    expect(await windows.look({ db })).toBe(one);
    expect(reads).toBe(1);
    clock = 251;
    expect(await windows.look({ db })).not.toBe(one);
    expect(reads).toBe(2);
  });

  it("a reading that failed is tried again by the next", async () => {
    const windows = createShopWindows(() => 0);
    const broken = { transaction: () => Promise.reject(new Error("no database")) };
    await expect(windows.look({ db: broken })).rejects.toThrow("no database");
    await expect(windows.look({ db: visitor.db })).resolves.toMatchObject({ offers: expect.any(Array) });
  });
});

it("P11: a change is seen by every process within a second, each with connections of its own", async () => {
  let clock = 0;
  const processes = [visitor, shop.owner].map((ctx) => ({ ctx, windows: createShopWindows(() => clock) }));
  const shown = () =>
    Promise.all(
      processes.map(async ({ ctx, windows }) => {
        const { price } = getShelfItem(await windows.look(ctx), "dagtid", "SEK", shop.time.business);
        return price.campaign?.id ?? null;
      }),
    );
  expect(await shown()).toEqual([null, null]);
  const { id: stripePriceId } = await shop.stripe.prices.create({
    currency: "sek",
    unit_amount: 100,
    recurring: { interval: "month" },
    product_data: { name: "Seen everywhere" },
  });
  const campaign = { id: "everywhere", name: "Everywhere", status: "active" as const, products: ["dagtid"] };
  const prices = [{ currency: "SEK", stripePriceId }];
  await partner.db.transaction((tx) => addOrUpdateCampaign(tx, { ...campaign, prices }));
  await shop.work();
  clock += 999;
  expect(await shown()).toEqual(["everywhere", "everywhere"]);
});
