import { and, asc, eq, inArray } from "drizzle-orm";
import { mediaFiles, prices, productMedia, products, variants } from "../../drizzle/schema/catalog.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";

export type Product = typeof products.$inferSelect;
export type Variant = typeof variants.$inferSelect;
export type Price = typeof prices.$inferSelect;

/** One orderable form of a product with one of its default prices. */
export type Offer = { readonly product: Product; readonly variant: Variant; readonly price: Price };

/** What is on sale of the named products or variants (or all), in one currency or every one. */
export type OfferFilter = {
  readonly productIds?: readonly string[];
  readonly variantIds?: readonly string[];
  readonly currency?: Currency;
};

/**
 * Every offer that matches, in the shop's order. A variant's own price hides the product's price of the same currency
 * and interval. Three small queries on their way together: a join would repeat every product's texts for each size.
 */
export async function listOffers(tx: Tx, filter: OfferFilter = {}): Promise<Offer[]> {
  const { productIds, variantIds, currency } = filter;
  if (productIds?.length === 0 || variantIds?.length === 0) return [];
  const ofNamed =
    variantIds &&
    tx
      .select({ id: variants.productId })
      .from(variants)
      .where(inArray(variants.id, [...variantIds]));
  const named = (column: typeof products.id | typeof variants.productId | typeof prices.productId) =>
    and(productIds && inArray(column, [...productIds]), ofNamed && inArray(column, ofNamed));
  const [onSale, forms, priced] = await Promise.all([
    tx
      .select()
      .from(products)
      .where(and(products.active, named(products.id)))
      .orderBy(asc(products.position), asc(products.id)),
    tx
      .select()
      .from(variants)
      .where(and(variants.active, named(variants.productId), variantIds && inArray(variants.id, [...variantIds])))
      .orderBy(asc(variants.position), asc(variants.id)),
    tx
      .select()
      .from(prices)
      .where(and(prices.active, currency && eq(prices.currency, currency), named(prices.productId)))
      .orderBy(asc(prices.id)),
  ]);
  const formsOf = Map.groupBy(forms, (variant) => variant.productId);
  const pricesOf = Map.groupBy(priced, (price) => price.productId);
  return onSale.flatMap((product) =>
    (formsOf.get(product.id) ?? []).flatMap((form) => {
      const variant = { ...form, options: inOrder(form.options, product.optionNames) };
      return pricesFor(variant, pricesOf.get(product.id) ?? []).map((price) => ({ product, variant, price }));
    }),
  );
}

/** The options in the order in which they are chosen; the database keeps none. */
function inOrder(options: Variant["options"], names: readonly string[]): Variant["options"] {
  const known = names.flatMap((name) => (options[name] ? [[name, options[name]] as const] : []));
  return { ...Object.fromEntries(known), ...options };
}

function pricesFor(variant: Variant, ofProduct: readonly Price[]): Price[] {
  const own = ofProduct.filter((price) => price.variantId === variant.id);
  const shared = ofProduct.filter((price) => price.variantId === null);
  return [...own, ...shared.filter((price) => !own.some((one) => isAlike(one, price)))];
}

function isAlike(one: Price, other: Price): boolean {
  return (
    one.currency === other.currency && one.interval === other.interval && one.intervalCount === other.intervalCount
  );
}

/** An uploaded picture as pages place it; its address never shows anything else. */
export type Picture = { readonly src: string; readonly width: number; readonly height: number };

export type Media = Omit<typeof productMedia.$inferSelect, "fileId"> & { readonly picture: Picture | null };

export function pictureOf(file: { id: string; width: number; height: number } | null): Picture | null {
  return file && { src: `/media/${file.id}`, width: file.width, height: file.height };
}

/** The pictures of every product's page (or of some), in order, by product. */
export async function listMedia(
  tx: Tx,
  productIds?: readonly string[],
): Promise<ReadonlyMap<string, readonly Media[]>> {
  if (productIds?.length === 0) return new Map();
  const found = await tx
    .select({
      media: productMedia,
      file: { id: mediaFiles.id, width: mediaFiles.width, height: mediaFiles.height },
    })
    .from(productMedia)
    .leftJoin(mediaFiles, eq(mediaFiles.id, productMedia.fileId))
    .where(productIds && inArray(productMedia.productId, [...productIds]))
    .orderBy(asc(productMedia.productId), asc(productMedia.position));
  const rows = found.map(({ media: { fileId: _, ...media }, file }) => ({ ...media, picture: pictureOf(file) }));
  return Map.groupBy(rows, ({ productId }) => productId);
}

/** Which of these ids are products of ours. */
export async function knownProductIds(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: products.id })
    .from(products)
    .where(inArray(products.id, [...ids]));
  return new Set(rows.map((row) => row.id));
}
