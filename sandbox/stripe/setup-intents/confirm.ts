import { invalid, refused, StripeFault } from "../api/errors.ts";
import { declineFor } from "../cards/declines.ts";
import { attachTo, methodNamed } from "../payment-methods/attach.ts";
import { cardFault } from "../subscriptions/card-fault.ts";
import { change, type Unit } from "../unit.ts";
import type { PaymentMethod, SetupIntent } from "../wire.ts";
import { idOf } from "../world.ts";

/** The card is saved for payments to come, and belongs to the customer from now on. */
export function saveCard(unit: Unit, intent: SetupIntent, method: PaymentMethod): SetupIntent {
  const customer = unit.world.customers.get(idOf(intent.customer) ?? "");
  if (customer) attachTo(unit, method, customer);
  return change(
    unit,
    unit.world.setupIntents,
    intent,
    { last_setup_error: null, next_action: null, payment_method: method.id, status: "succeeded" },
    "setup_intent.succeeded",
  );
}

/** Asks the bank to let a card be kept: saved, refused with 402, or waiting for the customer's approval. */
export function confirmSetup(unit: Unit, intent: SetupIntent, id: string | null): SetupIntent | StripeFault {
  if (intent.status === "succeeded" || intent.status === "canceled")
    throw refused(
      `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
      undefined,
      "setup_intent_unexpected_state",
    );
  if (id === null)
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      "payment_method",
      "setup_intent_unexpected_state",
    );
  const method = methodNamed(unit, id);
  const behavior = unit.world.cards.get(method.id)?.behavior;
  if (behavior?.refusedAtOnce) {
    const fault = cardFault(declineFor(behavior.refusedAtOnce));
    const error = {
      code: "card_declined" as const,
      message: fault.message,
      payment_method: method,
      type: "card_error" as const,
    };
    const failed = change(
      unit,
      unit.world.setupIntents,
      intent,
      { last_setup_error: error, payment_method: null, status: "requires_payment_method" },
      "setup_intent.setup_failed",
    );
    return new StripeFault(402, { ...fault.body, setup_intent: failed, payment_method: method }, true);
  }
  if (behavior && behavior.approval !== "never" && intent.status !== "requires_action") {
    const page = `${unit.world.publicUrl}/approve/${intent.id}`;
    return change(
      unit,
      unit.world.setupIntents,
      intent,
      {
        next_action: { redirect_to_url: { return_url: page, url: page }, type: "redirect_to_url" },
        payment_method: method.id,
        status: "requires_action",
      },
      "setup_intent.requires_action",
    );
  }
  return saveCard(unit, intent, method);
}

/** The customer answered the bank: yes saves the card, no leaves the setup open for another one. */
export function answerSetup(unit: Unit, intent: SetupIntent, approved: boolean): SetupIntent {
  const method = unit.world.paymentMethods.get(idOf(intent.payment_method) ?? "");
  if (intent.status !== "requires_action" || !method) return intent;
  if (approved) return saveCard(unit, intent, method);
  const error = {
    code: "setup_intent_authentication_failure" as const,
    message: "The latest attempt to set up the payment method has failed because authentication failed.",
    payment_method: method,
    type: "invalid_request_error" as const,
  };
  return change(
    unit,
    unit.world.setupIntents,
    intent,
    { last_setup_error: error, next_action: null, payment_method: null, status: "requires_payment_method" },
    "setup_intent.setup_failed",
  );
}
