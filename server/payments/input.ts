import { z } from "zod";

const id = z.string().min(1).max(100);

/** Which lines of an order, and how many of each. All that is left of the order when none is named. */
export const refundPlanInput = z.object({
  orderId: id,
  lines: z.array(z.object({ orderLineId: id, quantity: z.number().int().min(1).max(99) })).max(100),
});
export const requestRefundInput = refundPlanInput.extend({
  reason: z.string().trim().min(3).max(500),
  /** The sum that the preview showed, in minor units: another one is not paid back unseen. */
  shownAmount: z.number().int().min(1).max(99_999_999_999),
  /** Made with the form: the same press twice is one refund. */
  formKey: z.string().regex(/^[\w-]{16,100}$/),
});
export const orderRefundsInput = z.object({ orderId: id });
