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
/** Tells whose trial ended without a card what became of it. */
export const sendTrialOverJob = defineJob({
  name: "billing.send-trial-over",
  payload: z.object({ subscriptionId: z.string() }),
});

/** Mails the member that the trial ends soon and what is charged then. */
export const sendTrialEndingJob = defineJob({
  name: "billing.send-trial-ending",
  payload: z.object({ subscriptionId: z.string() }),
});
/** Finds trials whose members are to be told that they end. */
export const sweepTrialsJob = defineJob({ name: "billing.sweep-trials", payload: z.object({}), attempts: 3 });
/** Sends what was asked of a membership to the provider, or looks what became of it. */
export const carryOutChangeJob = defineJob({
  name: "billing.carry-out-change",
  payload: z.object({ changeId: z.string() }),
});
/** The same under the name of the release before, whose worker knows two ways of changing a plan and would take the others for one of them. */
export const executeChangeJob = defineJob({
  name: "billing.execute-change",
  payload: z.object({ changeId: z.string() }),
});
/** Looks at the other memberships of whoever pays for one, since what is kept for their bills is another sum. */
export const followBalanceJob = defineJob({
  name: "billing.follow-balance",
  payload: z.object({ subscriptionId: z.string() }),
});
/** Mails the member what became of their membership. */
export const sendChangeMailJob = defineJob({
  name: "billing.send-change-mail",
  payload: z.object({ changeId: z.string() }),
});
/** Looks at a page on which a card was entered, and charges to that card from now on. */
export const adoptCardJob = defineJob({ name: "billing.adopt-card", payload: z.object({ sessionId: z.string() }) });
/** Charges what is overdue to the card that has come. */
export const retryWithCardJob = defineJob({
  name: "billing.retry-with-card",
  payload: z.object({ subscriptionId: z.string() }),
});
/** Mails the payer that what was overdue is paid. */
export const sendRecoveredJob = defineJob({
  name: "billing.send-recovered",
  payload: z.object({ invoiceId: z.string() }),
});
/** Mails the payer that the membership is locked until it is paid. */
export const sendLockedJob = defineJob({
  name: "billing.send-locked",
  payload: z.object({ subscriptionId: z.string() }),
});
/** Mails whoever pays for a company from now on, with the way to a card of their own. */
export const sendPayerMailJob = defineJob({
  name: "billing.send-payer-mail",
  payload: z.object({ organizationId: z.string() }),
});
/** Finds memberships whose grace is over. */
export const sweepGraceJob = defineJob({ name: "billing.sweep-grace", payload: z.object({}), attempts: 3 });
/** Has the end of a campaign's months booked at the provider, where it is not: of a membership, or of the one of a change. */
export const bookCampaignEndJob = defineJob({
  name: "billing.book-campaign-end",
  payload: z.object({ subscriptionId: z.string().optional(), changeId: z.string().optional() }),
});
/** Finds changes whose end nobody told us of. */
export const sweepChangesJob = defineJob({ name: "billing.sweep-changes", payload: z.object({}), attempts: 3 });
/** Finds pauses that are over. */
export const sweepResumesJob = defineJob({ name: "billing.sweep-resumes", payload: z.object({}), attempts: 3 });
