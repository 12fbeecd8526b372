import { bookPaymentJob, sweepPaymentsJob } from "./accounting/jobs.ts";
import { announceCampaignJob, deliverAnnouncementJob } from "./announcements/jobs.ts";
import { keepChainJob, recordMoneyJob } from "./audit/jobs.ts";
import {
  adoptCardJob,
  bookCampaignEndJob,
  convergeSubscriptionJob,
  executeChangeJob,
  retryWithCardJob,
  sendChangeMailJob,
  sendLockedJob,
  sendPayerMailJob,
  sendRecoveredJob,
  sendRenewalReceiptJob,
  sendTrialEndingJob,
  sweepChangesJob,
  sweepGraceJob,
  sweepResumesJob,
  sweepSubscriptionsJob,
  sweepTrialsJob,
} from "./billing/jobs.ts";
import { addPriceJob, mirrorProductJob } from "./catalog/jobs.ts";
import {
  closePageJob,
  convergeCheckoutJob,
  followDisputeJob,
  recheckPricesJob,
  reclaimRefundJob,
  sendCreditsLowJob,
  sendTopUpFailedJob,
  sweepCheckoutsJob,
  sweepTopUpsJob,
  topUpCreditsJob,
  watchCreditsJob,
} from "./checkout/jobs.ts";
import { adjustJob, reclaimJob, signalLowJob, sweepCreditsJob } from "./credits/jobs.ts";
import { applyPlanJob } from "./entitlements/jobs.ts";
import { finishOrderJob, openFulfilmentJob, sendGoodsShippedJob } from "./fulfilment/jobs.ts";
import { claimGuestPurchasesJob, endImpersonationsJob, resealJob } from "./identity/jobs.ts";
import { releaseStockJob, restockCancelledJob, sweepReservationsJob } from "./inventory/jobs.ts";
import { sealPostingsJob, verifyLedgerJob } from "./ledger/jobs.ts";
import { sendEmailJob, sweepEmailsJob } from "./messaging/jobs.ts";
import { sendOrderConfirmationJob } from "./orders/jobs.ts";
import { endInvitationsJob, sendInvitationJob } from "./organizations/jobs.ts";
import { sendPaymentFailedJob, sendRefundJob, sendRefundMadeJob, sweepRefundsJob } from "./payments/jobs.ts";
import { archivePlanPricesJob, followPlanJob, migratePlanJob, publishPlanJob, withdrawPlanJob } from "./plans/jobs.ts";
import {
  changeDefaultPriceJob,
  checkPriceJob,
  lookAtDraftPricesJob,
  makeCampaignPriceJob,
  recheckReceiptsJob,
  reviewCampaignJob,
  sweepPricesJob,
} from "./pricing/jobs.ts";
import { reconcileJob } from "./reconciliation/jobs.ts";
import { pruneJob } from "./retention/jobs.ts";
import { sendMembershipStartedJob } from "./subscriptions/jobs.ts";
import { followRefundJob, processWebhook, provePathJob, watchInboxJob, workBatchJob } from "./webhooks/jobs.ts";
import {
  decideWithdrawalJob,
  endMembershipsJob,
  refundWithdrawalJob,
  sendWithdrawalLinkJob,
  sendWithdrawalReceivedJob,
  sendWithdrawalRefusedJob,
  settleWithdrawalJob,
} from "./withdrawals/jobs.ts";

/** Every job there is. `worker/tasks/index.ts` has a handler for each, or it does not compile. */
export const jobs = {
  announceCampaignJob,
  deliverAnnouncementJob,
  addPriceJob,
  applyPlanJob,
  archivePlanPricesJob,
  followPlanJob,
  migratePlanJob,
  publishPlanJob,
  withdrawPlanJob,
  changeDefaultPriceJob,
  mirrorProductJob,
  bookPaymentJob,
  checkPriceJob,
  claimGuestPurchasesJob,
  closePageJob,
  convergeCheckoutJob,
  convergeSubscriptionJob,
  decideWithdrawalJob,
  endMembershipsJob,
  executeChangeJob,
  adoptCardJob,
  bookCampaignEndJob,
  retryWithCardJob,
  sendLockedJob,
  sendPayerMailJob,
  sendRecoveredJob,
  sweepGraceJob,
  sendChangeMailJob,
  sweepChangesJob,
  sweepResumesJob,
  followRefundJob,
  endImpersonationsJob,
  endInvitationsJob,
  sendInvitationJob,
  keepChainJob,
  recordMoneyJob,
  lookAtDraftPricesJob,
  makeCampaignPriceJob,
  recheckReceiptsJob,
  openFulfilmentJob,
  finishOrderJob,
  sendGoodsShippedJob,
  processWebhook,
  provePathJob,
  pruneJob,
  recheckPricesJob,
  refundWithdrawalJob,
  followDisputeJob,
  reclaimRefundJob,
  sendCreditsLowJob,
  sendTopUpFailedJob,
  topUpCreditsJob,
  watchCreditsJob,
  reconcileJob,
  releaseStockJob,
  restockCancelledJob,
  resealJob,
  reviewCampaignJob,
  sealPostingsJob,
  sendEmailJob,
  sendMembershipStartedJob,
  sendOrderConfirmationJob,
  sendPaymentFailedJob,
  sendRefundJob,
  sendRefundMadeJob,
  sendRenewalReceiptJob,
  sendTrialEndingJob,
  sendWithdrawalLinkJob,
  sendWithdrawalReceivedJob,
  sendWithdrawalRefusedJob,
  settleWithdrawalJob,
  adjustJob,
  reclaimJob,
  signalLowJob,
  sweepCreditsJob,
  sweepCheckoutsJob,
  sweepTopUpsJob,
  sweepEmailsJob,
  sweepPaymentsJob,
  sweepPricesJob,
  sweepRefundsJob,
  sweepReservationsJob,
  sweepSubscriptionsJob,
  sweepTrialsJob,
  watchInboxJob,
  workBatchJob,
  verifyLedgerJob,
} as const;
