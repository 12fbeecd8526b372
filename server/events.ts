import { bookPaymentJob } from "./accounting/jobs.ts";
import { announceCampaignJob } from "./announcements/jobs.ts";
import { noteMoney } from "./audit/index.ts";
import { recordMoneyJob } from "./audit/jobs.ts";
import {
  bookCampaignEndJob,
  carryOutChangeJob,
  convergeSubscriptionJob,
  followBalanceJob,
  retryWithCardJob,
  sendChangeMailJob,
  sendLockedJob,
  sendPayerMailJob,
  sendRecoveredJob,
  sendRenewalReceiptJob,
  sendTrialOverJob,
} from "./billing/jobs.ts";
import {
  followDisputeJob,
  recheckPricesJob,
  reclaimRefundJob,
  sendCreditsLowJob,
  topUpCreditsJob,
  watchCreditsJob,
} from "./checkout/jobs.ts";
import { applyPlanJob } from "./entitlements/jobs.ts";
import { finishOrderJob, openFulfilmentJob, sendGoodsShippedJob } from "./fulfilment/jobs.ts";
import { releaseStockJob, restockCancelledJob } from "./inventory/jobs.ts";
import type { MoneyMovement } from "./kernel/audit-actions.ts";
import { type Reactions, react } from "./kernel/event.ts";
import { sendOrderConfirmationJob } from "./orders/jobs.ts";
import { lapseDomainsJob } from "./organizations/jobs.ts";
import { sendPaymentFailedJob, sendRefundJob, sendRefundMadeJob } from "./payments/jobs.ts";
import {
  followPlanJob,
  migratePlanJob,
  moveNowJob,
  putPlanOnSaleJob,
  quoteMoveJob,
  withdrawPlanJob,
} from "./plans/jobs.ts";
import { refuseSecondTrialsJob, sendMembershipStartedJob } from "./subscriptions/jobs.ts";
import { followRefundJob } from "./webhooks/jobs.ts";
import {
  decideWithdrawalJob,
  endMembershipsJob,
  matchStatementJob,
  refundWithdrawalJob,
  reopenWithdrawalsJob,
  sendStatementDismissedJob,
  sendStatementReceivedJob,
  sendWithdrawalLoweredJob,
  sendWithdrawalReceivedJob,
  sendWithdrawalRefusedJob,
  settleStatementJob,
  settleWithdrawalJob,
} from "./withdrawals/jobs.ts";

const money = (movement: MoneyMovement) => {
  const fact = (event: { id: string }) => ({ paymentId: event.id, movement });
  return react(recordMoneyJob, fact, (tx, event) => noteMoney(tx, fact(event)));
};

const tellOfChange = react(sendChangeMailJob, (event) => ({ changeId: event.id }));
const tellOfTrialOver = react(sendTrialOverJob, (event) => ({ subscriptionId: event.id }));
/** Whatever took the place of a campaign's end may have been taken back. */
const rebook = react(bookCampaignEndJob, (event) => ({ changeId: event.id }));
/** What an organization may do follows its subscription, whichever way that moves. */
const plan = () => react(applyPlanJob, (event) => ({ subscriptionId: event.id, cause: event.name }));

const migrate = () => react(migratePlanJob, (event) => ({ migrationId: event.id }));

/** The choreography on one screen: what follows which event. Each consequence is a job of its own, retried alone. */
export const reactions: Reactions = {
  "campaign.changed": [react(announceCampaignJob, (event) => ({ campaignId: event.id }))],
  "checkout.rejected": [
    react(recheckPricesJob, (event) => ({ checkoutId: event.id })),
    react(releaseStockJob, (event) => ({ checkoutId: event.id })),
  ],
  "checkout.expired": [react(releaseStockJob, (event) => ({ checkoutId: event.id }))],
  "credits.balance_low": [
    react(topUpCreditsJob, (event) => ({ customerId: event.id })),
    react(sendCreditsLowJob, (event) => ({ customerId: event.id })),
  ],
  "credits.granted": [react(watchCreditsJob, (event) => ({ grantId: event.id }))],
  "customer.purchases_claimed": [react(refuseSecondTrialsJob, (event) => ({ customerId: event.id }))],
  "fulfilment.shipped": [
    react(finishOrderJob, (event) => ({ fulfilmentId: event.id })),
    react(sendGoodsShippedJob, (event) => ({ fulfilmentId: event.id })),
  ],
  "order.cancelled": [react(restockCancelledJob, (event) => ({ orderId: event.id }))],
  "order.paid": [
    react(openFulfilmentJob, (event) => ({ orderId: event.id })),
    react(sendOrderConfirmationJob, (event) => ({ orderId: event.id })),
  ],
  "plan_migration.begun": [react(moveNowJob, (event) => ({ migrationId: event.id }))],
  "plan_migration.created": [migrate()],
  "plan_migration.quotes_asked": [react(quoteMoveJob, (event) => ({ migrationId: event.id }))],
  // Of either timing: a worker of the release before would book one that is made now for later.
  "plan_migration.resumed": [react(moveNowJob, (event) => ({ migrationId: event.id }))],
  "plan_migration.undo_ordered": [migrate()],
  "plan_version.publish_ordered": [react(putPlanOnSaleJob, (event) => ({ versionId: event.id }))],
  "plan_version.published": [react(followPlanJob, (event) => ({ versionId: event.id }))],
  "plan_version.retired": [react(withdrawPlanJob, (event) => ({ versionId: event.id }))],
  "subscription.trial_started": [plan(), react(sendMembershipStartedJob, (event) => ({ subscriptionId: event.id }))],
  "subscription.activated": [
    plan(),
    react(sendMembershipStartedJob, (event) => ({ subscriptionId: event.id })),
    react(bookCampaignEndJob, (event) => ({ subscriptionId: event.id })),
  ],
  "subscription.payment_overdue": [plan(), tellOfTrialOver],
  "subscription.left_unpaid": [plan()],
  "subscription.paused": [plan(), tellOfTrialOver],
  "subscription.canceled": [plan(), tellOfTrialOver],
  "subscription.plan_changed": [plan()],
  "subscription.seats_changed": [plan()],
  "subscription.campaign_end_outnumbered": [react(bookCampaignEndJob, (event) => ({ subscriptionId: event.id }))],
  "subscription.balance_changed": [react(followBalanceJob, (event) => ({ subscriptionId: event.id }))],
  "subscription.card_changed": [react(retryWithCardJob, (event) => ({ subscriptionId: event.id }))],
  "subscription.grace_ended": [plan(), react(sendLockedJob, (event) => ({ subscriptionId: event.id }))],
  "user.access_changed": [react(lapseDomainsJob, (event) => ({ userId: event.id }))],
  "user.address_changed": [react(lapseDomainsJob, (event) => ({ userId: event.id }))],
  "organization.payer_changed": [react(sendPayerMailJob, (event) => ({ organizationId: event.id }))],
  "subscription_change.created": [react(carryOutChangeJob, (event) => ({ changeId: event.id }))],
  "subscription_change.scheduled": [tellOfChange],
  "subscription_change.payment_awaited": [tellOfChange],
  "subscription_change.applied": [tellOfChange, rebook],
  "subscription_change.failed": [tellOfChange, rebook],
  "subscription_change.undone": [rebook],
  "invoice.paid": [react(sendRenewalReceiptJob, (event) => ({ invoiceId: event.id }))],
  "invoice.paid_late": [react(sendRecoveredJob, (event) => ({ invoiceId: event.id }))],
  "payment.paid": [money("paid"), react(bookPaymentJob, (event) => ({ paymentId: event.id }))],
  "payment.partially_refunded": [
    money("partially_refunded"),
    react(bookPaymentJob, (event) => ({ paymentId: event.id })),
  ],
  "payment.refunded": [money("refunded"), react(bookPaymentJob, (event) => ({ paymentId: event.id }))],
  "payment.refund_failed": [
    money("refund_failed"),
    react(bookPaymentJob, (event) => ({ paymentId: event.id })),
    react(followDisputeJob, (event) => ({ paymentId: event.id })),
  ],
  "payment.failed": [react(sendPaymentFailedJob, (event) => ({ paymentId: event.id }))],
  "payment.action_required": [react(sendPaymentFailedJob, (event) => ({ paymentId: event.id }))],
  "refund.created": [react(sendRefundJob, (event) => ({ refundId: event.id }))],
  "refund.succeeded": [
    react(reclaimRefundJob, (event) => ({ refundId: event.id })),
    react(followRefundJob, (event) => ({ refundId: event.id })),
    react(sendRefundMadeJob, (event) => ({ refundId: event.id })),
    react(settleWithdrawalJob, (event) => ({ refundId: event.id })),
  ],
  "refund.failed": [
    react(reclaimRefundJob, (event) => ({ refundId: event.id })),
    react(followRefundJob, (event) => ({ refundId: event.id })),
    react(settleWithdrawalJob, (event) => ({ refundId: event.id })),
  ],
  "withdrawal.created": [
    react(sendWithdrawalReceivedJob, (event) => ({ withdrawalId: event.id })),
    react(decideWithdrawalJob, (event) => ({ withdrawalId: event.id })),
  ],
  "withdrawal.accepted": [
    react(refundWithdrawalJob, (event) => ({ withdrawalId: event.id })),
    react(endMembershipsJob, (event) => ({ withdrawalId: event.id })),
  ],
  "withdrawal.review_needed": [react(endMembershipsJob, (event) => ({ withdrawalId: event.id }))],
  "withdrawal.approved": [react(refundWithdrawalJob, (event) => ({ withdrawalId: event.id }))],
  "withdrawal.lowered": [react(sendWithdrawalLoweredJob, (event) => ({ withdrawalId: event.id }))],
  "withdrawal.refused": [react(sendWithdrawalRefusedJob, (event) => ({ withdrawalId: event.id }))],
  "withdrawal.membership_ended": [react(convergeSubscriptionJob, (event) => ({ subscriptionId: event.id }))],
  "withdrawal_statement.created": [react(matchStatementJob, (event) => ({ statementId: event.id }))],
  "withdrawal_statement.matched": [
    react(settleStatementJob, (event) => ({ statementId: event.id })),
    react(sendStatementReceivedJob, (event) => ({ statementId: event.id })),
  ],
  "withdrawal_statement.not_found": [react(sendStatementReceivedJob, (event) => ({ statementId: event.id }))],
  "withdrawal_statement.dismissed": [react(sendStatementDismissedJob, (event) => ({ statementId: event.id }))],
  "payment.disputed": [money("disputed"), react(followDisputeJob, (event) => ({ paymentId: event.id }))],
  "payment.dispute_won": [
    money("dispute_won"),
    react(followDisputeJob, (event) => ({ paymentId: event.id })),
    react(reopenWithdrawalsJob, (event) => ({ paymentId: event.id })),
  ],
};
