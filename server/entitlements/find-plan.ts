import { and, eq, type SQL } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { plans, planVersionPrices, planVersions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";

export type PlanOnSale = {
  readonly code: string;
  readonly productId: string;
  readonly planVersionId: string;
  readonly prices: readonly (typeof planVersionPrices.$inferSelect)[];
};

/** A plan's version that is on sale, with its prices; null where there is none of that code. */
export async function findPlanOnSale(tx: Tx, code: string): Promise<PlanOnSale | null> {
  const [row] = await tx
    .select({ code: plans.code, productId: plans.productId, planVersionId: planVersions.id })
    .from(plans)
    .innerJoin(planVersions, and(eq(planVersions.planCode, plans.code), eq(planVersions.status, "published")))
    .where(eq(plans.code, code));
  if (!row) return null;
  const prices = await tx
    .select()
    .from(planVersionPrices)
    .where(eq(planVersionPrices.planVersionId, row.planVersionId));
  return { ...row, prices };
}

/** Which plan of ours the provider sells under this product of its, at the version that is on sale; null: none. */
export async function findPlanSoldAs(tx: Tx, productExternalId: string): Promise<PlanSold | null> {
  return soldWhere(tx, eq(products.stripeProductId, productExternalId));
}

/** The plan that a product of ours is, at the version that is on sale; null: none. */
export async function findPlanOf(tx: Tx, productId: string): Promise<PlanSold | null> {
  return soldWhere(tx, eq(products.id, productId));
}

type PlanSold = { readonly code: string; readonly productId: string; readonly planVersionId: string };

async function soldWhere(tx: Tx, matching: SQL): Promise<PlanSold | null> {
  const [row] = await tx
    .select({ code: plans.code, productId: plans.productId, planVersionId: planVersions.id })
    .from(products)
    .innerJoin(plans, eq(plans.productId, products.id))
    .innerJoin(planVersions, and(eq(planVersions.planCode, plans.code), eq(planVersions.status, "published")))
    .where(matching);
  return row ?? null;
}
