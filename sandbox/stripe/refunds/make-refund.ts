import { newId } from "../../ids.ts";
import { formatAmount } from "../amounts.ts";
import { refused } from "../api/errors.ts";
import { bookBalance } from "../charges/balance.ts";
import { letGo } from "../charges/capture.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Charge, Refund } from "../wire.ts";
import { idOf } from "../world.ts";
import { refundSeconds } from "./settle.ts";

/** How much of the charge to give back; never more than what is left of it. */
function refundAmount(charge: Charge, wanted: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.status !== "succeeded")
    throw refused(`Charge ${charge.id} has not succeeded and cannot be refunded.`, "charge");
  if (left === 0) throw refused(`Charge ${charge.id} has already been refunded.`, undefined, "charge_already_refunded");
  const amount = wanted ?? left;
  if (amount > left) {
    throw refused(
      `Refund amount (${formatAmount(amount, charge.currency)}) is greater than unrefunded amount on charge (${formatAmount(left, charge.currency)})`,
      "amount",
    );
  }
  return amount;
}

export interface NewRefund {
  amount: number | undefined;
  metadata: Record<string, string>;
  reason: Refund["reason"];
}

/** Gives back a charge or a part of it: at once, or a day later where the card is one whose refunds take that long. */
export function makeRefund(unit: Unit, charge: Charge, given: NewRefund): Refund {
  if (charge.status === "succeeded" && !charge.captured && !charge.refunded && charge.payment_intent === null) {
    if ((given.amount ?? charge.amount) !== charge.amount)
      throw refused("You cannot partially refund an uncaptured charge. Instead, capture a part of it.", "amount");
    return letGo(unit, charge, given.reason, given.metadata);
  }
  const amount = refundAmount(charge, given.amount);
  const id = newId("re");
  const arrives = unit.world.cards.get(idOf(charge.payment_method) ?? "")?.behavior.refunds;
  if (arrives) unit.world.due.put({ kind: "refund.settle", id, at: unit.now + refundSeconds });
  const booked = bookBalance(
    unit,
    "refund",
    {
      id,
      currency: charge.currency,
      description: `REFUND FOR CHARGE${charge.description ? ` (${charge.description})` : ""}`,
    },
    -amount,
  );
  const refund: Refund = {
    id,
    object: "refund",
    amount,
    balance_transaction: booked.id,
    charge: charge.id,
    created: unit.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      type: "card",
    },
    metadata: given.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: arrives === "later" ? "pending" : "succeeded",
    transfer_reversal: null,
  };
  const refunded = charge.amount_refunded + amount;
  const stored = create(unit, unit.world.refunds, refund, "refund.created");
  change(
    unit,
    unit.world.charges,
    charge,
    { amount_refunded: refunded, refunded: refunded === charge.amount_captured },
    "charge.refunded",
  );
  return stored;
}
