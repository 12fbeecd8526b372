import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

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
export const REFUND_STATUSES = ["requested", "sent", "unknown", "processing", "succeeded", "failed"] as const;
export const refundListInput = z.object({
  ...listPlace,
  /** An order's number, the beginning of an address, or the id of a refund or payment. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(REFUND_STATUSES).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["created"]).default("created"),
});
export const PAYOUT_STATUSES = ["pending", "in_transit", "paid", "failed", "canceled"] as const;
export const payoutListInput = z.object({
  ...listPlace,
  /** The whole id of a payout, the provider's or ours. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(PAYOUT_STATUSES).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["created"]).default("created"),
});
export const orderRefundsInput = z.object({ orderId: id });
