import { and, eq, gt, isNull } from "drizzle-orm";
import { creditReclaims } from "../../drizzle/schema/credits.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { creditErrors } from "./errors.ts";
import { reclaimJob } from "./jobs.ts";

/**
 * Staff say what becomes of credits that were spent before their purchase was paid back: the customer owes them, or they are
 * let go. Recorded with its reason; the worker carries it out. Throws `credits.reclaim_decided` when somebody was faster.
 */
export async function decideReclaim(
  ctx: Ctx,
  { id, decision, reason }: { id: string; decision: "debt" | "let_go"; reason: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [decided] = await tx
      .update(creditReclaims)
      .set({ decision, decidedBy: actorName(ctx.actor), decidedAt: ctx.now(), decisionReason: reason })
      .where(
        and(
          eq(creditReclaims.id, id),
          isNull(creditReclaims.decision),
          isNull(creditReclaims.undoneAt),
          gt(creditReclaims.spentCredits, 0),
        ),
      )
      .returning({ customerId: creditReclaims.customerId });
    if (!decided) throw creditErrors.reclaimDecided();
    await recordAct(tx, { action: `credits.${decision}`, subject: decided.customerId, reason });
    await enqueue(tx, reclaimJob, { reclaimId: id });
  });
}
