/** What a declined payment means to the person who pays; `generic` says nothing that helps a thief. */
export type DeclineClass =
  | "funds"
  | "expired"
  | "details"
  | "needs_approval"
  | "blocked_online"
  | "generic"
  | "technical";

const CLASSES = new Map<string | null, DeclineClass>(
  Object.entries({
    insufficient_funds: "funds",
    withdrawal_count_limit_exceeded: "funds",
    card_velocity_exceeded: "funds",
    expired_card: "expired",
    incorrect_number: "details",
    invalid_number: "details",
    incorrect_cvc: "details",
    invalid_cvc: "details",
    invalid_expiry_month: "details",
    invalid_expiry_year: "details",
    authentication_required: "needs_approval",
    payment_intent_authentication_failure: "needs_approval",
    card_not_supported: "blocked_online",
    transaction_not_allowed: "blocked_online",
    service_not_allowed: "blocked_online",
    processing_error: "technical",
    issuer_not_available: "technical",
    reenter_transaction: "technical",
    try_again_later: "technical",
  } as const),
);

/**
 * The class of a provider's decline code. Lost, stolen, pick-up and fraud codes are deliberately not told apart from an
 * ordinary no, and neither is a code nobody has met before.
 */
export function declineClass(code: string | null): DeclineClass {
  return CLASSES.get(code) ?? "generic";
}

/** Whether the same card may simply be tried again; otherwise another card is asked for. */
export function mayRetrySameCard(declined: DeclineClass): boolean {
  return declined === "funds" || declined === "details" || declined === "needs_approval" || declined === "technical";
}
