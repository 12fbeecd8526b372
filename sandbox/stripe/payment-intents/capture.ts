import { refused } from "../api/errors.ts";
import { captureCharge } from "../charges/capture.ts";
import { change, type Unit } from "../unit.ts";
import type { PaymentIntent } from "../wire.ts";
import { idOf } from "../world.ts";

/** Takes what was only reserved, or a part of it; the rest is let go. */
export function capture(unit: Unit, intent: PaymentIntent, wanted: number | undefined): PaymentIntent {
  const { world } = unit;
  const charge = world.charges.get(idOf(intent.latest_charge) ?? "");
  if (intent.status !== "requires_capture" || !charge)
    throw refused(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
      undefined,
      "payment_intent_unexpected_state",
    );
  const amount = wanted ?? intent.amount_capturable;
  captureCharge(unit, charge, amount, "amount_to_capture");
  return change(
    unit,
    world.paymentIntents,
    intent,
    { amount_capturable: 0, amount_received: amount, status: "succeeded" },
    "payment_intent.succeeded",
  );
}

type Reason = "abandoned" | "duplicate" | "fraudulent" | "requested_by_customer" | undefined;

/** Gives a payment up; what was reserved is let go. */
export function cancel(unit: Unit, intent: PaymentIntent, reason: Reason): PaymentIntent {
  if (intent.status === "succeeded" || intent.status === "canceled")
    throw refused(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
      undefined,
      "payment_intent_unexpected_state",
    );
  const { world } = unit;
  const charge = world.charges.get(idOf(intent.latest_charge) ?? "");
  if (intent.status === "requires_capture" && charge) world.due.drop("charge.expire", charge.id);
  if (intent.status === "requires_capture" && charge)
    change(unit, world.charges, charge, { amount_refunded: charge.amount, refunded: true }, "charge.refunded");
  return change(
    unit,
    world.paymentIntents,
    intent,
    {
      amount_capturable: 0,
      canceled_at: unit.now,
      cancellation_reason: reason ?? null,
      next_action: null,
      status: "canceled",
    },
    "payment_intent.canceled",
  );
}
