import { and, asc, desc, eq, isNotNull, lt, ne } from "drizzle-orm";
import { prices } from "../../drizzle/schema/catalog.ts";
import { features, plans, planVersionPrices, planVersions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";
import { contentOf, liveVersion, type Plan } from "./find-versions.ts";
import type { PlanFacts } from "./plan-problems.ts";

/** What a draft of a plan is held against. Reads only. */
export async function planFacts(tx: Tx, plan: Plan): Promise<PlanFacts> {
  const live = await liveVersion(tx, plan.code);
  const said = await tx
    .select({ key: features.key })
    .from(features)
    .where(eq(features.derived, false))
    .orderBy(asc(features.position));
  return {
    code: plan.code,
    live: live && (await contentOf(tx, live)),
    features: said.map(({ key }) => key),
    takenKeys: await takenKeys(tx, plan),
    below: await planBelow(tx, plan),
  };
}

async function takenKeys(tx: Tx, plan: Plan): Promise<Map<string, string>> {
  const ofPlans = await tx
    .select({ key: planVersionPrices.lookupKey, code: planVersions.planCode })
    .from(planVersionPrices)
    .innerJoin(planVersions, eq(planVersions.id, planVersionPrices.planVersionId))
    .where(ne(planVersions.planCode, plan.code));
  const ofProducts = await tx
    .select({ key: prices.lookupKey, productId: prices.productId })
    .from(prices)
    .where(and(isNotNull(prices.lookupKey), ne(prices.productId, plan.productId)));
  return new Map([
    ...ofPlans.map(({ key, code }) => [key, code] as const),
    ...ofProducts.flatMap(({ key, productId }) => (key === null ? [] : [[key, productId] as const])),
  ]);
}

/** The next smaller plan that is on sale. */
async function planBelow(tx: Tx, plan: Plan): Promise<PlanFacts["below"]> {
  const [row] = await tx
    .select({ version: planVersions })
    .from(plans)
    .innerJoin(planVersions, and(eq(planVersions.planCode, plans.code), eq(planVersions.status, "published")))
    .where(lt(plans.position, plan.position))
    .orderBy(desc(plans.position))
    .limit(1);
  return row ? { code: row.version.planCode, holds: (await contentOf(tx, row.version)).holds } : null;
}
