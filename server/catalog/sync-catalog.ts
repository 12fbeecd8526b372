import { and, eq } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import type { CatalogMirror, MirrorPrice, MirrorProduct, MirrorStep } from "./mirror.ts";
import { feeId, feeProduct, mirrorFee, mirrorPrice, mirrorProduct } from "./mirror-rows.ts";
import type { Price, Product } from "./queries.ts";

type Only = { readonly productId?: string };

/**
 * Makes the provider's products and prices what the catalogue says, setup fees too, and keeps the provider's ids; of one
 * product or of all. Idempotent: it looks first and changes what differs, so it can run at every start, after the
 * provider was reset, and twice at once. A price that is on sale no longer is archived. Throws ProviderError; whatever
 * was done by then is found again next time.
 */
export async function syncCatalog(
  ctx: Ctx<{ catalogMirror: CatalogMirror }>,
  only: Only = {},
): Promise<{ prices: number }> {
  const { catalogMirror } = ctx.providers;
  const catalog = await ctx.db.transaction((tx) => readCatalog(tx, only), { readOnly: true });
  const wanted = wantedOf(catalog);
  const productIds = await catalogMirror.putProducts(wanted.products);
  const put = await catalogMirror.putPrices(wanted.prices);
  await ctx.db.transaction((tx) => writeProviderIds(tx, catalog, productIds, put.ids));
  const kept = new Set(put.ids.values());
  const known = catalog.prices.flatMap(providerIdsOf);
  await catalogMirror.archivePrices([...new Set([...put.replaced, ...known])].filter((id) => !kept.has(id)));
  return { prices: wanted.prices.length };
}

/** What {@link syncCatalog} would do now. Only looks. Throws ProviderError. */
export async function compareCatalog(ctx: Ctx<{ catalogMirror: CatalogMirror }>): Promise<readonly MirrorStep[]> {
  const catalog = await ctx.db.transaction((tx) => readCatalog(tx, {}), { readOnly: true });
  const inUse = new Set(catalog.prices.filter((price) => price.active).flatMap(providerIdsOf));
  const retired = catalog.prices.filter((price) => !price.active).flatMap(providerIdsOf);
  const alone = [...new Set(retired)].filter((id) => !inUse.has(id));
  return ctx.providers.catalogMirror.compare({ ...wantedOf(catalog), retired: alone });
}

/** The provider's prices behind one of ours: its own, and its setup fee's. */
function providerIdsOf(price: Price): string[] {
  return [price.stripePriceId, price.setupFeeStripePriceId].filter((id) => id !== null);
}

/** The catalogue in the provider's terms. */
function wantedOf(catalog: Catalog): { products: MirrorProduct[]; prices: MirrorPrice[] } {
  const onSale = catalog.prices.filter((price) => price.active);
  const prices = onSale.flatMap((price) => {
    const product = catalog.products.find(({ id }) => id === price.productId);
    invariant(product, `price ${price.id} belongs to a product`);
    const variant = catalog.variants.find(({ id }) => id === price.variantId) ?? null;
    return [mirrorPrice(price, product, variant), mirrorFee(price, product, variant)].filter((one) => one !== null);
  });
  const withFee = new Set(onSale.filter((price) => price.setupFeeAmount > 0).map((price) => price.productId));
  const fees = catalog.products.filter(({ id }) => withFee.has(id)).map(feeProduct);
  return { products: [...catalog.products.map(mirrorProduct), ...fees], prices };
}

type Catalog = { products: Product[]; variants: (typeof variants.$inferSelect)[]; prices: Price[] };

async function readCatalog(tx: Tx, { productId }: Only): Promise<Catalog> {
  const of = (column: typeof products.id | typeof variants.productId | typeof prices.productId) =>
    productId === undefined ? undefined : eq(column, productId);
  return {
    products: await tx.select().from(products).where(of(products.id)),
    variants: await tx.select().from(variants).where(of(variants.productId)),
    prices: await tx.select().from(prices).where(of(prices.productId)),
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
    const stripePriceId = priceIds.get(price.id) ?? price.stripePriceId;
    const setupFeeStripePriceId = priceIds.get(feeId(price)) ?? price.setupFeeStripePriceId;
    if (stripePriceId === price.stripePriceId && setupFeeStripePriceId === price.setupFeeStripePriceId) continue;
    // Only while the fee is the one that was asked about: staff may have changed it since.
    const same = and(eq(prices.id, price.id), eq(prices.setupFeeAmount, price.setupFeeAmount));
    await tx.update(prices).set({ stripePriceId, setupFeeStripePriceId }).where(same);
  }
}
