import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { catalogErrors, type EditProductInput, mirrorProductJob } from "../catalog/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { recordPriceChange } from "./record-price-change.ts";

const OF_VERSION: ReadonlySet<string> = new Set(["name", "summary", "active", "graceDays", "mostUnits"]);

/**
 * Staff say what a product is called, says, costs in VAT, where it stands and whether it is on sale. Sets what is given, so
 * that sending it again changes nothing. In one transaction: the row, the price history (what is not on sale has no
 * price), the audit entry with what was changed, and the job that tells the payment provider. Orders keep what they were
 * sold as. Throws `catalog.product_not_found`,
 * `catalog.sold_as_plan` for what a plan's versions say, `catalog.one_at_a_time` for how many of what is no membership.
 */
export async function editProduct(ctx: Ctx, { id, ...wanted }: EditProductInput): Promise<{ changed: boolean }> {
  return ctx.db.transaction((tx) =>
    recordPriceChange(tx, [id], async () => {
      const [before] = await tx.select().from(products).where(eq(products.id, id)).for("update");
      if (!before) throw catalogErrors.productNotFound({ productId: id });
      const changed = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
        (name) => !isDeepStrictEqual(before[name], wanted[name]),
      );
      if (changed.length === 0) return { changed: false };
      // What a plan is called, and whether it is on sale, is a version's to say.
      if (before.kind === "plan" && changed.some((name) => OF_VERSION.has(name)))
        throw catalogErrors.soldAsPlan({ productId: id });
      if (before.kind !== "membership" && changed.includes("mostUnits"))
        throw catalogErrors.oneAtATime({ field: "mostUnits" });
      await tx.update(products).set(wanted).where(eq(products.id, id));
      await recordAct(tx, { action: "catalog.edit_product", subject: id, reason: changed.join(", ") });
      await enqueue(tx, mirrorProductJob, { productId: id }, { key: `catalog.mirror-product:${id}` });
      return { changed: true };
    }),
  );
}
