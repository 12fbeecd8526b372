import type { Handlers, StopHandlers } from "../handler.ts";
import { handleBookPayment, handleSweepPayments } from "./accounting.ts";
import { handleAnnounceCampaign, handleDeliverAnnouncement } from "./announcements.ts";
import { handleKeepChain, handleRecordMoney } from "./audit.ts";
import {
  handleAdoptCard,
  handleBookCampaignEnd,
  handleCarryOutChange,
  handleConvergeSubscription,
  handleExecuteChange,
  handleFollowBalance,
  handleRetryWithCard,
  handleSendChangeMail,
  handleSendLocked,
  handleSendPayerMail,
  handleSendRecovered,
  handleSendRenewalReceipt,
  handleSendTrialEnding,
  handleSendTrialOver,
  handleSweepChanges,
  handleSweepGrace,
  handleSweepResumes,
  handleSweepSubscriptions,
  handleSweepTrials,
} from "./billing.ts";
import { handleMirrorProduct } from "./catalog.ts";
import {
  handleClosePage,
  handleConvergeCheckout,
  handleFollowDispute,
  handleRecheckPrices,
  handleReclaimRefund,
  handleSendCreditsLow,
  handleSendTopUpFailed,
  handleSweepCheckouts,
  handleSweepTopUps,
  handleTopUpCredits,
  handleWatchCredits,
} from "./checkout.ts";
import { handleAdjust, handleReclaim, handleSignalLow, handleSweepCredits } from "./credits.ts";
import { handleApplyPlan } from "./entitlements.ts";
import { handleFinishOrder, handleOpenFulfilment, handleSendGoodsShipped } from "./fulfilment.ts";
import { handleClaimGuestPurchases, handleEndImpersonations, handleReseal } from "./identity.ts";
import { handleReleaseStock, handleRestockCancelled, handleSweepReservations } from "./inventory.ts";
import { handleSealPostings, handleVerifyLedger } from "./ledger.ts";
import { handleSendEmail, handleSweepEmails } from "./messaging.ts";
import { handleSendOrderConfirmation } from "./orders.ts";
import { handleEndInvitations, handleSendInvitation } from "./organizations.ts";
import { handleSendPaymentFailed, handleSendRefund, handleSendRefundMade, handleSweepRefunds } from "./payments.ts";
import {
  handleArchivePlanPrices,
  handleFollowPlan,
  handleMigratePlan,
  handleMoveNow,
  handlePublishPlan,
  handleQuoteMove,
  handleWithdrawPlan,
} from "./plans.ts";
import {
  handleAddPrice,
  handleChangeDefaultPrice,
  handleCheckPrice,
  handleLookAtDraftPrices,
  handleMakeCampaignPrice,
  handleRecheckReceipts,
  handleReviewCampaign,
  handleSweepPrices,
} from "./pricing.ts";
import { handleReconcile } from "./reconciliation.ts";
import { handlePrune } from "./retention.ts";
import { handleRefuseSecondTrials, handleSendMembershipStarted } from "./subscriptions.ts";
import {
  handleBatch,
  handleFollowRefund,
  handleProvePath,
  handleWatchInbox,
  handleWebhook,
  stopWebhook,
} from "./webhooks.ts";
import {
  handleDecideWithdrawal,
  handleEndMemberships,
  handleRefundWithdrawal,
  handleSendWithdrawalLink,
  handleSendWithdrawalReceived,
  handleSendWithdrawalRefused,
  handleSettleWithdrawal,
} from "./withdrawals.ts";

/** Who does which job. A job without a handler does not compile. */
export const handlers = {
  announceCampaignJob: handleAnnounceCampaign,
  deliverAnnouncementJob: handleDeliverAnnouncement,
  endInvitationsJob: handleEndInvitations,
  sendInvitationJob: handleSendInvitation,
  endImpersonationsJob: handleEndImpersonations,
  resealJob: handleReseal,
  keepChainJob: handleKeepChain,
  recordMoneyJob: handleRecordMoney,
  addPriceJob: handleAddPrice,
  applyPlanJob: handleApplyPlan,
  archivePlanPricesJob: handleArchivePlanPrices,
  followPlanJob: handleFollowPlan,
  migratePlanJob: handleMigratePlan,
  moveNowJob: handleMoveNow,
  publishPlanJob: handlePublishPlan,
  quoteMoveJob: handleQuoteMove,
  withdrawPlanJob: handleWithdrawPlan,
  changeDefaultPriceJob: handleChangeDefaultPrice,
  mirrorProductJob: handleMirrorProduct,
  bookPaymentJob: handleBookPayment,
  sweepPaymentsJob: handleSweepPayments,
  closePageJob: handleClosePage,
  convergeCheckoutJob: handleConvergeCheckout,
  convergeSubscriptionJob: handleConvergeSubscription,
  carryOutChangeJob: handleCarryOutChange,
  executeChangeJob: handleExecuteChange,
  followBalanceJob: handleFollowBalance,
  adoptCardJob: handleAdoptCard,
  bookCampaignEndJob: handleBookCampaignEnd,
  retryWithCardJob: handleRetryWithCard,
  sendLockedJob: handleSendLocked,
  sendPayerMailJob: handleSendPayerMail,
  sendRecoveredJob: handleSendRecovered,
  sweepGraceJob: handleSweepGrace,
  sendChangeMailJob: handleSendChangeMail,
  sweepChangesJob: handleSweepChanges,
  sweepResumesJob: handleSweepResumes,
  openFulfilmentJob: handleOpenFulfilment,
  finishOrderJob: handleFinishOrder,
  sendGoodsShippedJob: handleSendGoodsShipped,
  sendMembershipStartedJob: handleSendMembershipStarted,
  refuseSecondTrialsJob: handleRefuseSecondTrials,
  sendOrderConfirmationJob: handleSendOrderConfirmation,
  sendPaymentFailedJob: handleSendPaymentFailed,
  sendRenewalReceiptJob: handleSendRenewalReceipt,
  adjustJob: handleAdjust,
  reclaimJob: handleReclaim,
  signalLowJob: handleSignalLow,
  sweepCreditsJob: handleSweepCredits,
  sendTrialEndingJob: handleSendTrialEnding,
  sendTrialOverJob: handleSendTrialOver,
  sweepCheckoutsJob: handleSweepCheckouts,
  sweepTopUpsJob: handleSweepTopUps,
  sweepSubscriptionsJob: handleSweepSubscriptions,
  sweepTrialsJob: handleSweepTrials,
  checkPriceJob: handleCheckPrice,
  claimGuestPurchasesJob: handleClaimGuestPurchases,
  lookAtDraftPricesJob: handleLookAtDraftPrices,
  makeCampaignPriceJob: handleMakeCampaignPrice,
  recheckReceiptsJob: handleRecheckReceipts,
  reconcileJob: handleReconcile,
  recheckPricesJob: handleRecheckPrices,
  followDisputeJob: handleFollowDispute,
  reclaimRefundJob: handleReclaimRefund,
  sendCreditsLowJob: handleSendCreditsLow,
  sendTopUpFailedJob: handleSendTopUpFailed,
  topUpCreditsJob: handleTopUpCredits,
  watchCreditsJob: handleWatchCredits,
  releaseStockJob: handleReleaseStock,
  restockCancelledJob: handleRestockCancelled,
  reviewCampaignJob: handleReviewCampaign,
  sealPostingsJob: handleSealPostings,
  verifyLedgerJob: handleVerifyLedger,
  sendEmailJob: handleSendEmail,
  sweepEmailsJob: handleSweepEmails,
  sweepPricesJob: handleSweepPrices,
  sweepReservationsJob: handleSweepReservations,
  processWebhook: handleWebhook,
  followRefundJob: handleFollowRefund,
  sendRefundJob: handleSendRefund,
  sendRefundMadeJob: handleSendRefundMade,
  sweepRefundsJob: handleSweepRefunds,
  decideWithdrawalJob: handleDecideWithdrawal,
  endMembershipsJob: handleEndMemberships,
  refundWithdrawalJob: handleRefundWithdrawal,
  sendWithdrawalLinkJob: handleSendWithdrawalLink,
  sendWithdrawalReceivedJob: handleSendWithdrawalReceived,
  sendWithdrawalRefusedJob: handleSendWithdrawalRefused,
  settleWithdrawalJob: handleSettleWithdrawal,
  workBatchJob: handleBatch,
  provePathJob: handleProvePath,
  pruneJob: handlePrune,
  watchInboxJob: handleWatchInbox,
} satisfies Handlers;

/** What a job that stopped for good leaves behind, where it is more than an alert. */
export const stopHandlers = { processWebhook: stopWebhook } satisfies StopHandlers;
