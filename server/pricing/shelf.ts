import type { z } from "zod";
import type { Offer, Product, Variant } from "../catalog/index.ts";
import type { Currency } from "../kernel/money.ts";
import { pricingErrors } from "./errors.ts";
import type { shelfInput } from "./input.ts";
import { type PriceView, priceView } from "./price-view.ts";
import { priceOffer } from "./resolve-price.ts";
import type { ShopWindow } from "./shop-window.ts";

/** A product as a visitor sees it: every form it comes in with what it costs now. */
export type ShelfItem = Pick<
  Product,
  "id" | "kind" | "name" | "summary" | "description" | "includes" | "art" | "category" | "recommended"
> & {
  readonly variants: readonly (Pick<Variant, "id" | "sku" | "options"> & { readonly price: PriceView })[];
  /** Of the first variant. */
  readonly price: PriceView;
};

/** What is for sale in a currency, in the shop's order, at the prices that hold at `at`. */
export function listShelf(window: ShopWindow, filter: z.output<typeof shelfInput>, at: Date): ShelfItem[] {
  const wanted = window.offers.filter(
    ({ product, price }) => price.currency === filter.currency && matches(product, filter),
  );
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
  const variants = shown.map((offer) => {
    const { id, sku, options } = offer.variant;
    return { id, sku, options, price: priceView(priceOffer(offer, window, at)) };
  });
  const [first] = variants;
  if (!first) return [];
  const { id, kind, name, summary, description, includes, art, category, recommended } = head.product;
  const texts = { id, kind, name, summary, description, includes, art, category, recommended };
  return [{ ...texts, variants, price: first.price }];
}

/** The words that were searched for stand in the name, in either language, or are the category. */
function matches(product: Product, filter: Pick<z.output<typeof shelfInput>, "kind" | "category" | "q">): boolean {
  if (filter.kind !== undefined && product.kind !== filter.kind) return false;
  if (filter.category !== undefined && product.category !== filter.category) return false;
  const words = (filter.q ?? "").toLocaleLowerCase("sv");
  const texts = [product.name.sv, product.name.en, product.category];
  return texts.some((text) => text.toLocaleLowerCase("sv").includes(words));
}
