import { listMedia, listOffers, type Media, type Offer } from "../catalog/index.ts";
import { readStockLeft, type StockLeft } from "../inventory/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type CampaignIndex, createCampaignIndex } from "./campaign-index.ts";
import type { ProductCandidate } from "./queries.ts";
import { type PriceBasis, readPriceBasis } from "./resolve-price.ts";
import type { ShelfOrder } from "./shelf-page.ts";

/** How long what was read is shown, in milliseconds of real time. */
const FRESH_MS = 250;

/** Everything that the shop's lists are made of. Facts, not prices: what holds is decided at the instant of each page. */
export type ShopWindow = PriceBasis & {
  readonly offers: readonly Offer[];
  readonly media: ReadonlyMap<string, readonly Media[]>;
  /** How many can be bought, as far as visitors may know. */
  readonly stock: StockLeft;
  /** Which campaign decides each price, without a look at those that do not. */
  readonly campaigns: CampaignIndex<ProductCandidate>;
};

/**
 * The shop's window: read from the database at most four times a second by one process, whoever and however many look.
 * A change is seen a quarter of a second later, as if the page had been opened before it; checkout reads the database
 * itself and tells a price that has changed. Campaigns begin and end in it to the millisecond.
 */
export type ShopWindows = { look(ctx: Pick<Ctx, "db">): Promise<ShopWindow> };

export function createShopWindows(monotonicNow: () => number = () => performance.now()): ShopWindows {
  let last: { readonly readAt: number; readonly window: Promise<ShopWindow> } | null = null;
  return {
    look(ctx) {
      if (last && monotonicNow() - last.readAt <= FRESH_MS) return last.window;
      const window = ctx.db.transaction(readShopWindow, { readOnly: true });
      const read = { readAt: monotonicNow(), window };
      last = read;
      // A failure is told to those who waited for it, and not kept.
      window.catch(() => {
        if (last === read) last = null;
      });
      return window;
    },
  };
}

export async function readShopWindow(tx: Tx): Promise<ShopWindow> {
  const [offers, media, stock] = await Promise.all([listOffers(tx), listMedia(tx), readStockLeft(tx)]);
  const productIds = [...new Set(offers.map((offer) => offer.product.id))];
  const basis = await readPriceBasis(tx, productIds, tx.scope.now);
  return { offers, media, stock, ...basis, campaigns: createCampaignIndex([...basis.candidates.values()].flat()) };
}

const orders = new WeakMap<ShopWindow["offers"], ShelfOrder>();

/** Where a product stands in the shop, and since when. */
export function shelfOrder({ offers }: Pick<ShopWindow, "offers">): ShelfOrder {
  let order = orders.get(offers);
  if (!order) {
    const products = new Map(offers.map(({ product }) => [product.id, product]));
    order = {
      position: (id) => products.get(id)?.position ?? 0,
      createdAt: (id) => products.get(id)?.createdAt ?? new Date(0),
    };
    orders.set(offers, order);
  }
  return order;
}
