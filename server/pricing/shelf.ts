import type { z } from "zod";
import { findProductIds, listOffers, type Product, type Variant } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import { pricingErrors } from "./errors.ts";
import type { shelfInput } from "./input.ts";
import { type PriceView, priceView } from "./price-view.ts";
import { priceOffers } from "./resolve-price.ts";

/** A product as a visitor sees it: every form it comes in with what it costs now. */
export type ShelfItem = Pick<
  Product,
  "id" | "kind" | "name" | "summary" | "description" | "includes" | "art" | "category" | "recommended"
> & {
  readonly variants: readonly (Pick<Variant, "id" | "sku" | "options"> & { readonly price: PriceView })[];
  /** Of the first variant. */
  readonly price: PriceView;
};

/** What is for sale in a currency, in the shop's order, at the prices that would be charged this moment. */
export async function listShelf(tx: Tx, filter: z.output<typeof shelfInput>): Promise<ShelfItem[]> {
  const narrowed = filter.kind !== undefined || filter.category !== undefined || Boolean(filter.q);
  if (!narrowed) return readShelf(tx, { currency: filter.currency });
  const productIds = await findProductIds(tx, { ...filter, q: filter.q || undefined });
  return productIds.length === 0 ? [] : readShelf(tx, { productIds, currency: filter.currency });
}

/** One product of the shelf. Throws `pricing.not_for_sale`. */
export async function getShelfItem(tx: Tx, productId: string, currency: Currency): Promise<ShelfItem> {
  const [item] = await readShelf(tx, { productIds: [productId], currency });
  if (!item) throw pricingErrors.notForSale({ productId, currency });
  return item;
}

async function readShelf(tx: Tx, filter: { productIds?: string[]; currency: Currency }): Promise<ShelfItem[]> {
  const offers = await listOffers(tx, filter);
  const prices = await priceOffers(tx, offers);
  return [...Map.groupBy(offers, (offer) => offer.product.id).values()].flatMap((group) => {
    const variants = group.flatMap((offer) => {
      const price = prices.get(offer);
      const { id, sku, options } = offer.variant;
      return price ? [{ id, sku, options, price: priceView(price) }] : [];
    });
    const [head, first] = [group[0], variants[0]];
    if (!head || !first) return [];
    const { id, kind, name, summary, description, includes, art, category, recommended } = head.product;
    const texts = { id, kind, name, summary, description, includes, art, category, recommended };
    return [{ ...texts, variants: variants.filter(isFirstOf), price: first.price }];
  });
}

/** A variant with several intervals is shown at its first. */
function isFirstOf(variant: { readonly id: string }, index: number, all: readonly { readonly id: string }[]): boolean {
  return all.findIndex((other) => other.id === variant.id) === index;
}
