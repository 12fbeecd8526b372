import { invalid, refused, StripeFault } from "../api/errors.ts";
import { settlePaid } from "../invoices/collect.ts";
import { attachTo, methodNamed } from "../payment-methods/attach.ts";
import { cardFault } from "../subscriptions/card-fault.ts";
import { afterPaid } from "../subscriptions/standing.ts";
import { change, type Unit } from "../unit.ts";
import type { PaymentIntent } from "../wire.ts";
import { idOf } from "../world.ts";
import { pay, refuseApproval } from "./pay.ts";

export interface Confirming {
  method: string | undefined;
  offSession: boolean;
  returnUrl: string | undefined;
  /** A payment that would need approval is refused instead of waiting for it. */
  failWhenApprovalNeeded: boolean;
}

const confirmable = new Set<string>(["requires_payment_method", "requires_confirmation", "requires_action"]);

/** What is bought once the money came: an invoice that waited for it is paid, and a card to be kept is kept. */
function afterSuccess(unit: Unit, intent: PaymentIntent): PaymentIntent {
  const invoice = settlePaid(unit, intent);
  if (invoice) afterPaid(unit, invoice);
  const customer = unit.world.customers.get(idOf(intent.customer) ?? "");
  const method = unit.world.paymentMethods.get(idOf(intent.payment_method) ?? "");
  if (intent.setup_future_usage && customer && method && method.customer === null) attachTo(unit, method, customer);
  return intent;
}

/**
 * Tries to take the money for a payment. A refusal is answered as 402 and leaves its failed charge behind; an approval
 * that is needed leaves the payment waiting for the customer on the page that `next_action` names.
 */
export function confirm(unit: Unit, intent: PaymentIntent, how: Confirming): PaymentIntent | StripeFault {
  if (!confirmable.has(intent.status))
    throw refused(
      intent.status === "succeeded"
        ? "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed."
        : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action, requires_payment_method.`,
      undefined,
      "payment_intent_unexpected_state",
    );
  const id = how.method ?? idOf(intent.payment_method);
  if (id === null || id === undefined)
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      "payment_method",
      "payment_intent_unexpected_state",
    );
  const method = methodNamed(unit, id);
  if (method.customer !== null && method.customer !== intent.customer)
    throw invalid(
      `The provided PaymentMethod (${method.id}) belongs to another Customer, or to one that the PaymentIntent does not name.`,
      "payment_method",
    );
  const approvalUrl = `${unit.world.publicUrl}/approve/${intent.id}`;
  const paid = pay(unit, intent, method, { approved: false, offSession: how.offSession, approvalUrl });
  if (paid.outcome === "succeeded") return afterSuccess(unit, paid.intent);
  if (paid.outcome === "processing") return paid.intent;
  if (paid.outcome === "declined") return withPayment(cardFault(paid.decline), paid.intent);
  if (how.failWhenApprovalNeeded) throw cardFault("approval");
  const { returnUrl } = how;
  if (returnUrl === undefined) return paid.intent;
  const next = { redirect_to_url: { return_url: returnUrl, url: approvalUrl }, type: "redirect_to_url" };
  return change(unit, unit.world.paymentIntents, paid.intent, { next_action: next });
}

/** A card error names the payment it befell. */
function withPayment(fault: StripeFault, intent: PaymentIntent): StripeFault {
  const charge = idOf(intent.latest_charge);
  return new StripeFault(
    fault.status,
    {
      ...fault.body,
      ...(charge === null ? {} : { charge }),
      payment_intent: intent,
      payment_method: intent.last_payment_error?.payment_method,
    },
    true,
  );
}

/** The customer answered the bank on its page: yes pays, no leaves the payment open for another card. */
export function answerApproval(unit: Unit, intent: PaymentIntent, approved: boolean): PaymentIntent {
  const method = unit.world.paymentMethods.get(idOf(intent.payment_method) ?? "");
  if (intent.status !== "requires_action" || !method) return intent;
  if (!approved) return refuseApproval(unit, intent, method);
  const paid = pay(unit, intent, method, { approved: true, offSession: false });
  return paid.outcome === "succeeded" ? afterSuccess(unit, paid.intent) : paid.intent;
}
