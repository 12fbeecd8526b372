export { convergeInvoice } from "./converge-invoice.ts";
export { type BillingPorts, convergeSubscription } from "./converge-subscription.ts";
export { lookAtSubscription } from "./look-at-subscription.ts";
export { sendRenewalReceipt } from "./send-renewal-receipt.ts";
export { sendTrialEnding } from "./send-trial-ending.ts";
export { sweep, sweepSubscriptions } from "./sweep-subscriptions.ts";
export { sweepTrials, trialSweep } from "./sweep-trials.ts";
