import type { Ctx } from "../kernel/ctx.ts";
import { addChange, type CancelReason, type ChangeTiming, subscriptionErrors } from "../subscriptions/index.ts";
import { reachMembership } from "./own-membership.ts";

/**
 * A member asks that their membership ends: with its period, or at once when it is overdue or paused, as they were shown.
 * Nothing is paid back. The wish is committed, a job sends it. Idempotent by `formKey`. Returns the change's id. Throws
 * `subscriptions.not_found`, `subscriptions.change_in_progress`, `subscriptions.change_not_allowed`, and `subscriptions.end_moved` when
 * its period ends on another day than was shown (`endsAt`).
 */
export async function requestCancel(
  ctx: Ctx,
  request: {
    readonly id: string;
    readonly timing: ChangeTiming;
    readonly endsAt?: Date | undefined;
    readonly reason?: CancelReason | undefined;
    readonly comment?: string | undefined;
    readonly formKey: string;
  },
): Promise<{ changeId: string }> {
  const { id, timing, endsAt, reason, comment } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, "own");
    const wish = {
      ...{ subscriptionId: id, kind: "cancel" as const, timing, reason: reason ?? null, comment: comment || null },
      idempotencyKey: `${id}:cancel:${request.formKey}`,
    };
    const changeId = await addChange(tx, wish, async ({ currentPeriodEndAt }) => {
      if (timing === "period_end" && endsAt && currentPeriodEndAt?.getTime() !== endsAt.getTime())
        throw subscriptionErrors.endMoved();
      return {};
    });
    return { changeId };
  });
}
