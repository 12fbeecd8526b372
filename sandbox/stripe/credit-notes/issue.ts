import { newId } from "../../ids.ts";
import { invalid, refused } from "../api/errors.ts";
import { moveBalance } from "../customers/balance.ts";
import { isExpected, settle } from "../invoices/life.ts";
import { makeRefund } from "../refunds/make-refund.ts";
import { afterPaid } from "../subscriptions/standing.ts";
import { inside, onTop, sumTaxes } from "../taxes/line-taxes.ts";
import { change, create, type Unit } from "../unit.ts";
import { type Charge, type CreditNote, type CreditNoteLine, type Invoice, listOf } from "../wire.ts";
import { idOf, type World } from "../world.ts";

/** Where what was paid goes back to; together they are the whole of it. */
export interface GivenBack {
  credit: number;
  refund: number;
  outOfBand: number;
}

export interface Wanted {
  invoice: Invoice;
  lines: CreditNoteLine[];
  back: GivenBack;
  memo: string | null;
  reason: CreditNote["reason"];
  metadata: Record<string, string>;
}

/** What of an invoice was credited already. */
function credited(invoice: Invoice): number {
  return invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount;
}

/** The part that lowers what is still owed, and the part of what was paid. */
function parts({ invoice, back }: Wanted, amount: number): { before: number; after: number } {
  const before = Math.min(amount, invoice.status === "paid" ? 0 : invoice.amount_remaining);
  const after = amount - before;
  const given = back.credit + back.refund + back.outOfBand;
  if (after !== given)
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount (${given}) must equal the post payment credit note amount (${after}).`,
      "amount",
    );
  return { before, after };
}

/** The note as it would be issued; nothing is stored. */
export function sketch(unit: Unit, wanted: Wanted): CreditNote {
  const { invoice, lines, back } = wanted;
  if (invoice.status !== "open" && invoice.status !== "paid" && invoice.status !== "uncollectible")
    throw refused("Credit notes can only be issued for finalized invoices.", "invoice");
  const subtotal = lines.reduce((sum, one) => sum + one.amount, 0);
  const taxes = sumTaxes(lines.map((one) => one.taxes));
  const amount = subtotal + onTop(taxes);
  if (amount > invoice.total - credited(invoice))
    throw invalid("The credit note's amount is more than what is left of the invoice.", "amount");
  const { before, after } = parts(wanted, amount);
  const id = newId("cn");
  const earlier = unit.world.creditNotes.by("invoice", invoice.id).length;
  return {
    id,
    object: "credit_note",
    amount,
    amount_shipping: 0,
    created: unit.now,
    currency: invoice.currency,
    customer: idOf(invoice.customer) ?? "",
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: unit.now,
    invoice: invoice.id,
    lines: listOf(`/v1/credit_notes/${id}/lines`, lines) as CreditNote["lines"],
    livemode: false,
    memo: wanted.memo,
    metadata: wanted.metadata,
    number: `${invoice.number}-CN-${String(earlier + 1).padStart(2, "0")}`,
    out_of_band_amount: back.outOfBand > 0 ? back.outOfBand : null,
    pdf: `${unit.world.publicUrl}/credit_notes/${id}/pdf`,
    post_payment_amount: after,
    pre_payment_amount: before,
    pretax_credit_amounts: [],
    reason: wanted.reason,
    refunds: [],
    shipping_cost: null,
    status: "issued",
    subtotal,
    subtotal_excluding_tax: subtotal - inside(taxes),
    total: amount,
    total_excluding_tax: subtotal - inside(taxes),
    total_taxes: taxes,
    type: before === 0 ? "post_payment" : after === 0 ? "pre_payment" : "mixed",
    voided_at: null,
  };
}

/** The charge that paid an invoice. */
function chargeOf(world: World, invoice: Invoice): Charge | undefined {
  const paid = world.invoicePayments.by("invoice", invoice.id).find((one) => one.status === "paid");
  const intent = world.paymentIntents.get(idOf(paid?.payment.payment_intent) ?? "");
  return world.charges.get(idOf(intent?.latest_charge) ?? "");
}

/** Issues a note: less is owed, and of what was paid the wanted parts go to the balance and back to the card. */
export function issue(unit: Unit, wanted: Wanted): CreditNote {
  const { world } = unit;
  const { invoice, back } = wanted;
  const note = sketch(unit, wanted);
  const customer = world.customers.get(idOf(invoice.customer) ?? "");
  const charge = back.refund > 0 ? chargeOf(world, invoice) : undefined;
  if (back.refund > 0 && !charge) throw refused("This invoice was not paid with a charge to refund.", "refund_amount");
  const refund = charge && makeRefund(unit, charge, { amount: back.refund, metadata: {}, reason: null });
  const entry =
    back.credit > 0 && customer
      ? moveBalance(unit, customer, {
          amount: -back.credit,
          credit_note: note.id,
          currency: note.currency,
          invoice: invoice.id,
          type: "credit_note",
        })
      : undefined;
  const issued = create(
    unit,
    world.creditNotes,
    {
      ...note,
      customer_balance_transaction: entry?.id ?? null,
      refunds: refund
        ? [{ amount_refunded: refund.amount, payment_record_refund: null, refund: refund.id, type: "refund" }]
        : [],
    },
    "credit_note.created",
  );
  const lowered = change(
    unit,
    world.invoices,
    world.invoices.get(invoice.id) ?? invoice,
    {
      amount_due: invoice.amount_due - note.pre_payment_amount,
      amount_remaining: invoice.amount_remaining - note.pre_payment_amount,
      post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.post_payment_amount,
      pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + note.pre_payment_amount,
    },
    "invoice.updated",
  );
  expectLess(unit, lowered);
  if (lowered.status === "open" && lowered.amount_remaining === 0) afterPaid(unit, settle(unit, lowered, undefined));
  return issued;
}

/** The payment that an invoice expects follows what is owed. */
function expectLess(unit: Unit, invoice: Invoice): void {
  const { world } = unit;
  for (const expected of world.invoicePayments.by("invoice", invoice.id)) {
    const intent = world.paymentIntents.get(idOf(expected.payment.payment_intent) ?? "");
    if (!isExpected(expected) || !intent || intent.status === "processing") continue;
    if (invoice.amount_remaining > 0) {
      change(unit, world.invoicePayments, expected, { amount_requested: invoice.amount_remaining });
      change(unit, world.paymentIntents, intent, { amount: invoice.amount_remaining });
      continue;
    }
    const transitions = { ...expected.status_transitions, canceled_at: unit.now };
    change(unit, world.invoicePayments, expected, { status: "canceled", status_transitions: transitions });
    const patch = { canceled_at: unit.now, cancellation_reason: "void_invoice" as const, next_action: null };
    change(unit, world.paymentIntents, intent, { ...patch, status: "canceled" }, "payment_intent.canceled");
  }
}

/** A note on an invoice that is still open is taken back, and what it took off is owed again. */
export function voidNote(unit: Unit, note: CreditNote): CreditNote {
  const { world } = unit;
  const invoice = world.invoices.get(idOf(note.invoice) ?? "");
  if (note.status === "void" || invoice?.status !== "open")
    throw refused("You can only void credit notes that are issued, on invoices that are open.");
  const owed = change(
    unit,
    world.invoices,
    invoice,
    {
      amount_due: invoice.amount_due + note.pre_payment_amount,
      amount_remaining: invoice.amount_remaining + note.pre_payment_amount,
      pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - note.pre_payment_amount,
    },
    "invoice.updated",
  );
  expectLess(unit, owed);
  return change(unit, world.creditNotes, note, { status: "void", voided_at: unit.now }, "credit_note.voided");
}
