import { and, asc, eq, ilike, or, sql } from "drizzle-orm";
import { mediaFiles, prices, productMedia, products, variants } from "../../drizzle/schema/catalog.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import { pictureKey } from "./arrange-media.ts";
import { catalogErrors } from "./errors.ts";
import type { productListInput } from "./input.ts";
import { pictureOf } from "./queries.ts";

/** For staff: every product, on sale or not, by id, with how many forms it has and how many of it lie anywhere. */
export async function listProductsForStaff(tx: Tx, input: Asked<typeof productListInput>) {
  const { q, kind, sold } = input;
  const place = keyset(input, { by: products.id, id: products.id, type: "text", direction: input.direction ?? "asc" });
  const part = q && `%${q.replace(/[%_\\]/g, "\\$&")}%`;
  const named = part
    ? or(
        ilike(products.id, part),
        sql`${products.name} ->> 'sv' ilike ${part}`,
        sql`${products.name} ->> 'en' ilike ${part}`,
      )
    : undefined;
  const matching = and(
    named,
    kind && eq(products.kind, kind),
    sold === undefined ? undefined : eq(products.active, sold === "on"),
  );
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
      cursorAt: place.cursorAt,
    })
    .from(products)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${products} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
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
