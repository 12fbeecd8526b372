import type { Ctx } from "../kernel/ctx.ts";
import type { CatalogMirror } from "./mirror.ts";
import { syncCatalog } from "./sync-catalog.ts";

/** Makes the provider's copy of one product and its prices what the catalogue says. Idempotent; worker only. Throws ProviderError. */
export async function mirrorProduct(
  ctx: Ctx<{ catalogMirror: CatalogMirror }>,
  { productId }: { productId: string },
): Promise<void> {
  await syncCatalog(ctx, { productId });
}
