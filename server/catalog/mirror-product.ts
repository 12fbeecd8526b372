import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { CatalogMirror } from "./mirror.ts";
import { mirrorProduct as mirrorOf } from "./mirror-rows.ts";

/** Makes the provider's copy of one product what the catalogue says. Idempotent; worker only. Throws ProviderError. */
export async function mirrorProduct(
  ctx: Ctx<{ catalogMirror: CatalogMirror }>,
  { productId }: { productId: string },
): Promise<void> {
  const [product] = await ctx.db.transaction((tx) => tx.select().from(products).where(eq(products.id, productId)));
  if (product) await ctx.providers.catalogMirror.putProducts([mirrorOf(product)]);
}
