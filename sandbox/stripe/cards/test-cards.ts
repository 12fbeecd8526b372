import type { CardBehavior } from "./behavior.ts";

export interface TestCard extends Partial<Omit<CardBehavior, "last4">> {
  number: string;
  /** What the helper beside the hosted page says about it. */
  says: string;
  token?: string;
}

/** The provider's published test numbers: no real card has any of them. */
export const testCards: readonly TestCard[] = [
  { number: "4242424242424242", says: "Succeeds", token: "pm_card_visa" },
  { number: "5555555555554444", says: "Succeeds (Mastercard)", brand: "mastercard", token: "pm_card_mastercard" },
  { number: "378282246310005", says: "Succeeds (American Express)", brand: "amex", token: "pm_card_amex" },
  { number: "4000056655665556", says: "Succeeds (Visa debit)", funding: "debit", token: "pm_card_visa_debit" },
  { number: "6011111111111117", says: "Succeeds (Discover)", brand: "discover", token: "pm_card_discover" },
  { number: "4000000000000002", says: "Declined", refusedAtOnce: "generic", token: "pm_card_chargeDeclined" },
  {
    number: "4000000000009995",
    says: "Declined: insufficient funds",
    refusedAtOnce: "insufficient_funds",
    token: "pm_card_chargeDeclinedInsufficientFunds",
  },
  {
    number: "4000000000009987",
    says: "Declined: lost card",
    refusedAtOnce: "lost_card",
    token: "pm_card_visa_chargeDeclinedLostCard",
  },
  {
    number: "4000000000009979",
    says: "Declined: stolen card",
    refusedAtOnce: "stolen_card",
    token: "pm_card_visa_chargeDeclinedStolenCard",
  },
  {
    number: "4000000000000069",
    says: "Declined: expired card",
    refusedAtOnce: "expired_card",
    token: "pm_card_chargeDeclinedExpiredCard",
  },
  {
    number: "4000000000000127",
    says: "Declined: incorrect CVC",
    refusedAtOnce: "incorrect_cvc",
    token: "pm_card_chargeDeclinedIncorrectCvc",
  },
  {
    number: "4000000000000119",
    says: "Declined: processing error",
    refusedAtOnce: "processing_error",
    token: "pm_card_chargeDeclinedProcessingError",
  },
  {
    number: "4000000000006975",
    says: "Declined: too many attempts",
    refusedAtOnce: "velocity",
    token: "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
  },
  {
    number: "4000000000000341",
    says: "Can be saved, then every charge fails",
    refusedOnCharge: "generic",
    token: "pm_card_chargeCustomerFail",
  },
  {
    number: "4000000000003220",
    says: "3-D Secure, then succeeds",
    approval: "first",
    token: "pm_card_threeDSecure2Required",
  },
  {
    number: "4000002500003155",
    says: "3-D Secure on the first payment",
    approval: "first",
    token: "pm_card_authenticationRequiredOnSetup",
  },
  {
    number: "4000002760003184",
    says: "3-D Secure on every payment",
    approval: "always",
    token: "pm_card_authenticationRequired",
  },
  {
    number: "4000008260003178",
    says: "3-D Secure, then insufficient funds",
    approval: "first",
    refusedAfterApproval: "insufficient_funds",
    refusedOnCharge: "insufficient_funds",
  },
  {
    number: "4000008400001629",
    says: "3-D Secure, then declined",
    approval: "first",
    refusedAfterApproval: "generic",
    refusedOnCharge: "generic",
  },
  {
    number: "4000003800000446",
    says: "Set up already: succeeds off-session",
    token: "pm_card_authenticationAlreadySetUp",
  },
  { number: "4000000000003055", says: "3-D Secure supported and not needed", token: "pm_card_threeDSecureOptional" },
  {
    number: "4000000000000259",
    says: "Succeeds, then is disputed as fraudulent",
    disputes: "fraudulent",
    token: "pm_card_createDispute",
  },
  {
    number: "4000000000002685",
    says: "Succeeds, then is disputed as not received",
    disputes: "product_not_received",
    token: "pm_card_createDisputeProductNotReceived",
  },
  {
    number: "4000000000001976",
    says: "Succeeds, then the bank inquires",
    disputes: "inquiry",
    token: "pm_card_createDisputeInquiry",
  },
  {
    number: "4000000000007726",
    says: "Succeeds; refunds arrive a day later",
    refunds: "later",
    token: "pm_card_pendingRefund",
  },
  {
    number: "4000000000005126",
    says: "Succeeds; refunds fail a day later",
    refunds: "fail",
    token: "pm_card_refundFail",
  },
  {
    number: "4100000000000019",
    says: "Blocked as too risky",
    refusedAtOnce: "fraudulent",
    token: "pm_card_radarBlock",
  },
  {
    number: "4000000000004954",
    says: "Blocked at the highest risk",
    refusedAtOnce: "highest_risk",
    risk: "highest",
    token: "pm_card_riskLevelHighest",
  },
  {
    number: "4000000000009235",
    says: "Succeeds at elevated risk",
    risk: "elevated",
    token: "pm_card_riskLevelElevated",
  },
  {
    number: "4000000000005423",
    says: "Succeeds, then the network warns of fraud",
    warnsOfFraud: true,
    token: "pm_card_createIssuerFraudRecord",
  },
  {
    number: "4000000404000079",
    says: "Succeeds, then is disputed twice",
    disputes: "twice",
    token: "pm_card_createMultipleDisputes",
  },
  {
    number: "4000008400001280",
    says: "3-D Secure fails with an error",
    approval: "first",
    refusedAfterApproval: "processing_error",
    refusedOnCharge: "processing_error",
  },
  { number: "4000000000003097", says: "3-D Secure supported with an error, and not needed" },
  {
    number: "4000000000000101",
    says: "Succeeds; the security code does not agree",
    checks: "cvc_fails",
    token: "pm_card_cvcCheckFail",
  },
  {
    number: "4000000000000036",
    says: "Succeeds; the postal code does not agree",
    checks: "postal_code_fails",
    token: "pm_card_avsZipFail",
  },
  {
    number: "4000000000000028",
    says: "Succeeds; the street does not agree",
    checks: "line1_fails",
    token: "pm_card_avsLine1Fail",
  },
  {
    number: "4000000000000010",
    says: "Succeeds; the address does not agree",
    checks: "address_fails",
    token: "pm_card_avsFail",
  },
  {
    number: "4000000000000044",
    says: "Succeeds; the address is not checked",
    checks: "unchecked",
    token: "pm_card_avsUnchecked",
  },
  { number: "4000000000000077", says: "Succeeds, available at once", token: "pm_card_bypassPending" },
];
