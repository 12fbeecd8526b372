import { notSimulated } from "../api/errors.ts";
import type { CardBehavior } from "../cards/behavior.ts";
import { type Decline, type DeclineReason, declineFor } from "../cards/declines.ts";
import { awaitCapture } from "../charges/capture.ts";
import { newCharge } from "../charges/shape.ts";
import { takeMoney } from "../charges/take.ts";
import { behaviorNow } from "../payment-methods/replace.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Charge, PaymentIntent, PaymentMethod } from "../wire.ts";
import { startDebit } from "./debit.ts";

export type PaymentOutcome =
  | { outcome: "succeeded"; intent: PaymentIntent; charge: Charge }
  | { outcome: "declined"; intent: PaymentIntent; decline: Decline }
  | { outcome: "needs_approval"; intent: PaymentIntent }
  /** A bank decides days later. */
  | { outcome: "processing"; intent: PaymentIntent };

export interface Attempt {
  /** The customer has just approved it with the bank. */
  approved: boolean;
  /** The customer is not there, so nobody can approve. */
  offSession: boolean;
  /** Where the customer approves, when the bank asks for it. */
  approvalUrl?: string;
  /** The bank has changed its mind and says yes to whatever it refused before. */
  certain?: boolean;
  /** For an invoice: when nobody is there to approve, the payment waits for the customer instead of being refused. */
  invoice?: boolean;
}

/** What the bank would say to this card now. Pure, so a renewal can be judged before its time comes. */
export function judge(behavior: CardBehavior, attempt: Attempt): DeclineReason | "needs_approval" | null {
  if (attempt.certain) return null;
  if (behavior.refusedAtOnce) return behavior.refusedAtOnce;
  const asks = behavior.approval === "always" || (behavior.approval === "first" && !attempt.offSession);
  if (asks && !attempt.approved) return attempt.offSession ? "authentication" : "needs_approval";
  if (attempt.approved && behavior.refusedAfterApproval) return behavior.refusedAfterApproval;
  return behavior.refusedOnCharge;
}

/**
 * Tries to take the money for a payment from a card. A refusal leaves the payment open for another card and is
 * recorded as a failed charge; one that needs approval waits for the customer.
 */
export function pay(unit: Unit, intent: PaymentIntent, method: PaymentMethod, attempt: Attempt): PaymentOutcome {
  if (method.type === "sepa_debit") return { outcome: "processing", intent: startDebit(unit, intent, method) };
  const behavior = behaviorNow(unit, method);
  if (!behavior) throw notSimulated(`charging a payment method of type ${method.type} `);
  const verdict = judge(behavior, attempt);
  if (verdict === "needs_approval" || (verdict === "authentication" && attempt.invoice))
    return { outcome: "needs_approval", intent: askApproval(unit, intent, method, attempt) };
  const charging = { ...intent, payment_method: method.id };
  if (verdict !== null) return declined(unit, charging, method, attempt, declineFor(verdict));
  const charge = create(
    unit,
    unit.world.charges,
    newCharge(unit, charging, method, attempt.approved, null),
    "charge.succeeded",
  );
  if (intent.capture_method === "manual")
    return { outcome: "succeeded", charge, intent: reserved(unit, intent, charge) };
  const paid = change(
    unit,
    unit.world.paymentIntents,
    intent,
    {
      amount_received: intent.amount,
      last_payment_error: null,
      latest_charge: charge.id,
      next_action: null,
      payment_method: method.id,
      status: "succeeded",
    },
    "payment_intent.succeeded",
  );
  return { outcome: "succeeded", intent: paid, charge: takeMoney(unit, charge, behavior) };
}

/** The bank sets the money aside, and it is taken when the seller says so. */
function reserved(unit: Unit, intent: PaymentIntent, charge: Charge): PaymentIntent {
  awaitCapture(unit, charge);
  return change(
    unit,
    unit.world.paymentIntents,
    intent,
    {
      amount_capturable: intent.amount,
      last_payment_error: null,
      latest_charge: charge.id,
      next_action: null,
      payment_method: charge.payment_method,
      status: "requires_capture",
    },
    "payment_intent.amount_capturable_updated",
  );
}

function askApproval(unit: Unit, intent: PaymentIntent, method: PaymentMethod, attempt: Attempt): PaymentIntent {
  const url = attempt.approvalUrl ?? `${unit.world.publicUrl}/approve/${intent.id}`;
  return change(
    unit,
    unit.world.paymentIntents,
    intent,
    {
      next_action: { redirect_to_url: { return_url: url, url }, type: "redirect_to_url" },
      payment_method: method.id,
      status: "requires_action",
    },
    "payment_intent.requires_action",
  );
}

function declined(
  unit: Unit,
  intent: PaymentIntent,
  method: PaymentMethod,
  attempt: Attempt,
  decline: Decline,
): PaymentOutcome {
  const charge = create(
    unit,
    unit.world.charges,
    newCharge(unit, intent, method, attempt.approved, decline),
    "charge.failed",
  );
  const failed = change(
    unit,
    unit.world.paymentIntents,
    intent,
    {
      last_payment_error: {
        ...(decline.advice === null ? {} : { advice_code: decline.advice }),
        charge: charge.id,
        code: decline.code as "card_declined",
        ...(decline.declineCode === null ? {} : { decline_code: decline.declineCode }),
        doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll("_", "-")}`,
        message: decline.message,
        ...(decline.networkCode === null ? {} : { network_decline_code: decline.networkCode }),
        payment_method: method,
        type: "card_error",
      },
      latest_charge: charge.id,
      next_action: null,
      payment_method: null,
      status: "requires_payment_method",
    },
    "payment_intent.payment_failed",
  );
  return { outcome: "declined", intent: failed, decline };
}

/** The customer refused to approve: no charge was made, and another card can be tried. */
export function refuseApproval(unit: Unit, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  return change(
    unit,
    unit.world.paymentIntents,
    intent,
    {
      last_payment_error: {
        code: "payment_intent_authentication_failure",
        doc_url: "https://stripe.com/docs/error-codes/payment-intent-authentication-failure",
        message:
          "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
        payment_method: method,
        type: "invalid_request_error",
      },
      next_action: null,
      payment_method: null,
      status: "requires_payment_method",
    },
    "payment_intent.payment_failed",
  );
}
