import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { clearableList, decimal, hash, integer, later, list, oneOf, required, text } from "../api/params.ts";
import { share, taken } from "../invoices/totals.ts";
import { inParam } from "../lookups.ts";
import { type LineTax, onTop, shareOfTaxes, taxesOn } from "../taxes/line-taxes.ts";
import { rateParams, readRates } from "../taxes/read-rates.ts";
import type { Unit } from "../unit.ts";
import type { CreditNoteLine, Invoice, InvoiceLine } from "../wire.ts";

export const lineParams = list(
  hash({
    amount: integer(1),
    description: text(),
    invoice_line_item: text(),
    metadata: later(),
    quantity: integer(1),
    tax_amounts: clearableList(
      hash({ amount: required(integer()), tax_rate: required(text()), taxable_amount: required(integer()) }),
    ),
    tax_rates: rateParams,
    type: required(oneOf(["custom_line_item", "invoice_line_item"])),
    unit_amount: integer(1),
    unit_amount_decimal: decimal(),
  }),
);
type Sent = NonNullable<ReturnType<typeof lineParams.read>>[number];

/** What a line of an invoice comes to, its discounts taken off: no more than that is given back. */
const netOf = (line: InvoiceLine): number => line.amount - taken(line);

/** What a line of an invoice asked for, taxes on top of it as well. */
const grossOf = (line: InvoiceLine): number => netOf(line) + onTop(line.taxes ?? []);

/** Taxes that were told outright, or by their rates; undefined when neither was. */
function toldTaxes(unit: Unit, sent: Sent, amount: number, invoice: Invoice, at: string): LineTax[] | undefined {
  if (sent.tax_amounts && sent.tax_rates)
    throw invalid(
      "You may only specify one of these parameters: tax_amounts, tax_rates.",
      `${at}[tax_amounts]`,
      "parameters_exclusive",
    );
  if (sent.tax_amounts)
    return sent.tax_amounts.map((one, index) => {
      const rate = inParam(unit.world.taxRates, one.tax_rate, `${at}[tax_amounts][${index}][tax_rate]`);
      const [tax] = taxesOn(one.taxable_amount, [rate], invoice.customer_tax_exempt);
      return { ...(tax as LineTax), amount: one.amount, taxable_amount: one.taxable_amount };
    });
  const rates = readRates(unit, sent.tax_rates, `${at}[tax_rates]`);
  return rates && taxesOn(amount, rates, invoice.customer_tax_exempt);
}

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

function customLine(unit: Unit, invoice: Invoice, sent: Sent, at: string): CreditNoteLine {
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
    taxes: toldTaxes(unit, sent, amount, invoice, at) ?? [],
    type: "custom_line_item",
    unit_amount: each ?? null,
    unit_amount_decimal: exact ?? (each === undefined ? null : String(each)),
  });
}

function ofInvoice(unit: Unit, invoice: Invoice, sent: Sent, at: string): CreditNoteLine {
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
  const taxes = toldTaxes(unit, sent, amount, invoice, at) ?? shareOfTaxes(line.taxes ?? [], amount, most);
  const described = { amount, description: line.description, invoice_line_item: line.id, quantity, taxes };
  return newLine({ ...described, type: "invoice_line_item" });
}

/** The lines that were asked for; an amount alone, taxes included, is shared among the invoice's lines in proportion. */
export function readLines(
  unit: Unit,
  invoice: Invoice,
  sent: readonly Sent[] | undefined,
  amount: number | undefined,
): CreditNoteLine[] {
  if (sent)
    return sent.map((one, index) =>
      one.type === "custom_line_item"
        ? customLine(unit, invoice, one, `lines[${index}]`)
        : ofInvoice(unit, invoice, one, `lines[${index}]`),
    );
  if (amount === undefined)
    throw invalid(
      "You must pass at least one of `amount`, `lines`, or `shipping_cost`.",
      "amount",
      "parameter_missing",
    );
  const owed = invoice.lines.data.filter((line) => grossOf(line) > 0);
  const parts = share(amount, owed.map(grossOf));
  return owed.flatMap((line, index) => {
    const part = parts[index] ?? 0;
    const taxes = shareOfTaxes(line.taxes ?? [], part, grossOf(line));
    const described = {
      amount: part - onTop(taxes),
      description: line.description,
      invoice_line_item: line.id,
      taxes,
    };
    return part > 0 ? [newLine({ ...described, type: "invoice_line_item" })] : [];
  });
}
