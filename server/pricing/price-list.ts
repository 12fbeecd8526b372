import { and, eq, sql } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import type { priceListInput } from "./input.ts";

/** Every default price that there is or was, a page at a time, newest first unless asked otherwise. Minor units, tax included. */
export async function listDefaultPrices(tx: Tx, input: Asked<typeof priceListInput>) {
  const { createdAt, id } = prices;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.currency && eq(prices.currency, input.currency),
    input.state && eq(prices.active, input.state === "current"),
    input.q
      ? sql`(${prices.productId} = ${input.q} or ${prices.id} = ${input.q} or ${prices.stripePriceId} = ${input.q})`
      : undefined,
  );
  const rows = await tx
    .select({
      id: prices.id,
      productId: prices.productId,
      productName: products.name,
      sku: variants.sku,
      amount: prices.amount,
      currency: prices.currency,
      interval: prices.interval,
      intervalCount: prices.intervalCount,
      active: prices.active,
      stripePriceId: prices.stripePriceId,
      createdAt: prices.createdAt,
      cursorAt: place.cursorAt,
    })
    .from(prices)
    .innerJoin(products, eq(products.id, prices.productId))
    .leftJoin(variants, eq(variants.id, prices.variantId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${prices} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}
