import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Sends a refund to the provider, or asks how one that was sent stands. */
export const sendRefundJob = defineJob({ name: "payments.send-refund", payload: z.object({ refundId: z.string() }) });
/** Mails the buyer that money was paid back. */
export const sendRefundMadeJob = defineJob({
  name: "payments.send-refund-made",
  payload: z.object({ refundId: z.string() }),
});
/** Finds refunds whose end nobody told us of. */
export const sweepRefundsJob = defineJob({ name: "payments.sweep-refunds", payload: z.object({}), attempts: 3 });
/** Tells the buyer that a payment got a final no. */
export const sendPaymentFailedJob = defineJob({
  name: "payments.send-failed",
  payload: z.object({ paymentId: z.string() }),
});
