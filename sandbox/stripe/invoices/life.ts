import { newId } from "../../ids.ts";
import { recordEvent } from "../events/record.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Customer, Invoice, InvoicePayment, PaymentIntent } from "../wire.ts";
import { idOf } from "../world.ts";

/** Gives a draft its number and opens it for payment. */
export function finalize(unit: Unit, draft: Invoice): Invoice {
  const customer = mustFind(unit.world.customers.get(idOf(draft.customer) ?? ""), draft);
  const sequence = customer.next_invoice_sequence ?? 1;
  const currency = customer.currency ?? draft.currency;
  change(
    unit,
    unit.world.customers,
    customer,
    { currency, next_invoice_sequence: sequence + 1 },
    currency === customer.currency ? undefined : "customer.updated",
  );
  return change(
    unit,
    unit.world.invoices,
    draft,
    {
      automatically_finalizes_at: null,
      effective_at: unit.now,
      ending_balance: 0,
      hosted_invoice_url: `${unit.world.publicUrl}/invoices/${draft.id}`,
      invoice_pdf: null,
      number: `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`,
      status: "open",
      status_transitions: { ...draft.status_transitions, finalized_at: unit.now },
      webhooks_delivered_at: unit.now,
    },
    "invoice.finalized",
  );
}

/** Ties a payment to the invoice it is meant for. */
export function expectPayment(unit: Unit, invoice: Invoice, intent: PaymentIntent): InvoicePayment {
  return create(unit, unit.world.invoicePayments, {
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: unit.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

/** Marks an open invoice paid by the payment it expected. */
export function settle(unit: Unit, open: Invoice, expected: InvoicePayment): Invoice {
  const paid = change(
    unit,
    unit.world.invoices,
    open,
    {
      amount_paid: open.amount_due,
      amount_remaining: 0,
      attempt_count: open.attempt_count + 1,
      attempted: true,
      auto_advance: false,
      status: "paid",
      status_transitions: { ...open.status_transitions, paid_at: unit.now },
    },
    "invoice.paid",
  );
  recordEvent(unit, "invoice.payment_succeeded", paid);
  change(
    unit,
    unit.world.invoicePayments,
    expected,
    {
      amount_paid: expected.amount_requested,
      status: "paid",
      status_transitions: { ...expected.status_transitions, paid_at: unit.now },
    },
    "invoice_payment.paid",
  );
  return paid;
}

function mustFind(customer: Customer | undefined, invoice: Invoice): Customer {
  if (!customer) throw new Error(`invoice ${invoice.id} has no customer`);
  return customer;
}
