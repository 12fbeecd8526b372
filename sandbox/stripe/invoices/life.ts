import { newId } from "../../ids.ts";
import { applyCredits, returnCredits } from "../credit-grants/apply.ts";
import { moveBalance } from "../customers/balance.ts";
import { recordEvent } from "../events/record.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Customer, Invoice, InvoicePayment, PaymentIntent } from "../wire.ts";
import { idOf } from "../world.ts";
import { watchDueDate } from "./due-date.ts";
import { dueOf } from "./totals.ts";

/** What the customer's balance pays of an invoice, or takes up of it: a credit pays, too little to charge waits there. */
function applyBalance(unit: Unit, customer: Customer, draft: Invoice): Pick<Invoice, "amount_due" | "ending_balance"> {
  const { due, ending, tooSmall } = dueOf(draft.total, customer.balance, draft.currency);
  if (ending !== customer.balance) {
    moveBalance(unit, customer, {
      amount: ending - customer.balance,
      currency: draft.currency,
      invoice: draft.id,
      type: tooSmall ? "invoice_too_small" : "applied_to_invoice",
    });
  }
  return { amount_due: due, ending_balance: ending };
}

/** Gives a draft its number and opens it for payment. The customer's balance is counted in. */
export function finalize(unit: Unit, draft: Invoice): Invoice {
  const { world } = unit;
  const customer = mustFind(world.customers.get(idOf(draft.customer) ?? ""), draft);
  const sequence = customer.next_invoice_sequence ?? 1;
  const currency = customer.currency ?? draft.currency;
  const numbered = change(
    unit,
    world.customers,
    customer,
    { currency, next_invoice_sequence: sequence + 1 },
    currency === customer.currency ? undefined : "customer.updated",
  );
  const credited = applyCredits(unit, numbered, draft);
  const balance = applyBalance(unit, numbered, credited);
  world.due.drop("invoice.finalize", draft.id);
  const open = change(
    unit,
    world.invoices,
    draft,
    {
      ...(credited === draft ? {} : credited),
      ...balance,
      amount_remaining: balance.amount_due,
      automatically_finalizes_at: null,
      effective_at: unit.now,
      hosted_invoice_url: `${world.publicUrl}/invoices/${draft.id}`,
      invoice_pdf: `${world.publicUrl}/invoices/${draft.id}/pdf`,
      number: `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`,
      starting_balance: customer.balance,
      status: "open",
      status_transitions: { ...draft.status_transitions, finalized_at: unit.now },
      webhooks_delivered_at: unit.now,
    },
    "invoice.finalized",
  );
  watchDueDate(unit, open);
  return open;
}

/** Whether this is the payment that the invoice itself asks for, and not one that was attached to it. */
export const isExpected = (one: InvoicePayment): boolean => one.status === "open" && one.is_default;

/** Ties a payment to the invoice it is meant for. */
export function expectPayment(unit: Unit, invoice: Invoice, intent: PaymentIntent, is_default = true): InvoicePayment {
  return create(unit, unit.world.invoicePayments, {
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: is_default ? invoice.amount_remaining : intent.amount,
    created: unit.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

/**
 * Marks an open invoice paid: by the payment it expected, or, when nothing is due or it was paid elsewhere, without one. A payment
 * that was attached may pay a part of it, and leaves it open; or more, which the customer is owed then.
 */
export function settle(unit: Unit, open: Invoice, expected: InvoicePayment | undefined): Invoice {
  const brought = expected?.amount_requested ?? open.amount_remaining;
  if (expected && brought < open.amount_remaining) return payPart(unit, open, expected);
  if (open.due_date !== null) unit.world.due.drop("invoice.overdue", open.id);
  if (open.attempt_count > 0) unit.world.due.drop("invoice.retry", open.id);
  const paid = change(
    unit,
    unit.world.invoices,
    open,
    {
      amount_paid: open.amount_due,
      amount_remaining: 0,
      attempt_count: open.attempt_count + (expected ? 1 : 0),
      attempted: true,
      auto_advance: false,
      next_payment_attempt: null,
      status: "paid",
      status_transitions: { ...open.status_transitions, paid_at: unit.now },
    },
    "invoice.paid",
  );
  recordEvent(unit, "invoice.payment_succeeded", paid);
  if (expected) notePaid(unit, expected);
  // Only what was attached pays without the payment that the invoice itself had asked for.
  if (expected?.is_default === false) cancelExpected(unit, paid);
  return brought > open.amount_remaining ? owe(unit, paid, brought - open.amount_remaining) : paid;
}

function notePaid(unit: Unit, payment: InvoicePayment): InvoicePayment {
  const transitions = { ...payment.status_transitions, paid_at: unit.now };
  const patch = { amount_paid: payment.amount_requested, status: "paid", status_transitions: transitions };
  return change(unit, unit.world.invoicePayments, payment, patch, "invoice_payment.paid");
}

/** A part of an invoice was paid: the rest is asked for still. */
function payPart(unit: Unit, open: Invoice, payment: InvoicePayment): Invoice {
  const { world } = unit;
  const brought = payment.amount_requested;
  const left = open.amount_remaining - brought;
  const patch = { amount_paid: open.amount_paid + brought, amount_remaining: left };
  const lowered = change(unit, world.invoices, open, patch, "invoice.updated");
  notePaid(unit, payment);
  const expected = world.invoicePayments.by("invoice", open.id).find(isExpected);
  const intent = world.paymentIntents.get(idOf(expected?.payment.payment_intent) ?? "");
  if (expected && intent && intent.status !== "processing") {
    change(unit, world.invoicePayments, expected, { amount_requested: left });
    change(unit, world.paymentIntents, intent, { amount: left });
  }
  return lowered;
}

/** What was paid too much is the customer's. */
function owe(unit: Unit, paid: Invoice, amount: number): Invoice {
  const customer = unit.world.customers.get(idOf(paid.customer) ?? "");
  if (customer)
    moveBalance(unit, customer, {
      amount: -amount,
      currency: paid.currency,
      invoice: paid.id,
      type: "invoice_overpaid",
    });
  return change(unit, unit.world.invoices, paid, { amount_overpaid: amount }, "invoice.overpaid");
}

/** Nothing more is charged for this invoice: the payments that it waits for are canceled. */
function cancelExpected(unit: Unit, invoice: Invoice): void {
  const { world } = unit;
  for (const payment of world.invoicePayments.by("invoice", invoice.id)) {
    if (payment.status !== "open") continue;
    const intent = world.paymentIntents.get(idOf(payment.payment.payment_intent) ?? "");
    if (intent && intent.status !== "succeeded" && intent.status !== "canceled") {
      const patch = {
        canceled_at: unit.now,
        cancellation_reason: "void_invoice",
        next_action: null,
        status: "canceled",
      };
      // One that was attached is its maker's, and goes on by itself.
      if (payment.is_default) change(unit, world.paymentIntents, intent, patch, "payment_intent.canceled");
    }
    const transitions = { ...payment.status_transitions, canceled_at: unit.now };
    change(unit, world.invoicePayments, payment, { status: "canceled", status_transitions: transitions });
  }
}

/** An open (or uncollectible) invoice that is not owed any more. */
export function voidInvoice(unit: Unit, invoice: Invoice): Invoice {
  const { world } = unit;
  world.due.drop("invoice.retry", invoice.id);
  world.due.drop("invoice.overdue", invoice.id);
  cancelExpected(unit, invoice);
  returnCredits(unit, invoice);
  const customer = world.customers.get(idOf(invoice.customer) ?? "");
  const moved = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  if (customer && moved !== 0)
    moveBalance(unit, customer, {
      amount: -moved,
      currency: invoice.currency,
      invoice: invoice.id,
      type: "unapplied_from_invoice",
    });
  const transitions = { ...invoice.status_transitions, voided_at: unit.now };
  return change(
    unit,
    world.invoices,
    invoice,
    { auto_advance: false, next_payment_attempt: null, status: "void", status_transitions: transitions },
    "invoice.voided",
  );
}

/** An open invoice that is not expected to be paid any more; it still can be. */
export function markUncollectible(unit: Unit, invoice: Invoice): Invoice {
  unit.world.due.drop("invoice.retry", invoice.id);
  unit.world.due.drop("invoice.overdue", invoice.id);
  const transitions = { ...invoice.status_transitions, marked_uncollectible_at: unit.now };
  return change(
    unit,
    unit.world.invoices,
    invoice,
    { auto_advance: false, next_payment_attempt: null, status: "uncollectible", status_transitions: transitions },
    "invoice.marked_uncollectible",
  );
}

function mustFind(customer: Customer | undefined, invoice: Invoice): Customer {
  if (!customer) throw new Error(`invoice ${invoice.id} has no customer`);
  return customer;
}
