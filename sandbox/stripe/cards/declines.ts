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
