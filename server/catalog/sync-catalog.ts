import { eq } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import type { CatalogMirror, MirrorPrice, MirrorProduct, MirrorStep } from "./mirror.ts";
import { mirrorPrice, mirrorProduct } from "./mirror-rows.ts";
import type { Price, Product } from "./queries.ts";

/**
 * Makes the provider's products and prices what the catalogue says, and keeps the provider's ids. Idempotent: it looks
 * first and changes what differs, so it can run at every start, after the provider was reset, and twice at once. A
 * price that is on sale no longer is archived. Throws ProviderError; whatever was done by then is found again next time.
 */
export async function syncCatalog(ctx: Ctx<{ catalogMirror: CatalogMirror }>): Promise<{ prices: number }> {
  const { catalogMirror } = ctx.providers;
  const catalog = await ctx.db.transaction(readCatalog, { readOnly: true });
  const wanted = wantedOf(catalog);
  const productIds = await catalogMirror.putProducts(wanted.products);
  const put = await catalogMirror.putPrices(wanted.prices);
  await ctx.db.transaction((tx) => writeProviderIds(tx, catalog, productIds, put.ids));
  const kept = new Set(put.ids.values());
  const known = catalog.prices.flatMap((price) => price.stripePriceId ?? []);
  await catalogMirror.archivePrices([...new Set([...put.replaced, ...known])].filter((id) => !kept.has(id)));
  return { prices: wanted.prices.length };
}

/** What {@link syncCatalog} would do now. Only looks. Throws ProviderError. */
export async function compareCatalog(ctx: Ctx<{ catalogMirror: CatalogMirror }>): Promise<readonly MirrorStep[]> {
  const catalog = await ctx.db.transaction(readCatalog, { readOnly: true });
  const retired = catalog.prices.flatMap((price) => (price.active ? [] : (price.stripePriceId ?? [])));
  return ctx.providers.catalogMirror.compare({ ...wantedOf(catalog), retired });
}

/** The catalogue in the provider's terms. */
function wantedOf(catalog: Catalog): { products: MirrorProduct[]; prices: MirrorPrice[] } {
  const onSale = catalog.prices.filter((price) => price.active);
  const prices = onSale.map((price) => {
    const product = catalog.products.find(({ id }) => id === price.productId);
    invariant(product, `price ${price.id} belongs to a product`);
    return mirrorPrice(price, product, catalog.variants.find(({ id }) => id === price.variantId) ?? null);
  });
  return { products: catalog.products.map(mirrorProduct), prices };
}

type Catalog = { products: Product[]; variants: (typeof variants.$inferSelect)[]; prices: Price[] };

async function readCatalog(tx: Tx): Promise<Catalog> {
  return {
    products: await tx.select().from(products),
    variants: await tx.select().from(variants),
    prices: await tx.select().from(prices),
  };
}

async function writeProviderIds(
  tx: Tx,
  catalog: Catalog,
  productIds: ReadonlyMap<string, string>,
  priceIds: ReadonlyMap<string, string>,
): Promise<void> {
  for (const product of catalog.products) {
    const stripeProductId = productIds.get(product.id);
    if (stripeProductId === undefined || stripeProductId === product.stripeProductId) continue;
    await tx.update(products).set({ stripeProductId }).where(eq(products.id, product.id));
  }
  for (const price of catalog.prices) {
    const stripePriceId = priceIds.get(price.id);
    if (stripePriceId === undefined || stripePriceId === price.stripePriceId) continue;
    await tx.update(prices).set({ stripePriceId }).where(eq(prices.id, price.id));
  }
}
