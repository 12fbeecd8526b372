import { eq, sql } from "drizzle-orm";
import { features, planEntitlements, planVersionPrices, planVersions } from "../../drizzle/schema/plans.ts";
import { isValueOf } from "../entitlements/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { planErrors } from "./errors.ts";
import { lockDraft, type PlanVersion, requirePlan } from "./find-versions.ts";
import type { PlanContentInput } from "./input.ts";
import { usualLookupKey } from "./plan-content.ts";

/**
 * Keeps what staff have written of a version, finished or not. `revision` is the one they saw: nobody writes over what they
 * have not seen. Audited. Throws `plans.draft.conflict`, `plans.no_such_feature`.
 */
export async function saveDraft(
  ctx: Ctx,
  wish: { code: string; revision: number; content: PlanContentInput },
): Promise<{ revision: number }> {
  const { code, revision, content } = wish;
  return ctx.db.transaction(async (tx) => {
    const { productId } = await requirePlan(tx, code);
    const { id } = await requireDraft(tx, code, revision);
    await requireFeatures(tx, content);
    await tx
      .update(planVersions)
      .set({
        ...{ name: content.name, summary: content.summary, revision: sql`${planVersions.revision} + 1` },
        ...(content.graceDays === undefined ? {} : { graceDays: content.graceDays }),
        ...(content.pauseKeeps === undefined ? {} : { pauseKeeps: content.pauseKeeps }),
        ...(content.trialDays === undefined ? {} : { trialDays: content.trialDays }),
        ...(content.trialWithoutCard === undefined ? {} : { trialWithoutCard: content.trialWithoutCard }),
      })
      .where(eq(planVersions.id, id));
    const before = await tx.delete(planVersionPrices).where(eq(planVersionPrices.planVersionId, id)).returning();
    const seatAmountOf = ({ currency, interval, seatAmount }: PlanContentInput["prices"][number]) =>
      seatAmount === undefined
        ? (before.find((one) => one.currency === currency && one.interval === interval)?.seatAmount ?? null)
        : seatAmount;
    const prices = content.prices.map((price) => ({
      ...{ ...price, planVersionId: id, seatAmount: seatAmountOf(price) },
      lookupKey: price.lookupKey ?? usualLookupKey(productId, price),
    }));
    if (prices.length > 0) await tx.insert(planVersionPrices).values(prices);
    await tx.delete(planEntitlements).where(eq(planEntitlements.planVersionId, id));
    const holds = content.holds.map((one) => ({ ...one, planVersionId: id }));
    if (holds.length > 0) await tx.insert(planEntitlements).values(holds);
    await recordAct(tx, { action: "plans.save_draft", subject: id, reason: null });
    return { revision: revision + 1 };
  });
}

/** Throws a draft away. Sent again it changes nothing. Audited. Throws `plans.draft.conflict`. */
export async function discardDraft(ctx: Ctx, wish: { code: string; revision: number }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await lockDraft(tx, wish.code))) return;
    const { id } = await requireDraft(tx, wish.code, wish.revision);
    await tx.delete(planVersions).where(eq(planVersions.id, id));
    await recordAct(tx, { action: "plans.discard_draft", subject: id, reason: null });
  });
}

/** The draft as it was seen, locked. Throws `plans.draft.conflict` when it is another by now, or on its way out. */
export async function requireDraft(tx: Tx, code: string, revision: number): Promise<PlanVersion> {
  const draft = await lockDraft(tx, code);
  if (draft?.status !== "draft" || draft.revision !== revision) throw planErrors.draftConflict({ code });
  return draft;
}

async function requireFeatures(tx: Tx, { holds }: PlanContentInput): Promise<void> {
  const known = new Map((await tx.select().from(features)).map((feature) => [feature.key, feature]));
  for (const { feature: key, value } of holds) {
    const feature = known.get(key);
    if (!feature || feature.derived || !isValueOf(feature.kind, value)) throw planErrors.noFeature({ field: key });
  }
}
