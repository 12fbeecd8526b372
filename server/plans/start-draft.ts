import { eq, max } from "drizzle-orm";
import { planEntitlements, planVersionPrices, planVersions } from "../../drizzle/schema/plans.ts";
import { planVersionMachine } from "../entitlements/index.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import { planErrors } from "./errors.ts";
import { contentOf, liveVersion, lockDraft, requirePlan } from "./find-versions.ts";

/**
 * Staff begin to write a version of a plan, as the one on sale says or as an earlier one did (which is how one goes back).
 * Nothing is on sale by it. Whoever presses twice gets the same draft. Audited. Throws `plans.not_found`,
 * `plans.no_version`, `plans.draft_exists` when there is one of another beginning.
 */
export async function startDraft(ctx: Ctx, wish: { code: string; from?: string | undefined }): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const plan = await requirePlan(tx, wish.code);
    const present = await lockDraft(tx, wish.code);
    if (present && (wish.from !== undefined || present.revision > 0)) throw planErrors.draftExists({ code: wish.code });
    if (present) return { id: present.id };
    const [source] = wish.from
      ? await tx.select().from(planVersions).where(eq(planVersions.id, wish.from))
      : [await liveVersion(tx, plan.code)];
    if (wish.from && source?.planCode !== plan.code) throw planErrors.noVersion();
    const content = source ? await contentOf(tx, source) : null;
    const [last] = await tx
      .select({ version: max(planVersions.version) })
      .from(planVersions)
      .where(eq(planVersions.planCode, plan.code));
    const empty = { sv: "", en: "" };
    const id = newId("plv");
    const [made] = await tx
      .insert(planVersions)
      .values({
        ...{ id, planCode: plan.code, version: (last?.version ?? 0) + 1, status: planVersionMachine.initial },
        ...{ name: content?.name ?? empty, summary: content?.summary ?? empty, reason: "" },
        // How long a failing payment is borne is a part of the terms that are copied.
        ...(source && { graceDays: source.graceDays, pauseKeeps: source.pauseKeeps }),
        ...(source && { trialDays: source.trialDays, trialWithoutCard: source.trialWithoutCard }),
        ...{ createdBy: actorName(tx.scope.actor), createdAt: tx.scope.now },
      })
      .onConflictDoNothing()
      .returning({ id: planVersions.id });
    if (!made) throw planErrors.draftExists({ code: plan.code });
    await begin(tx, planVersionMachine, { id });
    const prices = (content?.prices ?? []).map((price) => ({ ...price, planVersionId: id }));
    if (prices.length > 0) await tx.insert(planVersionPrices).values(prices);
    const holds = Object.entries(content?.holds ?? {}).map(([feature, value]) => ({
      planVersionId: id,
      feature,
      value,
    }));
    if (holds.length > 0) await tx.insert(planEntitlements).values(holds);
    await recordAct(tx, { action: "plans.start_draft", subject: id, reason: source?.id ?? plan.code });
    return { id };
  });
}
