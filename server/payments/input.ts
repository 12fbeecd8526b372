import { z } from "zod";

const id = z.string().min(1).max(100);

const amount = z.number().int().min(1).max(99_999_999_999);

/**
 * Which lines of an order, and how many of each; all that is left of the payment when none is named. A renewal of the
 * order's membership is named by its payment, and paid back by a sum (all of it when absent).
 */
export const refundPlanInput = z.object({
  orderId: id,
  paymentId: id.optional(),
  amount: amount.optional(),
  lines: z.array(z.object({ orderLineId: id, quantity: z.number().int().min(1).max(99) })).max(100),
});
export const requestRefundInput = refundPlanInput.extend({
  reason: z.string().trim().min(3).max(500),
  /** The sum that the preview showed, in minor units: another one is not paid back unseen. */
  shownAmount: amount,
  /** Made with the form: the same press twice is one refund. */
  formKey: z.string().regex(/^[\w-]{16,100}$/),
});
export const orderRefundsInput = z.object({ orderId: id });
