import { invalid, refused } from "../api/errors.ts";
import { later, text, type Values } from "../api/params.ts";
import { inParam } from "../lookups.ts";
import { afterPaid } from "../subscriptions/standing.ts";
import type { Unit } from "../unit.ts";
import type { Invoice } from "../wire.ts";
import { idOf } from "../world.ts";
import { expectPayment, settle } from "./life.ts";

export const attachParams = { payment_intent: text(), payment_record: later() };

/**
 * Ties a payment that was made elsewhere to an open invoice. What it brings is credited when it has gone through, at once when it has
 * already: a part leaves the invoice open for the rest, and what is too much goes to the customer's balance.
 */
export function attachPayment(unit: Unit, current: Invoice, params: Values<typeof attachParams>): Invoice {
  const { world } = unit;
  if (params.payment_intent === undefined)
    throw invalid("Missing required param: payment_intent.", "payment_intent", "parameter_missing");
  if (current.status !== "open" && current.status !== "uncollectible")
    throw refused(`You can only attach payments to open invoices. This invoice is ${current.status}.`);
  const intent = inParam(world.paymentIntents, params.payment_intent, "payment_intent");
  if (intent.currency !== current.currency)
    throw invalid("The currency of the PaymentIntent must match the currency of the invoice.", "payment_intent");
  if (idOf(intent.customer) !== idOf(current.customer))
    throw invalid("The customer of the PaymentIntent must match the customer of the invoice.", "payment_intent");
  if (intent.status === "canceled")
    throw refused("A PaymentIntent that was canceled cannot be attached to an invoice.", "payment_intent");
  if (world.invoicePayments.by("payment_intent", intent.id).some((one) => one.status !== "canceled"))
    throw refused("This PaymentIntent is already attached to an invoice.", "payment_intent");
  const payment = expectPayment(unit, current, intent, false);
  if (intent.status !== "succeeded") return current;
  const settled = settle(unit, current, payment);
  if (settled.status === "paid") afterPaid(unit, settled);
  return world.invoices.get(current.id) ?? settled;
}
