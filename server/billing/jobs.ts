import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Asks Stripe how a membership stands and does what follows. */
export const convergeSubscriptionJob = defineJob({
  name: "billing.converge-subscription",
  payload: z.object({ subscriptionId: z.string() }),
});
/** Mails the member the receipt of a renewal. */
export const sendRenewalReceiptJob = defineJob({
  name: "billing.send-receipt",
  payload: z.object({ invoiceId: z.string() }),
});
/** Finds memberships whose period has ended without our hearing of a renewal. */
export const sweepSubscriptionsJob = defineJob({ name: "billing.sweep", payload: z.object({}), attempts: 3 });
