import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Mails the buyer the receipt and order confirmation. */
export const sendOrderConfirmationJob = defineJob({
  name: "orders.send-confirmation",
  payload: z.object({ orderId: z.string() }),
});
