import { sql } from "drizzle-orm";
import type { FeatureValue } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";
import { explainEntitlements } from "./explain-entitlements.ts";
import { checkOverride, findOverride, type Override } from "./set-override.ts";

/** What a feature is worth from an instant on, and who says so. Null: nobody says anything of it. */
export type OverrideStep = {
  readonly at: Date;
  readonly value: FeatureValue | null;
  readonly source: "plan" | "override";
};

export type OverridePreview = {
  readonly feature: string;
  /** What it is worth now. */
  readonly value: FeatureValue | null;
  /** What it becomes, in order; the plan's part as the plan is now. */
  readonly steps: readonly OverrideStep[];
  /** The exception that ends when this one is saved; null: there is none that runs or is still to come. */
  readonly replaces: { readonly value: FeatureValue; readonly startsAt: Date; readonly endsAt: Date | null } | null;
  /** How many seats are taken beyond those that there would then be. */
  readonly seatsOver: number;
};

/**
 * What {@link setOverride} would do: what the feature is worth now and what it becomes, step by step. Changes nothing. Throws
 * what it would throw.
 */
export async function previewOverride(tx: Tx, wish: Override): Promise<OverridePreview> {
  const { organizationId, feature, value } = wish;
  const { startsAt, endsAt } = await checkOverride(tx, wish);
  const now = tx.scope.now;
  const explained = await explainEntitlements(tx, organizationId, { forStaff: true });
  const held = explained.find(({ key }) => key === feature);
  const present = await findOverride(tx, organizationId, feature);
  const bought = held?.bought ?? 0;
  const byPlan = held?.because?.source === "override" ? plus(held.planValue, bought) : (held?.value ?? null);
  const steps: OverrideStep[] = [];
  const runs = startsAt.getTime() <= now.getTime();
  if (!runs && held?.because?.source === "override") steps.push({ at: now, value: byPlan, source: "plan" });
  steps.push({ at: runs ? now : startsAt, value: plus(value, bought), source: "override" });
  if (endsAt) steps.push({ at: endsAt, value: byPlan, source: "plan" });
  const over = !present || (present.endsAt && present.endsAt.getTime() <= now.getTime());
  return {
    feature,
    value: held?.value ?? null,
    steps,
    replaces: over ? null : { value: present.value, startsAt: present.startsAt, endsAt: present.endsAt },
    seatsOver: feature === "seats" ? Math.max(0, (await claimedSeats(tx, organizationId)) - fewest(steps)) : 0,
  };
}

/** Bought seats come on top of whatever says how many there are. */
function plus(value: FeatureValue | null, bought: number): FeatureValue | null {
  return typeof value === "number" ? value + bought : value;
}

function fewest(steps: readonly OverrideStep[]): number {
  return Math.min(...steps.map(({ value }) => (typeof value === "number" ? value : 0)));
}

async function claimedSeats(tx: Tx, organizationId: string): Promise<number> {
  const [row] = await tx.execute<{ claimed: number }>(sql`
    select count(*)::int as claimed from seats where organization_id = ${organizationId} and status = 'claimed'`);
  return row?.claimed ?? 0;
}
