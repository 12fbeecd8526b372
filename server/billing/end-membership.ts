import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { addChange, type ChangeTiming, endRefunds, subscriptionErrors } from "../subscriptions/index.ts";
import type { END_REFUNDS } from "./input.ts";
import { reachMembership } from "./own-membership.ts";

/**
 * Staff end somebody's membership, now or with its period, and say why. With an end now a share of what was paid for the period or
 * all of it is paid back, the newest payment first, exactly what was shown: the refund is written when the membership has ended. Idempotent by
 * `formKey`. Throws `subscriptions.not_found`, `subscriptions.change_in_progress`, `subscriptions.change_not_allowed`,
 * `subscriptions.refund_changed`, and `subscriptions.end_moved` when its period ends on another day than was shown (`endsAt`).
 */
export async function endMembership(
  ctx: Ctx,
  request: {
    readonly id: string;
    readonly timing: ChangeTiming;
    readonly endsAt?: Date | undefined;
    readonly refund: (typeof END_REFUNDS)[number];
    readonly shownRefund: number;
    readonly reason: string;
    readonly formKey: string;
  },
): Promise<{ changeId: string }> {
  const { id, timing, endsAt, refund, shownRefund, reason } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, "any");
    const wish = {
      subscriptionId: id,
      kind: "cancel" as const,
      timing,
      comment: reason,
      idempotencyKey: `${id}:end:${request.formKey}`,
    };
    const changeId = await addChange(tx, wish, async ({ currentPeriodEndAt }) => {
      if (timing === "period_end" && endsAt && currentPeriodEndAt?.getTime() !== endsAt.getTime())
        throw subscriptionErrors.endMoved();
      await recordAct(tx, { action: "billing.end_membership", subject: id, reason });
      if (refund === "none" || timing !== "now") return {};
      const possible = await endRefunds(tx, id);
      if (possible?.[refund] !== shownRefund) throw subscriptionErrors.refundChanged();
      return shownRefund > 0 ? { refundAmount: shownRefund, refundPaymentId: possible.paymentId } : {};
    });
    return { changeId };
  });
}
