import type { Media, Offer, Product, Variant } from "../catalog/index.ts";
import { type StockState, stockOfAll, stockState } from "../inventory/index.ts";
import type { Currency } from "../kernel/money.ts";
import { asDefaultPrice } from "./default-price.ts";
import { pricingErrors } from "./errors.ts";
import { type PriceView, priceView } from "./price-view.ts";
import { type PriceBasis, priceOffer } from "./resolve-price.ts";
import type { ShopWindow } from "./shop-window.ts";

/** One orderable form of a product as a visitor sees it. */
export type ShelfVariant = Pick<Variant, "id" | "sku" | "options"> & {
  /** The options as they stand in addresses: `{ color: "black", size: "m" }`. */
  readonly codes: Readonly<Record<string, string>>;
  readonly price: PriceView;
  readonly stock: StockState;
};

/** A product as a visitor sees it: every form it comes in with what it costs now and whether there are any. */
export type ShelfItem = Pick<
  Product,
  | "id"
  | "kind"
  | "name"
  | "summary"
  | "description"
  | "includes"
  | "art"
  | "category"
  | "recommended"
  | "optionNames"
  | "mostUnits"
> & {
  readonly media: readonly Pick<Media, "art" | "alt" | "picture">[];
  readonly variants: readonly ShelfVariant[];
  /** Of the first variant. */
  readonly price: PriceView;
  /** Whether they cost different amounts: then {@link price} is not every form's. */
  readonly pricesDiffer: boolean;
  readonly stock: StockState;
};

/** Everything on the shop's shelf in a currency, in its order, at the prices that hold at `at`. Plans are sold elsewhere, to organizations. */
export function shelf(window: ShopWindow, currency: Currency, at: Date): ShelfItem[] {
  const wanted = window.offers.filter(({ product, price }) => price.currency === currency && product.kind !== "plan");
  return [...Map.groupBy(wanted, (offer) => offer.product.id).values()].flatMap((group) =>
    shelfItem(window, group, at),
  );
}

/** One product of the shelf. Throws `pricing.not_for_sale`. */
export function getShelfItem(window: ShopWindow, productId: string, currency: Currency, at: Date): ShelfItem {
  const [item] = shelfItem(
    window,
    window.offers.filter(({ product, price }) => product.id === productId && price.currency === currency),
    at,
  );
  if (!item) throw pricingErrors.notForSale({ productId, currency });
  return item;
}

function shelfItem(window: ShopWindow, offers: readonly Offer[], at: Date): ShelfItem[] {
  const [head] = offers;
  if (!head) return [];
  // A variant with several intervals is shown at its first.
  const shown = offers.filter(
    ({ variant }, index) => offers.findIndex((one) => one.variant.id === variant.id) === index,
  );
  const variants = shown.map((offer): ShelfVariant => {
    const { id, sku, options } = offer.variant;
    const codes = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, optionCode(value)]));
    const price = priceView(priceOffer(offer, winnerAlone(window, offer, at), at));
    return { id, sku, options, codes, price, stock: stockState(window.stock, id) };
  });
  const [first] = variants;
  if (!first) return [];
  const { id, kind, name, summary, description, includes, art, category, recommended, optionNames, mostUnits } =
    head.product;
  return [
    {
      ...{ id, kind, name, summary, description, includes, art, category, recommended, optionNames, mostUnits },
      media: (window.media.get(id) ?? []).map(({ art: drawing, alt, picture }) => ({ art: drawing, alt, picture })),
      variants,
      price: first.price,
      pricesDiffer: variants.some(({ price }) => price.amount !== first.price.amount),
      stock: stockOfAll(variants.map(({ stock }) => stock)),
    },
  ];
}

/** What a page needs of the basis: who wins. Why the others do not is told elsewhere, and takes a look at each. */
function winnerAlone({ campaigns, periods }: ShopWindow, { product, price }: Offer, at: Date): PriceBasis {
  const winner = campaigns.find({ productId: product.id, defaultPrice: asDefaultPrice(price) }, at);
  return { periods, candidates: new Map(winner === null ? [] : [[product.id, [winner]]]) };
}

/** An option's value as it stands in an address: `Forest green` is `forest-green`. */
export function optionCode(value: { readonly en: string }): string {
  return value.en.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
}
