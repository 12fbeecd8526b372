import { eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { money } from "../kernel/money.ts";
import { addRefund } from "./add-refund.ts";
import { paymentErrors } from "./errors.ts";
import { previewRefund, type RefundWish } from "./refund-queries.ts";

/**
 * Staff ask that an order, lines of it, or a renewal of its membership be paid back: the intent and who asked why are
 * committed, a job sends it. What was shown is what is asked for; another sum is refused, not adjusted. Idempotent by `formKey`. Two that are asked for at
 * the same moment are both kept here; the worker, under the payment's lock, never sends more than was paid. Restocks nothing
 * and ends no membership. Throws `payments.not_found`, `payments.nothing_to_refund`, `payments.refund_too_large`.
 */
export async function requestRefund(
  ctx: Ctx,
  request: RefundWish & { readonly reason: string; readonly shownAmount: number; readonly formKey: string },
): Promise<void> {
  const idempotencyKey = `staff:${request.orderId}:${request.formKey}`;
  await ctx.db.transaction(async (tx) => {
    if (await isRequested(tx, idempotencyKey)) return;
    const plan = await previewRefund(tx, request);
    if (plan.problem === "nothing_left") throw paymentErrors.nothingToRefund();
    if (plan.problem || plan.amount !== request.shownAmount) throw paymentErrors.refundTooLarge({ left: plan.left });
    await addRefund(tx, {
      paymentId: plan.paymentId,
      orderId: request.orderId,
      withdrawalId: null,
      amount: plan.amount,
      currency: plan.currency,
      lines: plan.lines,
      reason: request.reason,
      idempotencyKey,
    });
    const sum = money(plan.amount, plan.currency);
    await recordAct(tx, {
      ...{ action: "payments.refund", subject: request.orderId, reason: request.reason },
      money: sum,
    });
  });
}

async function isRequested(tx: Tx, idempotencyKey: string): Promise<boolean> {
  const known = await tx.select({ id: refunds.id }).from(refunds).where(eq(refunds.idempotencyKey, idempotencyKey));
  return known.length > 0;
}
