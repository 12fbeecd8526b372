import { and, eq } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import { type CatalogMirror, catalogErrors, mirrorPrice, type Price } from "../catalog/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { pricingErrors } from "./errors.ts";
import { keepTerms, type WantedTerms } from "./keep-terms.ts";
import { slotKey } from "./price-slot.ts";
import { recordPriceChange } from "./record-price-change.ts";

/**
 * Gives something another default price or other terms, from now on: who has bought already keeps what was agreed. Stripe gets the new
 * price first, then the shop shows and charges it, then the old one is taken out of sale, so that there is never a price
 * on the page that cannot be paid. Nothing happens when it costs that already; terms alone change in place. Service role only. Answers the id of the
 * price that holds. Throws `pricing.not_for_sale` when there is no such price, `catalog.sold_as_plan`, `pricing.price.conflict` when somebody
 * else has just changed it to another amount, and ProviderError (the old price still holds then; try again).
 */
export async function changeDefaultPrice(
  ctx: Ctx<{ catalogMirror: CatalogMirror }>,
  input: { priceId: string; amount: MinorUnits } & WantedTerms,
): Promise<{ priceId: string }> {
  const { catalogMirror } = ctx.providers;
  const known = await ctx.db.transaction((tx) => alreadyChanged(tx, input));
  if (known) return { priceId: known };
  const { old, product, variant } = await ctx.db.transaction((tx) => findPrice(tx, input.priceId));
  if (product.kind === "plan") throw catalogErrors.soldAsPlan({ productId: product.id });
  const terms = await keepTerms(ctx, { old, product, variant }, input);
  if (old.amount === input.amount) return { priceId: old.id };
  const next = { ...old, ...terms, id: newId("prc"), amount: input.amount, createdAt: ctx.now() };
  const { ids, replaced } = await catalogMirror.putPrices([mirrorPrice(next, product, variant)]);
  await ctx.db.transaction((tx) =>
    recordPriceChange(tx, [old.productId], async () => {
      const retired = await tx
        .update(prices)
        .set({ active: false })
        .where(and(eq(prices.id, old.id), prices.active))
        .returning({ id: prices.id });
      if (retired.length === 0) throw pricingErrors.priceConflict({ priceId: old.id });
      await tx.insert(prices).values({ ...next, stripePriceId: ids.get(next.id) ?? null });
    }),
  );
  try {
    await catalogMirror.archivePrices([...replaced, ...(old.stripePriceId === null ? [] : [old.stripePriceId])]);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ctx.log.warn({ err: error, priceId: old.id }, "the old price stays on sale at Stripe until the next sync");
  }
  return { priceId: next.id };
}

/** The price that took its place, when it costs what is wanted: the work was done before. */
async function alreadyChanged(
  tx: Tx,
  { priceId, amount }: { priceId: string; amount: number },
): Promise<string | null> {
  const [old] = await tx.select().from(prices).where(eq(prices.id, priceId));
  if (!old || old.active) return null;
  const rows = await tx
    .select()
    .from(prices)
    .where(and(eq(prices.productId, old.productId), eq(prices.currency, old.currency), prices.active));
  const successor = rows.find((price) => slotKey(price) === slotKey(old));
  return successor?.amount === amount ? successor.id : null;
}

async function findPrice(tx: Tx, priceId: string) {
  const [row] = await tx
    .select({ old: prices, product: products, variant: variants })
    .from(prices)
    .innerJoin(products, eq(products.id, prices.productId))
    .leftJoin(variants, eq(variants.id, prices.variantId))
    .where(and(eq(prices.id, priceId), prices.active));
  if (!row) throw pricingErrors.notForSale({ priceId });
  return row satisfies { old: Price };
}
