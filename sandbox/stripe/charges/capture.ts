import { newId } from "../../ids.ts";
import { invalid, refused } from "../api/errors.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Charge, Refund } from "../wire.ts";
import { idOf } from "../world.ts";
import { bookBalance } from "./balance.ts";
import { reservedSeconds } from "./shape.ts";

/** Money that was reserved and is not taken within a week goes back to the cardholder. */
export function awaitCapture(unit: Unit, charge: Charge): void {
  unit.world.due.put({ kind: "charge.expire", id: charge.id, at: charge.created + reservedSeconds });
}

/** Takes what a charge reserved, or a part of it; the rest is let go. */
export function captureCharge(unit: Unit, charge: Charge, wanted: number | undefined, param: string): Charge {
  const { world } = unit;
  const amount = wanted ?? charge.amount;
  if (amount > charge.amount)
    throw invalid(
      "The amount to capture cannot be greater than the amount that can be captured.",
      param,
      "amount_too_large",
    );
  world.due.drop("charge.expire", charge.id);
  const patch = { amount_captured: amount, captured: true, amount_refunded: 0 };
  const captured = change(unit, world.charges, charge, patch, "charge.captured");
  const booked = bookBalance(unit, "charge", captured, amount);
  return change(unit, world.charges, captured, { balance_transaction: booked.id }, "charge.updated");
}

/** A charge as it must be to be captured by itself. */
export function mustBeReserved(charge: Charge): Charge {
  const intent = idOf(charge.payment_intent);
  if (intent !== null)
    throw refused(
      `This charge belongs to the PaymentIntent ${intent}. Please capture the PaymentIntent instead: POST /v1/payment_intents/${intent}/capture.`,
      "charge",
    );
  if (charge.captured)
    throw refused(`Charge ${charge.id} has already been captured.`, undefined, "charge_already_captured");
  if (charge.refunded)
    throw refused(
      `Charge ${charge.id} cannot be captured because it has expired or was refunded.`,
      undefined,
      "charge_expired_for_capture",
    );
  if (charge.status !== "succeeded") throw refused(`Charge ${charge.id} has not succeeded and cannot be captured.`);
  return charge;
}

/** Lets reserved money go: nothing was taken, so nothing is booked. */
export function letGo(unit: Unit, charge: Charge, reason: Refund["reason"], metadata: Refund["metadata"]): Refund {
  const { world } = unit;
  world.due.drop("charge.expire", charge.id);
  const refund = create(
    unit,
    world.refunds,
    {
      id: newId("re"),
      object: "refund",
      amount: charge.amount,
      balance_transaction: null,
      charge: charge.id,
      created: unit.now,
      currency: charge.currency,
      customer: charge.customer,
      customer_account: null,
      metadata,
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      reason,
      receipt_number: null,
      source_transfer_reversal: null,
      status: "succeeded",
      transfer_reversal: null,
    },
    "refund.created",
  );
  change(unit, world.charges, charge, { amount_refunded: charge.amount, refunded: true }, "charge.refunded");
  return refund;
}

/** A week went by and nobody took the money. */
export function expireCharge(unit: Unit, id: string): void {
  const { world } = unit;
  const charge = world.charges.get(id);
  if (!charge || charge.captured || charge.refunded) return;
  change(unit, world.charges, charge, { amount_refunded: charge.amount, refunded: true }, "charge.expired");
  const intent = world.paymentIntents.get(idOf(charge.payment_intent) ?? "");
  if (intent?.status !== "requires_capture") return;
  change(
    unit,
    world.paymentIntents,
    intent,
    { amount_capturable: 0, canceled_at: unit.now, cancellation_reason: "automatic", status: "canceled" },
    "payment_intent.canceled",
  );
}
