import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { addChange, subscriptionErrors } from "../subscriptions/index.ts";
import { type FreeTime, freeTimes } from "./free-time.ts";
import { reachMembership } from "./own-membership.ts";

/**
 * Staff give somebody free time, whole periods or days, and say why: the next charge comes that much later, and nothing is
 * charged or invoiced before. `until` is the day that was shown: of another one nothing is given. Idempotent by `formKey`.
 * Audited. Throws `subscriptions.not_found`, `subscriptions.end_moved`, `subscriptions.change_in_progress`,
 * `subscriptions.change_not_allowed`.
 */
export async function giveFreeTime(
  ctx: Ctx,
  request: FreeTime & { readonly id: string; readonly until: Date; readonly reason: string; readonly formKey: string },
): Promise<{ changeId: string }> {
  const { id, unit, count, until, reason } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, "any");
    const wish = {
      ...{ subscriptionId: id, kind: "free" as const, timing: "now" as const, freeUntilAt: until, comment: reason },
      idempotencyKey: `${id}:free:${request.formKey}`,
    };
    const changeId = await addChange(tx, wish, async (membership) => {
      const offered = freeTimes(membership, tx.scope.now).find((one) => one.unit === unit && one.count === count);
      if (offered?.until.getTime() !== until.getTime()) throw subscriptionErrors.endMoved();
      await recordAct(tx, { action: unit === "day" ? "billing.extend" : "billing.comp", subject: id, reason });
      return {};
    });
    return { changeId };
  });
}
