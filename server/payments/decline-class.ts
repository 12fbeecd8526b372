import type { DeclineClass } from "../messaging/index.ts";

const CLASSES = new Map<string | null, DeclineClass>(
  Object.entries({
    insufficient_funds: "funds",
    withdrawal_count_limit_exceeded: "funds",
    card_velocity_exceeded: "funds",
    expired_card: "expired",
    invalid_expiry_month: "expired",
    invalid_expiry_year: "expired",
    incorrect_number: "number",
    invalid_number: "number",
    incorrect_cvc: "cvc",
    invalid_cvc: "cvc",
    authentication_required: "approval",
    payment_intent_authentication_failure: "approval",
    card_not_supported: "blocked",
    transaction_not_allowed: "blocked",
    service_not_allowed: "blocked",
    processing_error: "technical",
    issuer_not_available: "technical",
    reenter_transaction: "technical",
    try_again_later: "technical",
  } as const),
);

/**
 * What a provider's decline code means to the person who pays. Lost, stolen, pick-up and fraud codes are deliberately not
 * told apart from an ordinary no, and neither is a code nobody has met before.
 */
export function declineClass(code: string | null): DeclineClass {
  return CLASSES.get(code) ?? "generic";
}

/** The cause of what stands in a timeline: of an attempt that was declined what the decline code means. */
export function causeOf(what: string, cause: string | null): string | null {
  return what === "attempt" && cause !== null ? `declined: ${declineClass(cause)}` : cause;
}
