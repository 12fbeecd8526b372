import type { Ctx } from "../kernel/ctx.ts";
import { addChange } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { resumeDate } from "./resume-date.ts";

/**
 * A membership rests from the end of the period that is paid, for some months or until its member says so. Nothing is
 * charged meanwhile. Idempotent by `formKey`. Throws `subscriptions.not_found`, `subscriptions.change_in_progress`,
 * `subscriptions.change_not_allowed`.
 */
export async function requestPause(
  ctx: Ctx,
  request: { readonly id: string; readonly months?: number | undefined; readonly formKey: string },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { id, months, formKey } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, reach);
    const wish = {
      subscriptionId: id,
      kind: "pause",
      timing: "period_end",
      idempotencyKey: `${id}:pause:${formKey}`,
    } as const;
    const changeId = await addChange(tx, wish, async ({ currentPeriodEndAt }) => ({
      resumeAt: months === undefined || !currentPeriodEndAt ? null : resumeDate(currentPeriodEndAt, months),
    }));
    return { changeId };
  });
}
