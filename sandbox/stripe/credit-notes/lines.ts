import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { decimal, hash, integer, later, list, oneOf, required, text } from "../api/params.ts";
import { share } from "../invoices/totals.ts";
import type { CreditNoteLine, Invoice, InvoiceLine } from "../wire.ts";

export const lineParams = list(
  hash({
    amount: integer(1),
    description: text(),
    invoice_line_item: text(),
    metadata: later(),
    quantity: integer(1),
    tax_amounts: later(),
    tax_rates: later(),
    type: required(oneOf(["custom_line_item", "invoice_line_item"])),
    unit_amount: integer(1),
    unit_amount_decimal: decimal(),
  }),
);
type Sent = NonNullable<ReturnType<typeof lineParams.read>>[number];

/** What a line of an invoice comes to, its discounts taken off: no more than that is given back. */
const netOf = (line: InvoiceLine): number =>
  line.amount - (line.discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);

function newLine(given: Partial<CreditNoteLine> & Pick<CreditNoteLine, "amount" | "type">): CreditNoteLine {
  return {
    id: newId("cnli"),
    object: "credit_note_line_item",
    description: null,
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity: null,
    tax_rates: [],
    taxes: [],
    unit_amount: null,
    unit_amount_decimal: null,
    ...given,
  };
}

function customLine(sent: Sent, at: string): CreditNoteLine {
  const { description, unit_amount: each, unit_amount_decimal: exact } = sent;
  if (description === undefined)
    throw invalid(`Missing required param: ${at}[description].`, `${at}[description]`, "parameter_missing");
  const quantity = sent.quantity ?? 1;
  const amount = sent.amount ?? Math.round(Number(exact ?? each ?? 0) * quantity);
  if (amount <= 0)
    throw invalid(`Missing required param: ${at}[unit_amount].`, `${at}[unit_amount]`, "parameter_missing");
  return newLine({
    amount,
    description,
    quantity,
    type: "custom_line_item",
    unit_amount: each ?? null,
    unit_amount_decimal: exact ?? (each === undefined ? null : String(each)),
  });
}

function ofInvoice(invoice: Invoice, sent: Sent, at: string): CreditNoteLine {
  const line = invoice.lines.data.find((one) => one.id === sent.invoice_line_item);
  if (!line)
    throw invalid(
      `No such invoice line item: '${sent.invoice_line_item ?? ""}'`,
      `${at}[invoice_line_item]`,
      "resource_missing",
    );
  const [most, whole] = [netOf(line), line.quantity ?? 1];
  const quantity = sent.quantity ?? null;
  const amount = sent.amount ?? (quantity === null ? most : Math.round((most * quantity) / Math.max(1, whole)));
  if (amount > most)
    throw invalid("The amount of a credit note line cannot be more than that of its invoice line.", `${at}[amount]`);
  const described = { amount, description: line.description, invoice_line_item: line.id, quantity };
  return newLine({ ...described, type: "invoice_line_item" });
}

/** The lines that were asked for; an amount alone is shared among the invoice's lines in proportion. */
export function readLines(
  invoice: Invoice,
  sent: readonly Sent[] | undefined,
  amount: number | undefined,
): CreditNoteLine[] {
  if (sent)
    return sent.map((one, index) =>
      one.type === "custom_line_item" ? customLine(one, `lines[${index}]`) : ofInvoice(invoice, one, `lines[${index}]`),
    );
  if (amount === undefined)
    throw invalid(
      "You must pass at least one of `amount`, `lines`, or `shipping_cost`.",
      "amount",
      "parameter_missing",
    );
  const owed = invoice.lines.data.filter((line) => netOf(line) > 0);
  const parts = share(amount, owed.map(netOf));
  return owed.flatMap((line, index) => {
    const part = parts[index] ?? 0;
    const described = { amount: part, description: line.description, invoice_line_item: line.id };
    return part > 0 ? [newLine({ ...described, type: "invoice_line_item" })] : [];
  });
}
