import { isFinal, recovery } from "../billing/recovery.ts";
import type { Decline } from "../cards/declines.ts";
import { previousAttributes } from "../events/changes.ts";
import { recordEvent } from "../events/record.ts";
import { pay } from "../payment-intents/pay.ts";
import { newPaymentIntent } from "../payment-intents/shape.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Invoice, InvoicePayment, PaymentIntent, PaymentMethod, Subscription } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { expectPayment, isExpected, settle } from "./life.ts";

export type Collected =
  | { outcome: "paid"; invoice: Invoice }
  | { outcome: "declined"; invoice: Invoice; intent: PaymentIntent; decline: Decline | null }
  | { outcome: "needs_approval"; invoice: Invoice; intent: PaymentIntent }
  /** A bank decides days later. */
  | { outcome: "processing"; invoice: Invoice; intent: PaymentIntent };

export interface Collecting {
  /** A card to use instead of the one that the invoice would be charged to. */
  method?: PaymentMethod | undefined;
  /** The customer is not there. */
  offSession: boolean;
}

export function subscriptionOf(world: World, invoice: Invoice): Subscription | undefined {
  return world.subscriptions.get(idOf(invoice.parent?.subscription_details?.subscription) ?? "");
}

/** The card that an invoice is charged to: its own, the subscription's, else the customer's. */
export function cardFor(
  world: World,
  invoice: Pick<Invoice, "customer" | "parent" | "default_payment_method">,
): PaymentMethod | undefined {
  const subscription = world.subscriptions.get(idOf(invoice.parent?.subscription_details?.subscription) ?? "");
  const customer = world.customers.get(idOf(invoice.customer) ?? "");
  const id =
    idOf(invoice.default_payment_method) ??
    idOf(subscription?.default_payment_method) ??
    idOf(customer?.invoice_settings.default_payment_method) ??
    idOf(customer?.default_source);
  return id === null ? undefined : world.paymentMethods.get(id);
}

/** The payment that an open invoice expects; made when there is none yet. */
export function expectedPayment(unit: Unit, open: Invoice): { expected: InvoicePayment; intent: PaymentIntent } {
  const { world } = unit;
  const known = world.invoicePayments.by("invoice", open.id).find(isExpected);
  const intent = world.paymentIntents.get(idOf(known?.payment.payment_intent) ?? "");
  if (known && intent) return { expected: known, intent };
  const first = open.billing_reason === "subscription_create";
  const made = create(
    unit,
    world.paymentIntents,
    newPaymentIntent(unit, open.amount_remaining, open.currency, {
      capture_method: "automatic",
      customer: open.customer,
      description: open.parent ? `Subscription ${first ? "creation" : "update"}` : "Payment for Invoice",
      payment_details: { customer_reference: null, order_reference: open.id },
      setup_future_usage: "off_session",
    }),
    "payment_intent.created",
  );
  return { expected: expectPayment(unit, open, made), intent: made };
}

/** Whether this card must not be charged again for this payment. */
function isHopeless(intent: PaymentIntent, method: PaymentMethod): boolean {
  if (intent.status === "requires_action" && idOf(intent.payment_method) === method.id) return true;
  const error = intent.last_payment_error;
  return error?.payment_method?.id === method.id && isFinal(error.decline_code);
}

/** Whether the bank relents at this try, as the account's recovery setting says. */
function relents(unit: Unit, invoice: Invoice, intent: PaymentIntent): boolean {
  const error = intent.last_payment_error;
  const on = recovery(unit.world).recoversOnTry[error?.decline_code ?? error?.code ?? ""];
  return on !== undefined && invoice.attempt_count + 1 >= on;
}

/**
 * Tries to charge an open invoice. Nothing due is paid without a payment. A refusal counts as a try and is announced;
 * what becomes of the subscription is for the caller. A card that was refused for good is not charged again.
 */
export function collectInvoice(unit: Unit, open: Invoice, how: Collecting): Collected {
  const { world } = unit;
  if (open.amount_due === 0) return { outcome: "paid", invoice: settle(unit, open, undefined) };
  const { expected, intent } = expectedPayment(unit, open);
  if (intent.status === "processing") return { outcome: "processing", invoice: open, intent };
  const method = how.method ?? cardFor(world, open);
  if (!method || isHopeless(intent, method)) {
    return { outcome: "declined", invoice: tried(unit, open), intent, decline: null };
  }
  const attempt = { approved: false, offSession: how.offSession, certain: relents(unit, open, intent), invoice: true };
  const paid = pay(unit, intent, method, attempt);
  if (paid.outcome === "succeeded") return { outcome: "paid", invoice: settle(unit, open, expected) };
  if (paid.outcome === "processing") {
    const waiting = change(unit, world.invoices, open, { attempted: true, next_payment_attempt: null });
    return { outcome: "processing", invoice: waiting, intent: paid.intent };
  }
  if (paid.outcome === "needs_approval") {
    const waiting = how.offSession ? tried(unit, open, true) : change(unit, world.invoices, open, { attempted: true });
    if (!how.offSession) recordEvent(unit, "invoice.payment_action_required", waiting);
    return { outcome: "needs_approval", invoice: waiting, intent: paid.intent };
  }
  return { outcome: "declined", invoice: tried(unit, open), intent: paid.intent, decline: paid.decline };
}

/** One more try that brought nothing; the next one is set by the schedule before it is announced. */
export function tried(unit: Unit, open: Invoice, approval = false): Invoice {
  const next = nextTry(unit, open);
  const now: Partial<Invoice> = {
    attempt_count: open.attempt_count + 1,
    attempted: true,
    next_payment_attempt: next,
  };
  if (next !== null) unit.world.due.put({ kind: "invoice.retry", id: open.id, at: next });
  const failed = change(unit, unit.world.invoices, open, now, "invoice.payment_failed");
  if (approval) recordEvent(unit, "invoice.payment_action_required", failed);
  recordEvent(unit, "invoice.updated", failed, previousAttributes(open, failed));
  return failed;
}

/** When a renewal is tried again: counted from its first try, so that retries do not drift. */
function nextTry(unit: Unit, open: Invoice): number | null {
  if (open.collection_method === "send_invoice") return null;
  if (!open.auto_advance || open.billing_reason === "subscription_create" || open.billing_reason === "manual")
    return null;
  const { retryAfterHours } = recovery(unit.world);
  const hours = retryAfterHours[open.attempt_count];
  if (hours === undefined) return null;
  const before = open.attempt_count === 0 ? 0 : (retryAfterHours[open.attempt_count - 1] ?? 0);
  return unit.now + Math.max(1, hours - before) * 3_600;
}

/** The invoice that expects a payment, with the entry that says so. */
export function expecting(world: World, intent: PaymentIntent): { expected?: InvoicePayment; open?: Invoice } {
  const expected = world.invoicePayments.by("payment_intent", intent.id).find((one) => one.status === "open");
  const open = world.invoices.get(idOf(expected?.invoice) ?? "");
  return { ...(expected ? { expected } : {}), ...(open ? { open } : {}) };
}

/** A payment went through: the invoice that expected it is paid; none when it paid a part only. */
export function settlePaid(unit: Unit, intent: PaymentIntent): Invoice | undefined {
  const { expected, open } = expecting(unit.world, intent);
  if (!expected || (open?.status !== "open" && open?.status !== "uncollectible")) return undefined;
  const settled = settle(unit, open, expected);
  return settled.status === "paid" ? settled : undefined;
}
