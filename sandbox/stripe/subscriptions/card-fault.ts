import { StripeFault } from "../api/errors.ts";
import type { Decline } from "../cards/declines.ts";

/** 402: the payment was refused. Thrown, nothing was changed; answered, what the try left behind is kept. */
export function cardFault(why: Decline | "none" | "approval"): StripeFault {
  if (why === "none" || why === "approval") {
    const message =
      why === "none"
        ? "This customer has no attached payment source or default payment method."
        : "Payment for this subscription requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`. For more details see: https://stripe.com/docs/billing/subscriptions/overview#requires-action";
    const code = why === "none" ? "resource_missing" : "subscription_payment_intent_requires_action";
    return new StripeFault(
      why === "none" ? 400 : 402,
      {
        type: why === "none" ? "invalid_request_error" : "card_error",
        code,
        message,
      },
      true,
    );
  }
  return new StripeFault(
    402,
    {
      type: "card_error",
      code: why.code,
      message: why.message,
      ...(why.declineCode === null ? {} : { decline_code: why.declineCode }),
      ...(why.advice === null ? {} : { advice_code: why.advice }),
      ...(why.networkCode === null ? {} : { network_decline_code: why.networkCode }),
    },
    true,
  );
}
