import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { addChange, subscriptionErrors } from "../subscriptions/index.ts";
import { discountedCharges } from "./discount-choices.ts";
import { reachMembership } from "./own-membership.ts";

/**
 * Staff take a share off what a membership is charged in the coming months, in place of what was taken off before, and say
 * why; a share of 0 ends it. `renewsAt` is when the period ends that was shown: with another end other charges are meant.
 * A job makes it so at the provider. Idempotent by `formKey`. Audited. Throws `subscriptions.not_found`,
 * `subscriptions.end_moved`, `subscriptions.discount_of_nothing` when no charge falls into those months,
 * `subscriptions.change_in_progress`, `subscriptions.change_not_allowed`.
 */
export async function giveDiscount(
  ctx: Ctx,
  request: {
    readonly id: string;
    readonly bps: number;
    readonly months: number;
    readonly renewsAt: Date;
    readonly reason: string;
    readonly formKey: string;
  },
): Promise<{ changeId: string }> {
  const { id, bps, months, renewsAt, reason } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, "any");
    const wish = {
      ...{ subscriptionId: id, kind: "discount" as const, timing: "now" as const, discountBps: bps, comment: reason },
      ...{ discountMonths: bps > 0 ? months : null, idempotencyKey: `${id}:discount:${request.formKey}` },
    };
    const changeId = await addChange(tx, wish, async (membership) => {
      if (membership.currentPeriodEndAt?.getTime() !== renewsAt.getTime()) throw subscriptionErrors.endMoved();
      if (bps > 0 && discountedCharges(membership, months, tx.scope.now).length === 0)
        throw subscriptionErrors.discountOfNothing();
      await recordAct(tx, { action: bps > 0 ? "billing.discount" : "billing.end_discount", subject: id, reason });
      return {};
    });
    return { changeId };
  });
}
