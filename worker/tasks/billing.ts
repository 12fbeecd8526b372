import {
  executeChange,
  lookAtSubscription,
  sendChangeMail,
  sendRenewalReceipt,
  sendTrialEnding,
  sweepChanges,
  sweepResumes,
  sweepSubscriptions,
  sweepTrials,
} from "../../server/billing/index.ts";
import type {
  convergeSubscriptionJob,
  executeChangeJob,
  sendChangeMailJob,
  sendRenewalReceiptJob,
  sendTrialEndingJob,
  sweepChangesJob,
  sweepResumesJob,
  sweepSubscriptionsJob,
  sweepTrialsJob,
} from "../../server/billing/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleConvergeSubscription: Handler<typeof convergeSubscriptionJob> = lookAtSubscription;
export const handleSendRenewalReceipt: Handler<typeof sendRenewalReceiptJob> = sendRenewalReceipt;
export const handleSendTrialEnding: Handler<typeof sendTrialEndingJob> = sendTrialEnding;
export const handleSweepSubscriptions: Handler<typeof sweepSubscriptionsJob> = (ctx) => sweepSubscriptions(ctx);
export const handleSweepTrials: Handler<typeof sweepTrialsJob> = (ctx) => sweepTrials(ctx);
export const handleExecuteChange: Handler<typeof executeChangeJob> = executeChange;
export const handleSendChangeMail: Handler<typeof sendChangeMailJob> = sendChangeMail;
export const handleSweepChanges: Handler<typeof sweepChangesJob> = (ctx) => sweepChanges(ctx);
export const handleSweepResumes: Handler<typeof sweepResumesJob> = (ctx) => sweepResumes(ctx);
