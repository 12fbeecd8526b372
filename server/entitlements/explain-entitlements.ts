import { and, asc, eq, sql } from "drizzle-orm";
import { type FeatureValue, features, planEntitlements, plans, planVersions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";

type Texts = { readonly sv: string; readonly en: string };

/** One feature of an organization, and why it has it or has it not. */
export type Explained = {
  readonly key: string;
  readonly kind: "boolean" | "number" | "metered";
  readonly name: Texts;
  /** Follows from another feature. */
  readonly derived: boolean;
  /** Null: neither the plan nor anybody says anything of it. */
  readonly value: FeatureValue | null;
  readonly because: {
    readonly source: "plan" | "override";
    readonly startsAt: Date;
    /** When an exception ends by itself. */
    readonly endsAt: Date | null;
    /** What staff wrote; for staff alone. */
    readonly reason: string | null;
    readonly createdBy: string | null;
  } | null;
  /** How many of it were bought beside what its plan or the exception says; of seats. */
  readonly bought: number;
  /** What the plan alone would give, where an exception hides it. */
  readonly planValue: FeatureValue | null;
  /** What each plan on sale says of it. */
  readonly onPlans: Readonly<Record<string, FeatureValue>>;
};

type Row = {
  feature: string;
  value: FeatureValue;
  source: "plan" | "override";
  starts_at: string;
  ends_at: string | null;
  reason: string | null;
  created_by: string;
  plan_value: FeatureValue | null;
  bought: number;
};

/**
 * Why an organization has each feature or has it not: its plan, an exception, and which plans would give it. What staff wrote
 * is left out unless `forStaff`. Only looks; whoever asks sees their own organizations alone (row-level security).
 */
export async function explainEntitlements(
  tx: Tx,
  organizationId: string,
  { forStaff }: { readonly forStaff: boolean },
): Promise<Explained[]> {
  const [known, held, offered] = await Promise.all([
    tx.select().from(features).orderBy(asc(features.position)),
    tx.execute<Row>(sql`
      select e.feature, e.value, e.source, e.starts_at, e.ends_at, e.reason, e.created_by, (
        select p.value from entitlements p where p.organization_id = e.organization_id and p.feature = e.feature
          and p.source = 'plan' and p.replaced_at is null) as plan_value,
        case when e.feature = 'seats' then app.extra_seats(e.organization_id) else 0 end as bought
      from entitlements_effective e where e.organization_id = ${organizationId}`),
    tx
      .select({ code: plans.code, feature: planEntitlements.feature, value: planEntitlements.value })
      .from(planEntitlements)
      .innerJoin(
        planVersions,
        and(eq(planVersions.id, planEntitlements.planVersionId), eq(planVersions.status, "published")),
      )
      .innerJoin(plans, eq(plans.code, planVersions.planCode))
      .orderBy(asc(plans.position)),
  ]);
  return known.map(({ key, kind, name, derived }) => {
    const row = held.find(({ feature }) => feature === key);
    const said = offered.filter(({ feature }) => feature === (derived ? "seats" : key));
    const onPlans = said.map(({ code, value }) => [code, derived ? Number(value) > 1 : value] as const);
    return {
      ...{ key, kind, name, derived },
      value: row ? json(row.value) : null,
      because: row
        ? {
            source: row.source,
            startsAt: new Date(row.starts_at),
            endsAt: row.ends_at === null ? null : new Date(row.ends_at),
            reason: forStaff ? row.reason : null,
            createdBy: forStaff ? row.created_by : null,
          }
        : null,
      bought: row?.bought ?? 0,
      planValue: row?.source === "override" ? json(row.plan_value) : null,
      onPlans: Object.fromEntries(onPlans),
    };
  });
}

/** The driver hands JSON out as text where no column says what it is. */
function json<T>(value: T | string | null): T | null {
  return typeof value === "string" ? (JSON.parse(value) as T) : value;
}
