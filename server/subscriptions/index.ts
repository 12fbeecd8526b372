export { subscriptionErrors } from "./errors.ts";
export type { InvoiceFacts, SubscriptionFacts, SubscriptionGateway } from "./gateway.ts";
export { hasHadTrial } from "./has-had-trial.ts";
export type { InvoiceStatus } from "./invoice-status.ts";
export { recordInvoice } from "./record-invoice.ts";
export { findMembership, isKnownMembership, type Membership, recordSubscription } from "./record-subscription.ts";
export { sendMembershipStarted } from "./send-membership-started.ts";
export type { SubscriptionStatus } from "./subscription-status.ts";
