import { recovery } from "../billing/recovery.ts";
import {
  type Collected,
  type Collecting,
  collectInvoice,
  expecting,
  subscriptionOf,
  tried,
} from "../invoices/collect.ts";
import { settle } from "../invoices/life.ts";
import { sendOut } from "../invoices/send.ts";
import { change, type Unit } from "../unit.ts";
import type { Invoice, PaymentIntent, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { cancellationDetails, endSubscription } from "./cancel.ts";
import { applyPendingUpdate } from "./pending-update.ts";

function setStatus(unit: Unit, subscription: Subscription, status: Subscription["status"]): Subscription {
  return change(unit, unit.world.subscriptions, subscription, { status }, "customer.subscription.updated");
}

/** An invoice was paid: what waited for it goes on, and the latest one being paid brings a subscription back into order. */
export function afterPaid(unit: Unit, invoice: Invoice): void {
  const subscription = subscriptionOf(unit.world, invoice);
  if (!subscription || subscription.status === "canceled") return;
  applyPendingUpdate(unit, subscription, invoice);
  const current = unit.world.subscriptions.get(subscription.id) ?? subscription;
  if (idOf(current.latest_invoice) !== invoice.id) return;
  if (current.status === "incomplete") {
    unit.world.due.drop("subscription.incomplete_expire", current.id);
    const trialing = current.trial_end !== null && current.trial_end > unit.now;
    setStatus(unit, current, trialing ? "trialing" : "active");
  } else if (current.status === "past_due" || current.status === "unpaid") setStatus(unit, current, "active");
  else if (current.status === "paused") {
    const { status_details: _paused, ...rest } = current;
    const stored = unit.world.subscriptions.replace(rest);
    change(unit, unit.world.subscriptions, stored, { status: "active" }, "customer.subscription.resumed");
  }
}

/** A try to charge failed: a renewal is past due, and after the last retry the account's setting decides. */
function afterFailed(unit: Unit, invoice: Invoice): void {
  const subscription = subscriptionOf(unit.world, invoice);
  // Whoever was sent an invoice has until its day, whatever is tried before.
  if (!subscription || invoice.collection_method === "send_invoice") return;
  // A change that waits for this payment was not made, so nothing is owed for it.
  if (subscription.pending_update && idOf(subscription.latest_invoice) === invoice.id) return;
  const { status } = subscription;
  if (status !== "active" && status !== "trialing" && status !== "past_due") return;
  const overdue = status === "past_due" ? subscription : setStatus(unit, subscription, "past_due");
  if (invoice.next_payment_attempt !== null || invoice.billing_reason !== "subscription_cycle") return;
  const { endAction } = recovery(unit.world);
  if (endAction === "unpaid") setStatus(unit, overdue, "unpaid");
  if (endAction !== "cancel") return;
  const details = { ...cancellationDetails(overdue, undefined, true), reason: "payment_failed" as const };
  endSubscription(unit, overdue, details);
}

/** Charges an open invoice and lets its subscription feel the outcome. */
export function collectFor(unit: Unit, open: Invoice, how: Collecting): Collected {
  const collected = collectInvoice(unit, open, how);
  if (collected.outcome === "paid") afterPaid(unit, collected.invoice);
  else if (collected.outcome === "declined" || (collected.outcome === "needs_approval" && how.offSession))
    afterFailed(unit, collected.invoice);
  return collected;
}

/** What an invoice that was just opened comes to: nothing is owed, it goes to its customer, or it is charged. */
export function concludeOpen(unit: Unit, open: Invoice, how: Collecting): void {
  if (open.amount_due === 0) afterPaid(unit, settle(unit, open, undefined));
  else if (open.collection_method === "send_invoice") sendOut(unit, open);
  else collectFor(unit, open, how);
}

/** A payment that was on its way came back: the invoice that expected it was tried in vain. */
export function failedLater(unit: Unit, intent: PaymentIntent): void {
  const { open } = expecting(unit.world, intent);
  if (open?.status === "open") afterFailed(unit, tried(unit, open));
}

/** Another card is there: what is overdue and is being retried is charged to it at once. */
export function collectOverdue(unit: Unit, subscription: Subscription): void {
  if (subscription.status !== "past_due" && subscription.status !== "unpaid") return;
  for (const invoice of unit.world.invoices.by("subscription", subscription.id)) {
    if (invoice.status !== "open" || !invoice.attempted || invoice.collection_method === "send_invoice") continue;
    unit.world.due.drop("invoice.retry", invoice.id);
    collectFor(unit, invoice, { offSession: true });
  }
}
