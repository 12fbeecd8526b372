import { and, desc, eq } from "drizzle-orm";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { planVersionMachine } from "../entitlements/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { planErrors } from "./errors.ts";
import { contentOf, lockDraft, requirePlan } from "./find-versions.ts";
import { planFacts } from "./plan-facts.ts";
import { planProblems } from "./plan-problems.ts";
import { requireDraft } from "./save-draft.ts";

/**
 * Staff order a draft to be put on sale, and say why: from here on it is written no more, and a job has the provider make
 * its prices before anybody is shown them. Who has bought stays on their version. Pressed twice it is ordered once.
 * Audited. Throws `plans.draft.conflict`, `plans.draft_wrong` while anything is wrong with it.
 */
export async function orderPublish(
  ctx: Ctx,
  wish: { code: string; revision: number; reason: string },
): Promise<{ id: string; version: number }> {
  const { code, revision, reason } = wish;
  return ctx.db.transaction(async (tx) => {
    const plan = await requirePlan(tx, code);
    const present = await lockDraft(tx, code);
    if (present?.status === "publishing" && present.revision === revision) return present;
    const draft = await requireDraft(tx, code, revision);
    const wrong = planProblems(await contentOf(tx, draft), await planFacts(tx, plan)).filter(
      ({ severity }) => severity === "error",
    );
    if (wrong.length > 0) throw planErrors.draftWrong({ problems: wrong });
    await tx.update(planVersions).set({ reason }).where(eq(planVersions.id, draft.id));
    await transition(tx, planVersionMachine, { id: draft.id, event: "publish_ordered", reason });
    await recordAct(tx, { action: "plans.publish", subject: draft.id, reason });
    return draft;
  });
}

/** Every organization falls back on it. */
const ALWAYS = "pilot";

/**
 * Staff take a plan out of sale: nobody can buy it or change to it any more; who has it keeps it. Pressed twice it is taken
 * out once. Audited. Throws `plans.not_found`, `plans.always_on_sale` for the plan that everybody begins on,
 * `plans.publishing` while a version of it is on its way out.
 */
export async function retirePlan(ctx: Ctx, wish: { code: string; reason: string }): Promise<void> {
  const { code, reason } = wish;
  await ctx.db.transaction(async (tx) => {
    await requirePlan(tx, code);
    if (code === ALWAYS) throw planErrors.alwaysOnSale();
    if ((await lockDraft(tx, code))?.status === "publishing") throw planErrors.publishing();
    const [live] = await tx
      .select({ id: planVersions.id })
      .from(planVersions)
      .where(and(eq(planVersions.planCode, code), eq(planVersions.status, "published")))
      .orderBy(desc(planVersions.version))
      .for("update");
    if (!live) return;
    await tx.update(planVersions).set({ retiredAt: tx.scope.now }).where(eq(planVersions.id, live.id));
    await transition(tx, planVersionMachine, { id: live.id, event: "retired", reason });
    await recordAct(tx, { action: "plans.retire", subject: live.id, reason });
  });
}
