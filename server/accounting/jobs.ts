import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Brings what the ledger holds of a payment to what was paid and paid back. */
export const bookPaymentJob = defineJob({
  name: "accounting.book-payment",
  payload: z.object({ paymentId: z.string() }),
});

/** Finds payments that the ledger does not hold yet as they are. */
export const sweepPaymentsJob = defineJob({ name: "accounting.sweep", payload: z.object({}), attempts: 3 });
