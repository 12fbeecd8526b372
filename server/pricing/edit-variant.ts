import { eq } from "drizzle-orm";
import { products, variants } from "../../drizzle/schema/catalog.ts";
import { type AddVariantInput, catalogErrors, type EditVariantInput } from "../catalog/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { recordPriceChange } from "./record-price-change.ts";
import { optionCode } from "./shelf.ts";

/**
 * Staff say what a variant's SKU is, where it stands, whether it is on sale and whether it is counted. Sets what is given;
 * again changes nothing. Writes price history and audit entry with it. Throws `catalog.variant_not_found`,
 * `catalog.sku_taken`, `catalog.sold_as_plan`.
 */
export async function editVariant(ctx: Ctx, { id, ...wanted }: EditVariantInput): Promise<void> {
  await takingSku(() =>
    ctx.db.transaction(async (tx) => {
      const [known] = await tx
        .select({ productId: variants.productId, kind: products.kind })
        .from(variants)
        .innerJoin(products, eq(products.id, variants.productId))
        .where(eq(variants.id, id));
      if (!known) throw catalogErrors.variantNotFound({ variantId: id });
      if (known.kind === "plan") throw catalogErrors.soldAsPlan({ productId: known.productId });
      await recordPriceChange(tx, [known.productId], async () => {
        await tx.update(variants).set(wanted).where(eq(variants.id, id));
        await recordAct(tx, { action: "catalog.edit_variant", subject: id, reason: JSON.stringify(wanted) });
      });
    }),
  );
}

/**
 * Staff add a form that a product comes in: goods at the product's own price, counted from none; a way to pay a
 * membership, which then needs a price of its own. The SKU is the key: the same one again is refused. Throws `catalog.product_not_found`, `catalog.sku_taken`, and `catalog.wrong_options` when it
 * does not name each of the product's options, or is a variant that there is already.
 */
export async function addVariant(ctx: Ctx, input: AddVariantInput): Promise<{ id: string }> {
  return takingSku(() =>
    ctx.db.transaction(async (tx) => {
      const { productId, sku, options } = input;
      const { position, trackStock } = await placeFor(tx, input);
      const id = newId("var");
      await recordPriceChange(tx, [productId], async () => {
        await tx.insert(variants).values({ id, productId, sku, options, position, trackStock });
        await recordAct(tx, { action: "catalog.add_variant", subject: id, reason: `${productId}: ${sku}` });
      });
      return { id };
    }),
  );
}

/** Behind the others; refused where it is none of its own. */
async function placeFor(tx: Tx, { productId, options }: AddVariantInput) {
  const [product] = await tx.select().from(products).where(eq(products.id, productId)).for("update");
  if (!product) throw catalogErrors.productNotFound({ productId });
  if (product.kind === "plan") throw catalogErrors.soldAsPlan({ productId });
  const names = product.optionNames;
  const codes = (of: AddVariantInput["options"]) =>
    names.map((name) => (of[name] ? optionCode(of[name]) : "")).join(" ");
  const others = await tx.select().from(variants).where(eq(variants.productId, productId));
  const isWhole =
    names.length > 0 && names.length === Object.keys(options).length && names.every((name) => options[name]);
  if (!isWhole || others.some((other) => codes(other.options) === codes(options)))
    throw catalogErrors.wrongOptions({ options: names });
  const position = Math.max(-1, ...others.map((other) => other.position)) + 1;
  return { position, trackStock: product.kind === "merchandise" };
}

async function takingSku<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (databaseError(error)?.code === "23505") throw catalogErrors.skuTaken();
    throw error;
  }
}
