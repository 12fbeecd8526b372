import {
  lookAtSubscription,
  sendRenewalReceipt,
  sendTrialEnding,
  sweepSubscriptions,
  sweepTrials,
} from "../../server/billing/index.ts";
import type {
  convergeSubscriptionJob,
  sendRenewalReceiptJob,
  sendTrialEndingJob,
  sweepSubscriptionsJob,
  sweepTrialsJob,
} from "../../server/billing/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleConvergeSubscription: Handler<typeof convergeSubscriptionJob> = lookAtSubscription;
export const handleSendRenewalReceipt: Handler<typeof sendRenewalReceiptJob> = sendRenewalReceipt;
export const handleSendTrialEnding: Handler<typeof sendTrialEndingJob> = sendTrialEnding;
export const handleSweepSubscriptions: Handler<typeof sweepSubscriptionsJob> = (ctx) => sweepSubscriptions(ctx);
export const handleSweepTrials: Handler<typeof sweepTrialsJob> = (ctx) => sweepTrials(ctx);
