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
/** Mails the member that the trial ends soon and what is charged then. */
export const sendTrialEndingJob = defineJob({
  name: "billing.send-trial-ending",
  payload: z.object({ subscriptionId: z.string() }),
});
/** Finds trials whose members are to be told that they end. */
export const sweepTrialsJob = defineJob({ name: "billing.sweep-trials", payload: z.object({}), attempts: 3 });
