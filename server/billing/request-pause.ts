import type { Ctx } from "../kernel/ctx.ts";
import { addChange, holdsOnPause, subscriptionErrors } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { resumeDate } from "./resume-date.ts";

/**
 * A membership rests from the end of the period that is paid, for some months or until its member says so. Nothing is
 * charged meanwhile. Idempotent by `formKey`. Throws `subscriptions.not_found`, `subscriptions.change_in_progress`,
 * `subscriptions.change_not_allowed`, `subscriptions.pause_without_end` for what holds on meanwhile unless staff say so, and `subscriptions.end_moved` when that period ends on another day than was shown (`endsAt`).
 */
export async function requestPause(
  ctx: Ctx,
  request: {
    readonly id: string;
    readonly months?: number | undefined;
    readonly endsAt?: Date | undefined;
    readonly formKey: string;
  },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { id, months, endsAt, formKey } = request;
  return ctx.db.transaction(async (tx) => {
    const membership = await reachMembership(tx, id, reach);
    if (reach === "own" && months === undefined && (await holdsOnPause(tx, membership)))
      throw subscriptionErrors.pauseWithoutEnd();
    const wish = {
      subscriptionId: id,
      kind: "pause",
      timing: "period_end",
      idempotencyKey: `${id}:pause:${formKey}`,
    } as const;
    const changeId = await addChange(tx, wish, async ({ currentPeriodEndAt }) => {
      if (endsAt && currentPeriodEndAt?.getTime() !== endsAt.getTime()) throw subscriptionErrors.endMoved();
      return {
        resumeAt: months === undefined || !currentPeriodEndAt ? null : resumeDate(currentPeriodEndAt, months),
      };
    });
    return { changeId };
  });
}
