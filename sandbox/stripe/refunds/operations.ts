import { newId } from "../../ids.ts";
import { formatAmount } from "../amounts.ts";
import { invalid, refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { integer, later, mergeMetadata, metadata, oneOf, range, text } from "../api/params.ts";
import { bookBalance } from "../charges/balance.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Charge, Refund } from "../wire.ts";
import { idOf } from "../world.ts";
import { refundSeconds } from "./settle.ts";

/** The charge that a refund names, directly or through its payment. */
function chargeToRefund(unit: Unit, charge: string | undefined, intent: string | undefined): Charge {
  if (charge !== undefined) return inParam(unit.world.charges, charge, "charge");
  if (intent === undefined)
    throw invalid("One of the following params should be provided for this request: payment_intent or charge.");
  const latest = idOf(inParam(unit.world.paymentIntents, intent, "payment_intent").latest_charge);
  const found = latest === null ? undefined : unit.world.charges.get(latest);
  if (found?.status === "succeeded") return found;
  throw refused(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, "payment_intent");
}

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

export const refundOperations = [
  operation(
    "POST",
    "/v1/refunds",
    {
      amount: integer(1),
      charge: text(),
      currency: later(),
      customer: later(),
      instructions_email: later(),
      metadata: metadata(),
      origin: later(),
      payment_intent: text(),
      reason: oneOf(["duplicate", "fraudulent", "requested_by_customer"]),
      refund_application_fee: later(),
      reverse_transfer: later(),
    },
    ({ unit }, params) => {
      const charge = chargeToRefund(unit, params.charge, params.payment_intent);
      const amount = refundAmount(charge, params.amount);
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
        metadata: mergeMetadata({}, params.metadata),
        payment_intent: charge.payment_intent,
        payment_method: charge.payment_method,
        reason: params.reason ?? null,
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
        {
          amount_refunded: refunded,
          refunded: refunded === charge.amount_captured,
        },
        "charge.refunded",
      );
      return stored;
    },
  ),
  operation(
    "GET",
    "/v1/refunds",
    { ...paging, charge: text(), created: range(), payment_intent: text() },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.refunds, params, {
        where: sent({ charge: params.charge, payment_intent: params.payment_intent }),
        created: params.created ?? {},
      }),
  ),
  operation("GET", "/v1/refunds/:id", {}, ({ unit, ids }) => inPath(unit.world.refunds, ids[0])),
  operation("POST", "/v1/refunds/:id/cancel", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.refunds, ids[0]);
    throw refused(
      `You can only cancel refunds that require the customer's action; ${current.id} is ${current.status}.`,
      undefined,
      "refund_cannot_be_canceled",
    );
  }),
  operation("POST", "/v1/refunds/:id", { metadata: metadata() }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.refunds, ids[0]);
    return change(
      unit,
      unit.world.refunds,
      current,
      { metadata: mergeMetadata(current.metadata ?? {}, params.metadata) },
      "refund.updated",
    );
  }),
];
