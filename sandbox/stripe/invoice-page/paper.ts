import { formatAmount } from "../amounts.ts";
import { day } from "../portal-page/view.ts";
import type { Language } from "../portal-page/words.ts";
import type { Invoice, InvoiceLine, TaxRate } from "../wire.ts";
import { invoiceWords } from "./words.ts";

type Row = readonly [string, string];

/** What stands on an invoice, on its page as in print. */
export interface Paper {
  title: string;
  facts: Row[];
  lines: { text: string; span: string; sum: string }[];
  sums: Row[];
  /** What the seller has to say, and what stands at the foot of the paper. */
  memo: string | null;
  footer: string | null;
}

/** Where the customer is, in one line; nothing when that is not known. */
function placeOf({ customer_address: address }: Invoice): string {
  if (!address?.line1) return "";
  const town = [address.postal_code, address.city].filter(Boolean).join(" ");
  return [address.line1, address.line2, town, address.state, address.country].filter(Boolean).join(", ");
}

/** The days that a line is for; one day for what was bought once. */
function spanOf({ period }: InvoiceLine, language: Language): string {
  const [start, end] = [day(period.start, language), day(period.end, language)];
  return start === end ? start : `${start} – ${end}`;
}

/** What comes between the lines and the total: discounts, credits that were granted, and taxes. */
function changes(invoice: Invoice, language: Language, rates: readonly TaxRate[]): Row[] {
  const words = invoiceWords[language];
  const sum = (amount: number) => formatAmount(amount, invoice.currency, language);
  const all = invoice.total_pretax_credit_amounts ?? [];
  const off = (type: string) => all.reduce((total, one) => total + (one.type === type ? one.amount : 0), 0);
  const [discount, credit] = [off("discount"), off("credit_balance_transaction")];
  const taxes = (invoice.total_taxes ?? []).flatMap((one): Row[] => {
    const rate = rates.find((each) => each.id === one.tax_rate_details?.tax_rate);
    return rate ? [[words.tax(rate.display_name, rate.percentage, rate.inclusive), sum(one.amount)]] : [];
  });
  return [
    ...(discount + credit > 0 ? ([[words.subtotal, sum(invoice.subtotal)]] as Row[]) : []),
    ...(discount > 0 ? ([[words.discount, `−${sum(discount)}`]] as Row[]) : []),
    ...(credit > 0 ? ([[words.credits, `−${sum(credit)}`]] as Row[]) : []),
    ...taxes,
  ];
}

export function paperOf(invoice: Invoice, language: Language, rates: readonly TaxRate[]): Paper {
  const words = invoiceWords[language];
  const sum = (amount: number) => formatAmount(amount, invoice.currency, language);
  const credited = invoice.pre_payment_credit_notes_amount;
  const used = invoice.total - credited - invoice.amount_due;
  return {
    title: words.invoice(invoice.number ?? ""),
    facts: [
      [words.from, invoice.account_name ?? ""],
      [words.to, [invoice.customer_name, invoice.customer_email].filter(Boolean).join(", ")],
      ...(placeOf(invoice) === "" ? [] : ([[words.address, placeOf(invoice)]] as Row[])),
      ...(invoice.customer_tax_ids ?? []).map((one): Row => [words.taxId, one.value ?? ""]),
      [words.date, day(invoice.status_transitions.finalized_at ?? invoice.created, language)],
      [words.status, words.statuses[(invoice.status ?? "draft") as keyof typeof words.statuses]],
      ...(invoice.due_date === null ? [] : ([[words.due, day(invoice.due_date, language)]] as Row[])),
    ],
    lines: invoice.lines.data.map((line) => ({
      text: line.description ?? "",
      span: spanOf(line, language),
      sum: sum(line.amount),
    })),
    sums: [
      ...changes(invoice, language, rates),
      [words.total, sum(invoice.total)],
      ...(credited === 0 ? [] : ([[words.credited, `−${sum(credited)}`]] as Row[])),
      ...(used === 0 ? [] : ([[words.balance, `${used > 0 ? "−" : ""}${sum(Math.abs(used))}`]] as Row[])),
      [words.paid, sum(invoice.amount_paid)],
      [words.left, sum(invoice.amount_remaining)],
    ],
    memo: invoice.description,
    footer: invoice.footer,
  };
}
