import { asc, eq, inArray } from "drizzle-orm";
import type { TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import {
  type FeatureValue,
  features,
  planEntitlements,
  plans,
  planVersionPrices,
  planVersions,
} from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";

type Texts = { readonly sv: string; readonly en: string };

export type OfferedPlan = {
  readonly code: string;
  readonly productId: string;
  readonly versionId: string;
  readonly version: number;
  readonly name: Texts;
  readonly summary: Texts;
  /** Minor units, tax included. */
  readonly prices: readonly {
    readonly currency: string;
    readonly interval: "month" | "year";
    readonly amount: number;
    /** What each seat beyond those that it holds costs, paid as often; null: none are sold. */
    readonly seatAmount: number | null;
    /** The form of the product that is bought at it. */
    readonly variantId: string;
  }[];
  readonly holds: Readonly<Record<string, FeatureValue>>;
  /** How it begins for those who have had no trial before; null: it is charged at once. */
  readonly trial: { readonly days: number; readonly withoutCard: TrialWithoutCard | null } | null;
};

/** Every plan that is on sale, the smallest first, with what it costs and holds, and the features in their order. For everybody. */
export async function listPlans(tx: Tx) {
  const versions = await tx
    .select({ version: planVersions, productId: plans.productId })
    .from(plans)
    .innerJoin(planVersions, eq(planVersions.planCode, plans.code))
    .where(eq(planVersions.status, "published"))
    .orderBy(asc(plans.position));
  const ids = versions.map(({ version }) => version.id);
  const [prices, holds, known] = await Promise.all([
    ids.length === 0
      ? []
      : tx
          .select()
          .from(planVersionPrices)
          .where(inArray(planVersionPrices.planVersionId, ids))
          .orderBy(asc(planVersionPrices.amount)),
    ids.length === 0 ? [] : tx.select().from(planEntitlements).where(inArray(planEntitlements.planVersionId, ids)),
    tx
      .select({ key: features.key, kind: features.kind, name: features.name, derived: features.derived })
      .from(features)
      .orderBy(asc(features.position)),
  ]);
  const offered = versions.map(({ version, productId }): OfferedPlan => {
    const own = <Row extends { planVersionId: string }>(rows: readonly Row[]) =>
      rows.filter(({ planVersionId }) => planVersionId === version.id);
    return {
      ...{ code: version.planCode, productId, versionId: version.id, version: version.version },
      ...{ name: version.name, summary: version.summary },
      prices: own(prices).map(({ currency, interval, amount, seatAmount }) => ({
        ...{ currency, interval, amount, seatAmount },
        variantId: `${productId}-${interval}`,
      })),
      trial: version.trialDays > 0 ? { days: version.trialDays, withoutCard: version.trialWithoutCard } : null,
      holds: Object.fromEntries(own(holds).map(({ feature, value }) => [feature, value])),
    };
  });
  return { plans: offered, features: known };
}
