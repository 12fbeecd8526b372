import { eq, max } from "drizzle-orm";
import { products, variants } from "../../drizzle/schema/catalog.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { databaseError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { catalogErrors } from "./errors.ts";
import type { CreateProductInput } from "./input.ts";
import { mirrorProductJob } from "./jobs.ts";

/**
 * Staff put a product into the catalogue: last in the shop's order and not on sale, so that its forms, prices and pictures
 * can be added before anybody sees it. Goods without options get their one form at once. A job tells the payment
 * provider. The id is the key: the same product sent again is the one that is there. Audited. Throws
 * `catalog.product_exists` when another product has the id, `catalog.sku_taken`.
 */
export async function createProduct(ctx: Ctx, input: CreateProductInput): Promise<{ id: string }> {
  const { sku, ...facts } = input;
  const optionNames = facts.kind === "membership" ? ["billing"] : facts.optionNames;
  try {
    return await ctx.db.transaction(async (tx) => {
      const [known] = await tx.select().from(products).where(eq(products.id, facts.id));
      if (known && known.kind === facts.kind && known.name.sv === facts.name.sv && known.name.en === facts.name.en)
        return { id: known.id };
      if (known) throw catalogErrors.productExists({ productId: facts.id });
      const [last] = await tx.select({ position: max(products.position) }).from(products);
      const position = (last?.position ?? -1) + 1;
      await tx
        .insert(products)
        .values({ ...facts, optionNames, position, active: false, recommended: false, createdAt: tx.scope.now });
      if (sku !== undefined)
        await tx.insert(variants).values({
          id: newId("var"),
          ...{ productId: facts.id, sku, options: {}, position: 0, trackStock: true },
        });
      await recordAct(tx, { action: "catalog.create_product", subject: facts.id, reason: facts.name.sv });
      await enqueue(tx, mirrorProductJob, { productId: facts.id }, { key: `catalog.mirror-product:${facts.id}` });
      return { id: facts.id };
    });
  } catch (error) {
    const refused = databaseError(error);
    if (refused?.code !== "23505") throw error;
    throw refused.constraint === "products_pkey"
      ? catalogErrors.productExists({ productId: facts.id })
      : catalogErrors.skuTaken();
  }
}
