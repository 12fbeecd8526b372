import { bookBalance } from "../charges/balance.ts";
import { newCharge } from "../charges/shape.ts";
import { recordEvent } from "../events/record.ts";
import { newOtherMethod } from "../payment-methods/other-kinds.ts";
import { noAddress } from "../payment-methods/shape.ts";
import { change, create, type Unit } from "../unit.ts";
import type { CheckoutSession, PaymentIntent } from "../wire.ts";
import { idOf } from "../world.ts";
import { attach, customerDetails, customerFor, shippingAddress } from "./buyer.ts";
import { intentFor } from "./complete.ts";
import type { Buyer } from "./details.ts";

/** How long a bank takes over a debit. */
const debitSeconds = 3 * 86_400;

/** The account number whose debits come back; every other one goes through. */
export const failingIban = "DE62370400440532013001";
export const goodIban = "DE89370400440532013000";

/**
 * An account number was entered instead of a card. The session is complete at once and not paid yet: whether the money
 * comes shows days later. Safe to call for a session that is complete already.
 */
export function submitDebit(unit: Unit, sessionId: string, buyer: Buyer, iban: string): CheckoutSession {
  const { world } = unit;
  const session = world.sessions.get(sessionId);
  const details = world.checkoutDetails.get(sessionId);
  if (!session || !details) throw new Error(`no such checkout: ${sessionId}`);
  if (session.status === "complete") return session;
  const customer = customerFor(unit, session, buyer);
  const made = newOtherMethod(
    unit,
    "sepa_debit",
    { iban },
    {
      allow_redisplay: "limited",
      billing_details: {
        address: { ...noAddress, country: buyer.country },
        email: buyer.email,
        name: buyer.name,
        phone: null,
        tax_id: null,
      },
      metadata: {},
    },
  );
  const intent = intentFor(unit, session, details);
  const method = customer && intent.setup_future_usage !== null ? attach(unit, made, customer) : made;
  const shipping = shippingAddress(buyer);
  const meant = change(unit, world.paymentIntents, intent, {
    customer: customer?.id ?? null,
    payment_method_types: session.payment_method_types,
    shipping: shipping && { ...shipping, carrier: null, phone: null, tracking_number: null },
  });
  const charge = create(
    unit,
    world.charges,
    { ...newCharge(unit, meant, method, false, null), paid: false, receipt_url: null, status: "pending" as const },
    "charge.pending",
  );
  change(
    unit,
    world.paymentIntents,
    meant,
    { latest_charge: charge.id, payment_method: method.id, status: "processing" },
    "payment_intent.processing",
  );
  world.checkoutDetails.replace({
    ...details,
    intentId: intent.id,
    debitFails: iban.replace(/\s/g, "") === failingIban,
  });
  world.due.drop("checkout.expire", session.id);
  world.due.put({ kind: "payment.settle", id: intent.id, at: unit.now + debitSeconds });
  return change(
    unit,
    world.sessions,
    world.sessions.get(sessionId) ?? session,
    {
      collected_information: { business_name: null, individual_name: null, shipping_details: shipping },
      customer: customer?.id ?? null,
      customer_details: customerDetails(buyer),
      payment_intent: intent.id,
      payment_status: "unpaid",
      status: "complete",
      url: null,
    },
    "checkout.session.completed",
  );
}

/** The bank has decided about a debit that a checkout waits for; with an outcome, it decides so. */
export function settleDebit(unit: Unit, intentId: string, outcome?: "succeeds" | "fails"): PaymentIntent | undefined {
  const { world } = unit;
  const intent = world.paymentIntents.get(intentId);
  const charge = world.charges.get(idOf(intent?.latest_charge) ?? "");
  const session = world.sessions.first("payment_intent", intentId);
  if (intent?.status !== "processing" || charge?.status !== "pending" || !session) return undefined;
  world.due.drop("payment.settle", intentId);
  const planned = world.checkoutDetails.get(session.id)?.debitFails === true;
  if (outcome === undefined ? planned : outcome === "fails") return fail(unit, intent, charge.id, session);
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
  change(unit, world.sessions, session, { payment_status: "paid" }, "checkout.session.async_payment_succeeded");
  return done;
}

function fail(unit: Unit, intent: PaymentIntent, chargeId: string, session: CheckoutSession): PaymentIntent {
  const { world } = unit;
  const message = "The customer's bank account could not be debited.";
  const charge = world.charges.get(chargeId);
  const method = world.paymentMethods.get(idOf(intent.payment_method) ?? "");
  if (charge)
    change(
      unit,
      world.charges,
      charge,
      {
        amount_captured: 0,
        captured: false,
        failure_code: "debit_not_authorized",
        failure_message: message,
        status: "failed",
      },
      "charge.failed",
    );
  const failed = change(
    unit,
    world.paymentIntents,
    intent,
    {
      last_payment_error: {
        charge: chargeId,
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
  // The session itself stays as it is: complete, and never paid.
  recordEvent(unit, "checkout.session.async_payment_failed", session);
  return failed;
}
