import { and, eq, inArray } from "drizzle-orm";
import { planEntitlements, plans, planVersionPrices, planVersions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";
import { planErrors } from "./errors.ts";
import type { PlanContent, PlanPrice } from "./plan-content.ts";

export type PlanVersion = typeof planVersions.$inferSelect;
export type Plan = typeof plans.$inferSelect;
type Said = Pick<
  PlanVersion,
  "id" | "name" | "summary" | "graceDays" | "pauseKeeps" | "trialDays" | "trialWithoutCard"
>;

/** Throws `plans.not_found`. */
export async function requirePlan(tx: Tx, code: string): Promise<Plan> {
  const [plan] = await tx.select().from(plans).where(eq(plans.code, code));
  if (!plan) throw planErrors.notFound({ code });
  return plan;
}

/** What versions say, by their id. */
export async function contentsOf(tx: Tx, versions: readonly Said[]): Promise<ReadonlyMap<string, PlanContent>> {
  if (versions.length === 0) return new Map();
  const ids = versions.map(({ id }) => id);
  const prices = await tx.select().from(planVersionPrices).where(inArray(planVersionPrices.planVersionId, ids));
  const holds = await tx.select().from(planEntitlements).where(inArray(planEntitlements.planVersionId, ids));
  return new Map(
    versions.map(({ id, name, summary, graceDays, pauseKeeps, trialDays, trialWithoutCard }) => [
      id,
      {
        name,
        summary,
        graceDays,
        pauseKeeps,
        trialDays,
        trialWithoutCard,
        prices: prices
          .filter((price) => price.planVersionId === id)
          .map(({ planVersionId: _, currency, ...price }) => ({
            ...price,
            currency: currency as PlanPrice["currency"],
          })),
        holds: Object.fromEntries(
          holds.filter((one) => one.planVersionId === id).map(({ feature, value }) => [feature, value]),
        ),
      },
    ]),
  );
}

/** Everything that one version says. */
export async function contentOf(tx: Tx, version: Said): Promise<PlanContent> {
  return (
    (await contentsOf(tx, [version])).get(version.id) ?? {
      name: version.name,
      summary: version.summary,
      graceDays: version.graceDays,
      pauseKeeps: version.pauseKeeps,
      trialDays: version.trialDays,
      trialWithoutCard: version.trialWithoutCard,
      prices: [],
      holds: {},
    }
  );
}

/** The version of a plan that is on sale; null when there is none. */
export async function liveVersion(tx: Tx, code: string): Promise<PlanVersion | null> {
  const [row] = await tx
    .select()
    .from(planVersions)
    .where(and(eq(planVersions.planCode, code), eq(planVersions.status, "published")));
  return row ?? null;
}

/** A version as it stands until the transaction ends: nothing takes it out of sale meanwhile. */
export async function holdVersion(tx: Tx, id: string): Promise<PlanVersion | null> {
  const [row] = await tx.select().from(planVersions).where(eq(planVersions.id, id)).for("share");
  return row ?? null;
}

/** The version that is being written or on its way out, locked; null when there is none. */
export async function lockDraft(tx: Tx, code: string): Promise<PlanVersion | null> {
  const [row] = await tx
    .select()
    .from(planVersions)
    .where(and(eq(planVersions.planCode, code), inArray(planVersions.status, ["draft", "publishing"])))
    .for("update");
  return row ?? null;
}
