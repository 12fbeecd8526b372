import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Tells the buyer that a payment got a final no. */
export const sendPaymentFailedJob = defineJob({
  name: "payments.send-failed",
  payload: z.object({ paymentId: z.string() }),
});
