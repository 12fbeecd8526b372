/** Why a charge is refused, in the provider's words. */
export interface Decline {
  code: string;
  declineCode: string | null;
  message: string;
  networkCode: string | null;
  advice: string | null;
}

const declines = {
  generic: ["card_declined", "generic_decline", "Your card was declined.", "01", "try_again_later"],
  insufficient_funds: [
    "card_declined",
    "insufficient_funds",
    "Your card has insufficient funds.",
    "51",
    "try_again_later",
  ],
  lost_card: ["card_declined", "lost_card", "Your card was declined.", "41", "do_not_try_again"],
  stolen_card: ["card_declined", "stolen_card", "Your card was declined.", "43", "do_not_try_again"],
  expired_card: ["expired_card", null, "Your card has expired.", "54", "do_not_try_again"],
  incorrect_cvc: ["incorrect_cvc", null, "Your card's security code is incorrect.", "N7", "try_again_later"],
  processing_error: [
    "processing_error",
    null,
    "An error occurred while processing your card. Try again in a little bit.",
    null,
    "try_again_later",
  ],
  highest_risk: ["card_declined", "highest_risk_level", "Your card was declined.", null, "do_not_try_again"],
  pickup_card: ["card_declined", "pickup_card", "Your card was declined.", "04", "do_not_try_again"],
  transaction_not_allowed: [
    "card_declined",
    "transaction_not_allowed",
    "Your card does not support this type of purchase.",
    "57",
    "do_not_try_again",
  ],
  revocation_of_authorization: [
    "card_declined",
    "revocation_of_authorization",
    "Your card was declined.",
    "R1",
    "do_not_try_again",
  ],
  incorrect_number: [
    "incorrect_number",
    "incorrect_number",
    "Your card number is incorrect.",
    "14",
    "do_not_try_again",
  ],
  fraudulent: ["card_declined", "fraudulent", "Your card was declined.", "59", "do_not_try_again"],
  velocity: [
    "card_declined",
    "card_velocity_exceeded",
    "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    "61",
    "do_not_try_again",
  ],
  authentication: [
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
    "65",
    "confirm_card_data",
  ],
} as const;

export type DeclineReason = keyof typeof declines;
export const declineReasons = Object.keys(declines) as [DeclineReason, ...DeclineReason[]];

export function declineFor(reason: DeclineReason): Decline {
  const [code, declineCode, message, networkCode, advice] = declines[reason];
  return { code, declineCode, message, networkCode, advice };
}

/** How a test card behaves. */
export interface CardBehavior {
  brand: "visa" | "mastercard" | "amex" | "discover";
  last4: string;
  funding: "credit" | "debit";
  country: string;
  /** Refused at once, even to be saved. */
  refusedAtOnce: DeclineReason | null;
  /** Can be saved, and is refused when charged. */
  refusedOnCharge: DeclineReason | null;
  /** Whether the customer must approve: on a first payment, on every payment, or never. */
  approval: "never" | "first" | "always";
  /** What the bank says after approval, if it still refuses. */
  refusedAfterApproval: DeclineReason | null;
  /** Refunds arrive a day later, or fail then; at once unless told. */
  refunds?: "later" | "fail";
  /** What the cardholder tells the bank as soon as a charge went through. */
  disputes?: "fraudulent" | "product_not_received" | "inquiry" | "twice";
  /** The network warns of fraud before anybody disputes. */
  warnsOfFraud?: true;
  /** How sure the provider is that all is well. */
  risk?: "elevated" | "highest";
  /** What the bank says of security code, postal code and address; everything agrees unless told. */
  checks?: "cvc_fails" | "postal_code_fails" | "line1_fails" | "address_fails" | "unchecked";
}

const plain: CardBehavior = {
  brand: "visa",
  last4: "4242",
  funding: "credit",
  country: "US",
  refusedAtOnce: null,
  refusedOnCharge: null,
  approval: "never",
  refusedAfterApproval: null,
};

interface TestCard extends Partial<Omit<CardBehavior, "last4">> {
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

function behaviorOf(card: TestCard): CardBehavior {
  const { number, says: _says, token: _token, ...own } = card;
  return { ...plain, ...own, last4: number.slice(-4) };
}

const byNumber = new Map(testCards.map((card) => [card.number, behaviorOf(card)]));
const byToken = new Map(testCards.flatMap((card) => (card.token ? [[card.token, behaviorOf(card)] as const] : [])));
/** Some tokens go by two names. */
const aliases = [
  ["pm_card_us", "pm_card_visa"],
  ["pm_card_chargeDeclinedFraudulent", "pm_card_radarBlock"],
  ["pm_card_visa_chargeDeclinedFraudulent", "pm_card_radarBlock"],
  ["pm_card_visa_chargeDeclinedExpiredCard", "pm_card_chargeDeclinedExpiredCard"],
  ["pm_card_visa_chargeDeclinedIncorrectCvc", "pm_card_chargeDeclinedIncorrectCvc"],
  ["pm_card_visa_chargeDeclinedProcessingError", "pm_card_chargeDeclinedProcessingError"],
  ["pm_card_chargeDeclinedLostCard", "pm_card_visa_chargeDeclinedLostCard"],
  ["pm_card_chargeDeclinedStolenCard", "pm_card_visa_chargeDeclinedStolenCard"],
  ["pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"],
  ["pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds"],
  ["pm_card_threeDSecureRequired", "pm_card_threeDSecure2Required"],
] as const;
for (const [alias, token] of aliases) {
  const behavior = byToken.get(token);
  if (behavior) byToken.set(alias, behavior);
}

/** The test card with this number; undefined for every other number, which only a real bank could judge. */
export function cardByNumber(digits: string): CardBehavior | undefined {
  return byNumber.get(digits);
}

/** The test card behind a magic token such as `pm_card_visa`. */
export function cardByToken(token: string): CardBehavior | undefined {
  return byToken.get(token);
}

/** The check digit that every card number ends in. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length >= 12 && digits.length <= 19 && sum % 10 === 0;
}

/** The brand a number begins like, for drawing its mark while typing. */
export function brandOf(digits: string): CardBehavior["brand"] | undefined {
  if (digits.startsWith("4")) return "visa";
  if (/^(5[1-5]|2[2-7])/.test(digits)) return "mastercard";
  if (/^3[47]/.test(digits)) return "amex";
  if (/^6(011|5)/.test(digits)) return "discover";
  return undefined;
}

const brandNames: Record<string, string> = {
  amex: "American Express",
  discover: "Discover",
  mastercard: "Mastercard",
  visa: "Visa",
};

/** A card's brand as people write it. */
export function brandName(brand: string): string {
  return brandNames[brand] ?? brand;
}
