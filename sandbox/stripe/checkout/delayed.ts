import { recordEvent } from "../events/record.ts";
import { settlePaid } from "../invoices/collect.ts";
import { comesBack, debitFailed, debitSucceeded } from "../payment-intents/debit.ts";
import { newOtherMethod } from "../payment-methods/other-kinds.ts";
import { noAddress } from "../payment-methods/shape.ts";
import { afterPaid, failedLater } from "../subscriptions/standing.ts";
import { change, type Unit } from "../unit.ts";
import type { CheckoutSession, PaymentIntent } from "../wire.ts";
import { idOf } from "../world.ts";
import { complete, intentFor } from "./complete.ts";
import type { Buyer } from "./details.ts";
import { dueNow } from "./due-now.ts";

/**
 * An account number was entered instead of a card. The session is complete at once and, when something is due, not paid yet:
 * whether the money comes shows days later. Safe to call for a session that is complete already.
 */
export function submitDebit(unit: Unit, sessionId: string, buyer: Buyer, iban: string): CheckoutSession {
  const { world } = unit;
  const session = world.sessions.get(sessionId);
  const details = world.checkoutDetails.get(sessionId);
  if (!session || !details) throw new Error(`no such checkout: ${sessionId}`);
  if (session.status === "complete") return session;
  const method = newOtherMethod(
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
  if (dueNow(world, session).due > 0) intentFor(unit, session, details);
  return complete(unit, sessionId, method, buyer, false);
}

/**
 * The bank has decided about a debit; with an outcome, it decides so. The checkout and the invoice that wait for the money
 * learn of it.
 */
export function settleDebit(unit: Unit, intentId: string, outcome?: "succeeds" | "fails"): PaymentIntent | undefined {
  const { world } = unit;
  const intent = world.paymentIntents.get(intentId);
  const charge = world.charges.get(idOf(intent?.latest_charge) ?? "");
  if (intent?.status !== "processing" || charge?.status !== "pending") return undefined;
  world.due.drop("payment.settle", intentId);
  const session = waitingSession(unit, intentId);
  if (outcome === undefined ? comesBack(unit, intent) : outcome === "fails") {
    const failed = debitFailed(unit, intent, charge);
    failedLater(unit, failed);
    // The session itself stays as it is: complete, and never paid.
    if (session) recordEvent(unit, "checkout.session.async_payment_failed", session);
    return failed;
  }
  const paid = debitSucceeded(unit, intent, charge);
  const invoice = settlePaid(unit, paid);
  if (invoice) afterPaid(unit, invoice);
  if (session)
    change(unit, world.sessions, session, { payment_status: "paid" }, "checkout.session.async_payment_succeeded");
  return paid;
}

/** The checkout whose payment this is: of its own, or of its subscription's first invoice. */
function waitingSession(unit: Unit, intentId: string): CheckoutSession | undefined {
  const { world } = unit;
  const own = world.sessions.first("payment_intent", intentId);
  const payment = world.invoicePayments.first("payment_intent", intentId);
  const invoice = world.invoices.get(idOf(payment?.invoice) ?? "");
  const subscription = idOf(invoice?.parent?.subscription_details?.subscription);
  const started = subscription === null ? undefined : world.sessions.first("subscription", subscription);
  const session = own ?? (idOf(started?.invoice) === invoice?.id ? started : undefined);
  return session?.payment_status === "unpaid" ? session : undefined;
}
