export { addChange, type ChangeWish, readChangeFacts } from "./add-change.ts";
export { type AllowedChanges, allowedChanges, type ChangeFacts, isAllowed } from "./allowed-changes.ts";
export type { Change } from "./change.ts";
export type { AtOnce, ChangeCost, ChangeGateway, ChangePreview, PreviewLine } from "./change-gateway.ts";
export {
  type CancelReason,
  type ChangeKind,
  type ChangeStatus,
  type ChangeTiming,
  changeMachine,
  OPEN_CHANGE,
} from "./change-status.ts";
export { amountOfSeats, type Discount, discounted, discountOf } from "./discount.ts";
export { endForClosed } from "./end-for-closed.ts";
export { type EndRefunds, endRefunds } from "./end-refund.ts";
export { subscriptionErrors } from "./errors.ts";
export type { InvoiceFacts, SubscriptionFacts, SubscriptionGateway } from "./gateway.ts";
export { isOverdue } from "./grace.ts";
export { hasHadTrial, trialCardOf } from "./has-had-trial.ts";
export { holdsOnPause } from "./holds-on-pause.ts";
export type { InvoiceStatus } from "./invoice-status.ts";
export { chargeOf, nextCharge } from "./next-charge.ts";
export { nextAmount } from "./queries.ts";
export { holdInvoice, recordInvoice } from "./record-invoice.ts";
export {
  findMembership,
  isKnownInvoice,
  isKnownMembership,
  type Membership,
  recordSubscription,
} from "./record-subscription.ts";
export { beginTrial, holdTrials, refuseSecondTrials } from "./refuse-trial-again.ts";
export { type Every, renewalDate, renewalsBetween } from "./renewal-dates.ts";
export { SECOND_TRIAL_ALERT, tellOfSecondTrial } from "./second-trial-alert.ts";
export { sendMembershipStarted } from "./send-membership-started.ts";
export { holdOpenChanges, settleChanges } from "./settle-changes.ts";
export type { SubscriptionStatus } from "./subscription-status.ts";
export { lateMoneyOf, tellOfLate, tellOfRefused } from "./tell-of-change.ts";
export { knownInvoices, type ToldInvoice } from "./told-invoices.ts";
export { knownPeriods, type ToldPeriod } from "./told-periods.ts";
export { unitsOf } from "./units.ts";
