import { and, asc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";

export type Product = typeof products.$inferSelect;
export type Variant = typeof variants.$inferSelect;
export type Price = typeof prices.$inferSelect;

/** One orderable form of a product with one of its default prices. */
export type Offer = { readonly product: Product; readonly variant: Variant; readonly price: Price };

/** What is on sale of the named products or variants (or all), in one currency or every one; retired products included only on request. */
export type OfferFilter = {
  readonly productIds?: readonly string[];
  readonly variantIds?: readonly string[];
  readonly currency?: Currency;
  readonly withInactive?: boolean;
};

/**
 * Every offer that matches, in the shop's order. A variant's own price hides the product's price of the same currency
 * and interval.
 */
export async function listOffers(tx: Tx, filter: OfferFilter = {}): Promise<Offer[]> {
  const conditions: (SQL | undefined)[] = [
    filter.withInactive ? undefined : and(products.active, variants.active),
    filter.currency === undefined ? undefined : eq(prices.currency, filter.currency),
    either(
      filter.productIds && inArray(products.id, [...filter.productIds]),
      filter.variantIds && inArray(variants.id, [...filter.variantIds]),
    ),
  ];
  const rows = await tx
    .select({ product: products, variant: variants, price: prices })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .innerJoin(
      prices,
      and(
        eq(prices.productId, products.id),
        prices.active,
        or(eq(prices.variantId, variants.id), sql`${prices.variantId} is null`),
      ),
    )
    .where(and(...conditions))
    .orderBy(asc(products.position), asc(products.id), asc(variants.position), asc(variants.id), asc(prices.id));
  const own = new Set(rows.flatMap(({ price }) => (price.variantId === null ? [] : [slotOf(price, price.variantId)])));
  return rows.filter(({ price, variant }) => price.variantId !== null || !own.has(slotOf(price, variant.id)));
}

function either(...conditions: (SQL | undefined)[]): SQL | undefined {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? undefined : or(...given);
}

function slotOf(price: Price, variantId: string): string {
  return `${variantId} ${price.currency} ${price.interval} ${price.intervalCount}`;
}

export type ProductFilter = {
  readonly kind?: Product["kind"] | undefined;
  readonly category?: string | undefined;
  /** Matched against the name in both languages and the category. */
  readonly q?: string | undefined;
};

/** The products on sale that match, by id; their offers come from {@link listOffers}. */
export async function findProductIds(tx: Tx, filter: ProductFilter): Promise<string[]> {
  const like = filter.q === undefined ? undefined : `%${filter.q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const rows = await tx
    .select({ id: products.id })
    .from(products)
    .where(
      and(
        products.active,
        filter.kind === undefined ? undefined : eq(products.kind, filter.kind),
        filter.category === undefined ? undefined : eq(products.category, filter.category),
        like === undefined
          ? undefined
          : or(
              ilike(sql`${products.name}->>'sv'`, like),
              ilike(sql`${products.name}->>'en'`, like),
              ilike(products.category, like),
            ),
      ),
    );
  return rows.map((row) => row.id);
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
