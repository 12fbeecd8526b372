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
  try {
    return await make(ctx, input);
  } catch (error) {
    const refused = databaseError(error);
    if (refused?.code !== "23505") throw error;
    if (refused.constraint !== "products_pkey") throw catalogErrors.skuTaken();
    // Somebody else has just made it: now it is there to be compared with.
    return make(ctx, input);
  }
}

function make(ctx: Ctx, { sku, ...facts }: CreateProductInput): Promise<{ id: string }> {
  const { id, kind, name } = facts;
  return ctx.db.transaction(async (tx) => {
    const [known] = await tx.select().from(products).where(eq(products.id, id));
    if (known && known.kind === kind && known.name.sv === name.sv && known.name.en === name.en) return { id };
    if (known) throw catalogErrors.productExists({ productId: id });
    const [last] = await tx.select({ position: max(products.position) }).from(products);
    await tx.insert(products).values({
      ...facts,
      optionNames: kind === "membership" ? ["billing"] : facts.optionNames,
      position: (last?.position ?? -1) + 1,
      active: false,
      recommended: false,
      createdAt: tx.scope.now,
    });
    if (sku !== undefined) {
      const only = { productId: id, sku, options: {}, position: 0, trackStock: true };
      await tx.insert(variants).values({ id: newId("var"), ...only });
    }
    await recordAct(tx, { action: "catalog.create_product", subject: id, reason: name.sv });
    await enqueue(tx, mirrorProductJob, { productId: id }, { key: `catalog.mirror-product:${id}` });
    return { id };
  });
}
