import { invalid, refused, StripeFault } from "../api/errors.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { allLater, integer, required, text, type Values } from "../api/params.ts";
import { declineFor } from "../cards/declines.ts";
import { checkAmount } from "../charges/amount.ts";
import { behaviorNow } from "../payment-methods/replace.ts";
import { cardFault } from "../subscriptions/card-fault.ts";
import { change, type Unit } from "../unit.ts";
import type { Charge, PaymentIntent } from "../wire.ts";
import { idOf } from "../world.ts";

export const incrementParams = {
  ...allLater(
    "amount_details",
    "application_fee_amount",
    "hooks",
    "payment_details",
    "statement_descriptor",
    "transfer_data",
  ),
  amount: required(integer()),
  description: text(1000),
  metadata: metadata(),
};

/** How often more can be asked of a card, refusals counted in. */
const mostTries = 10;

/** One more try to reserve more; beyond the tenth there is none. */
function countTry(unit: Unit, intent: PaymentIntent): void {
  const { increments } = unit.world;
  const known = increments.get(intent.id);
  if (known && known.tries >= mostTries)
    throw refused(
      `You have reached the maximum of ${mostTries} incremental authorization attempts for this PaymentIntent.`,
      "amount",
    );
  if (known) increments.replace({ ...known, tries: known.tries + 1 });
  else increments.insert({ id: intent.id, created: unit.now, tries: 1 });
}

/** A reservation that can grow: made for a payment that asked for it, and not taken yet. */
function reservedBy(unit: Unit, intent: PaymentIntent): Charge {
  if (intent.status !== "requires_capture")
    throw refused(
      `This PaymentIntent's authorization could not be incremented because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be incremented: requires_capture.`,
      undefined,
      "payment_intent_unexpected_state",
    );
  const charge = unit.world.charges.get(idOf(intent.latest_charge) ?? "");
  if (charge?.payment_method_details?.card?.incremental_authorization?.status === "available") return charge;
  throw invalid(
    "This PaymentIntent is not eligible for incremental authorization. Request it with payment_method_options[card][request_incremental_authorization]=if_available before the PaymentIntent is confirmed.",
  );
}

/** Asks the bank to reserve more of the same card. Refused, everything stays as it was, and what was reserved can still be taken. */
export function incrementAuthorization(
  unit: Unit,
  intent: PaymentIntent,
  params: Values<typeof incrementParams>,
): PaymentIntent | StripeFault {
  const { world } = unit;
  const charge = reservedBy(unit, intent);
  if (params.amount <= intent.amount)
    throw invalid("The amount must be greater than the currently authorized amount.", "amount");
  checkAmount(params.amount, intent.currency);
  countTry(unit, intent);
  const method = world.paymentMethods.get(idOf(charge.payment_method) ?? "");
  const why = method && behaviorNow(unit, method)?.refusedOnCharge;
  if (why) {
    const fault = cardFault(declineFor(why));
    return new StripeFault(fault.status, { ...fault.body, charge: charge.id, payment_intent: intent }, true);
  }
  const details = charge.payment_method_details;
  const card = details?.card && {
    ...details.card,
    amount_authorized: params.amount,
    overcapture: { maximum_amount_capturable: params.amount, status: "unavailable" as const },
  };
  change(
    unit,
    world.charges,
    charge,
    { amount: params.amount, ...(details && card ? { payment_method_details: { ...details, card } } : {}) },
    "charge.updated",
  );
  return change(
    unit,
    world.paymentIntents,
    intent,
    {
      amount: params.amount,
      amount_capturable: params.amount,
      description: params.description ?? intent.description,
      metadata: mergeMetadata(intent.metadata, params.metadata),
    },
    "payment_intent.amount_capturable_updated",
  );
}
