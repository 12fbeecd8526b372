import { bookBalance } from "../charges/balance.ts";
import { newCharge } from "../charges/shape.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Charge, PaymentIntent, PaymentMethod } from "../wire.ts";
import { idOf } from "../world.ts";

/** How long a bank takes over a debit. */
const debitSeconds = 3 * 86_400;

/** The account number whose debits come back; every other one goes through. */
export const failingIban = "DE62370400440532013001";
export const goodIban = "DE89370400440532013000";

/** A bank is asked for the money: whether it comes shows days later. */
export function startDebit(unit: Unit, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const { world } = unit;
  const charge = create(
    unit,
    world.charges,
    { ...newCharge(unit, intent, method, false, null), paid: false, receipt_url: null, status: "pending" as const },
    "charge.pending",
  );
  world.due.put({ kind: "payment.settle", id: intent.id, at: unit.now + debitSeconds });
  return change(
    unit,
    world.paymentIntents,
    intent,
    { last_payment_error: null, latest_charge: charge.id, payment_method: method.id, status: "processing" },
    "payment_intent.processing",
  );
}

/** Whether the account's bank will send a debit back. */
export function comesBack(unit: Unit, intent: PaymentIntent): boolean {
  const method = unit.world.paymentMethods.get(idOf(intent.payment_method) ?? "");
  return method?.sepa_debit?.last4 === failingIban.slice(-4);
}

/** The money has come. */
export function debitSucceeded(unit: Unit, intent: PaymentIntent, charge: Charge): PaymentIntent {
  const { world } = unit;
  const paid = change(
    unit,
    world.charges,
    charge,
    { paid: true, receipt_url: `${world.publicUrl}/receipts/${charge.id}`, status: "succeeded" },
    "charge.succeeded",
  );
  const done = change(
    unit,
    world.paymentIntents,
    intent,
    { amount_received: intent.amount, status: "succeeded" },
    "payment_intent.succeeded",
  );
  const booked = bookBalance(unit, "charge", paid, paid.amount);
  change(unit, world.charges, paid, { balance_transaction: booked.id }, "charge.updated");
  return done;
}

/** The bank has sent the debit back: the payment is open for another way to pay. */
export function debitFailed(unit: Unit, intent: PaymentIntent, charge: Charge): PaymentIntent {
  const { world } = unit;
  const message = "The customer's bank account could not be debited.";
  const method = world.paymentMethods.get(idOf(intent.payment_method) ?? "");
  const refusal = { failure_code: "debit_not_authorized", failure_message: message, status: "failed" as const };
  change(unit, world.charges, charge, { ...refusal, amount_captured: 0, captured: false }, "charge.failed");
  return change(
    unit,
    world.paymentIntents,
    intent,
    {
      last_payment_error: {
        charge: charge.id,
        code: "debit_not_authorized",
        doc_url: "https://stripe.com/docs/error-codes/debit-not-authorized",
        message,
        ...(method ? { payment_method: method } : {}),
        type: "card_error",
      },
      payment_method: null,
      status: "requires_payment_method",
    },
    "payment_intent.payment_failed",
  );
}
