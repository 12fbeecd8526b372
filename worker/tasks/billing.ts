import {
  adoptCard,
  bookCampaignEnd,
  executeChange,
  followBalance,
  lookAtSubscription,
  retryWithCard,
  sendChangeMail,
  sendLocked,
  sendPayerMail,
  sendRecovered,
  sendRenewalReceipt,
  sendTrialEnding,
  sendTrialOver,
  sweepChanges,
  sweepGrace,
  sweepResumes,
  sweepSubscriptions,
  sweepTrials,
} from "../../server/billing/index.ts";
import type {
  adoptCardJob,
  bookCampaignEndJob,
  carryOutChangeJob,
  convergeSubscriptionJob,
  executeChangeJob,
  followBalanceJob,
  retryWithCardJob,
  sendChangeMailJob,
  sendLockedJob,
  sendPayerMailJob,
  sendRecoveredJob,
  sendRenewalReceiptJob,
  sendTrialEndingJob,
  sendTrialOverJob,
  sweepChangesJob,
  sweepGraceJob,
  sweepResumesJob,
  sweepSubscriptionsJob,
  sweepTrialsJob,
} from "../../server/billing/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleConvergeSubscription: Handler<typeof convergeSubscriptionJob> = lookAtSubscription;
export const handleSendRenewalReceipt: Handler<typeof sendRenewalReceiptJob> = sendRenewalReceipt;
export const handleSendTrialEnding: Handler<typeof sendTrialEndingJob> = sendTrialEnding;
export const handleSendTrialOver: Handler<typeof sendTrialOverJob> = sendTrialOver;
export const handleSweepSubscriptions: Handler<typeof sweepSubscriptionsJob> = (ctx) => sweepSubscriptions(ctx);
export const handleSweepTrials: Handler<typeof sweepTrialsJob> = (ctx) => sweepTrials(ctx);
export const handleCarryOutChange: Handler<typeof carryOutChangeJob> = executeChange;
export const handleExecuteChange: Handler<typeof executeChangeJob> = executeChange;
export const handleFollowBalance: Handler<typeof followBalanceJob> = followBalance;
export const handleSendChangeMail: Handler<typeof sendChangeMailJob> = sendChangeMail;
export const handleSweepChanges: Handler<typeof sweepChangesJob> = (ctx) => sweepChanges(ctx);
export const handleSweepResumes: Handler<typeof sweepResumesJob> = (ctx) => sweepResumes(ctx);
export const handleAdoptCard: Handler<typeof adoptCardJob> = (ctx, payload) => adoptCard(ctx, payload);
export const handleRetryWithCard: Handler<typeof retryWithCardJob> = retryWithCard;
export const handleSendRecovered: Handler<typeof sendRecoveredJob> = sendRecovered;
export const handleSendLocked: Handler<typeof sendLockedJob> = sendLocked;
export const handleSendPayerMail: Handler<typeof sendPayerMailJob> = sendPayerMail;
export const handleSweepGrace: Handler<typeof sweepGraceJob> = (ctx) => sweepGrace(ctx);
export const handleBookCampaignEnd: Handler<typeof bookCampaignEndJob> = bookCampaignEnd;
