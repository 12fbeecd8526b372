import { and, asc, eq, gt, ilike, or, sql } from "drizzle-orm";
import type { z } from "zod";
import { mediaFiles, prices, productMedia, products, variants } from "../../drizzle/schema/catalog.ts";
import type { Tx } from "../kernel/db.ts";
import { pictureKey } from "./arrange-media.ts";
import { catalogErrors } from "./errors.ts";
import type { productListInput } from "./input.ts";
import { pictureOf } from "./queries.ts";

/** For staff: every product, on sale or not, by id, with how many forms it has and how many of it lie anywhere. */
export async function listProductsForStaff(tx: Tx, { q, cursor, limit }: z.output<typeof productListInput>) {
  const part = q && `%${q.replace(/[%_\\]/g, "\\$&")}%`;
  const named = part
    ? or(
        ilike(products.id, part),
        sql`${products.name} ->> 'sv' ilike ${part}`,
        sql`${products.name} ->> 'en' ilike ${part}`,
      )
    : undefined;
  const rows = await tx
    .select({
      id: products.id,
      kind: products.kind,
      name: products.name,
      category: products.category,
      taxRateBps: products.taxRateBps,
      active: products.active,
      variants: sql<number>`(select count(*)::int from variants v where v.product_id = products.id and v.active)`,
      /** Null: nothing of it is counted. */
      onHand: sql<
        number | null
      >`(select sum(coalesce(l.on_hand, 0))::int from variants v left join stock_levels l on l.variant_id = v.id
        where v.product_id = products.id and v.track_stock)`,
    })
    .from(products)
    .where(and(named, cursor ? gt(products.id, cursor) : undefined))
    .orderBy(asc(products.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** For staff: a product with its forms, default prices and pictures. Throws `catalog.product_not_found`. */
export async function getProductForStaff(tx: Tx, id: string) {
  const [product] = await tx.select().from(products).where(eq(products.id, id));
  if (!product) throw catalogErrors.productNotFound({ productId: id });
  const forms = await tx
    .select()
    .from(variants)
    .where(eq(variants.productId, id))
    .orderBy(asc(variants.position), asc(variants.id));
  const onSale = await tx
    .select()
    .from(prices)
    .where(and(eq(prices.productId, id), prices.active))
    .orderBy(asc(prices.variantId), asc(prices.currency), asc(prices.id));
  const shown = await tx
    .select({
      art: productMedia.art,
      fileId: productMedia.fileId,
      alt: productMedia.alt,
      file: { id: mediaFiles.id, width: mediaFiles.width, height: mediaFiles.height },
    })
    .from(productMedia)
    .leftJoin(mediaFiles, eq(mediaFiles.id, productMedia.fileId))
    .where(eq(productMedia.productId, id))
    .orderBy(asc(productMedia.position));
  const media = shown.map(({ file, ...one }) => ({ ...one, key: pictureKey(one), picture: pictureOf(file) }));
  return { product, variants: forms, prices: onSale, media };
}
