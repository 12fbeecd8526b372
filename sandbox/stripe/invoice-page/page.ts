import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import { type Html, page } from "../checkout-page/layout.ts";
import { day } from "../portal-page/view.ts";
import type { Language } from "../portal-page/words.ts";
import type { Invoice, InvoiceLine, PaymentMethod, TaxRate } from "../wire.ts";
import { invoiceWords } from "./words.ts";

export interface InvoiceView {
  language: Language;
  invoice: Invoice;
  /** The card that it would be charged to. */
  card: PaymentMethod | undefined;
  refusal: string | null;
  /** The tax rates that it names. */
  rates: readonly TaxRate[];
  nonce: string;
}

function payForms({ language, invoice, card, refusal }: InvoiceView): Html | string {
  const words = invoiceWords[language];
  if (invoice.status === "paid") return html`<p role="status">${words.thanks}</p>`;
  if (invoice.status !== "open" || invoice.amount_remaining === 0) return "";
  const sum = formatAmount(invoice.amount_remaining, invoice.currency, language);
  const saved = card?.card
    ? html`<form method="post"><button name="saved" value="1">${words.paySaved(sum, card.card.last4)}</button></form>`
    : "";
  return html`${refusal === null ? "" : html`<p class="alert" role="alert">${refusal}</p>`}${saved}
<details ${card?.card && refusal === null ? "" : "open"}><summary>${words.otherCard}</summary><form method="post">
<div><label for="cardNumber">${words.number}</label><input id="cardNumber" name="number" inputmode="numeric" autocomplete="cc-number" required></div>
<div class="two"><div><label for="cardExpiry">${words.expiry}</label><input id="cardExpiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" required></div>
<div><label for="cardCvc">${words.cvc}</label><input id="cardCvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" required></div></div>
<button>${words.pay(sum)}</button></form></details>`;
}

/** The days that a line is for; one day for what was bought once. */
function spanOf({ period }: InvoiceLine, language: Language): string {
  const [start, end] = [day(period.start, language), day(period.end, language)];
  return start === end ? start : `${start} – ${end}`;
}

/** An invoice as its customer sees it, and can pay it. */
export function invoicePage(view: InvoiceView): Html {
  const { language, invoice } = view;
  const words = invoiceWords[language];
  const sum = (amount: number) => formatAmount(amount, invoice.currency, language);
  const off = invoice.total_discount_amounts?.reduce((all, one) => all + one.amount, 0) ?? 0;
  const used = invoice.total - invoice.pre_payment_credit_notes_amount - invoice.amount_due;
  const facts: [string, string][] = [
    [words.from, invoice.account_name ?? ""],
    [words.to, [invoice.customer_name, invoice.customer_email].filter(Boolean).join(", ")],
    [words.date, day(invoice.status_transitions.finalized_at ?? invoice.created, language)],
    [words.status, words.statuses[(invoice.status ?? "draft") as keyof typeof words.statuses]],
    ...(invoice.due_date === null ? [] : [[words.due, day(invoice.due_date, language)] as [string, string]]),
  ];
  const sums: [string, string][] = [
    ...(off > 0
      ? [
          [words.subtotal, sum(invoice.subtotal)] as [string, string],
          [words.discount, `−${sum(off)}`] as [string, string],
        ]
      : []),
    ...(invoice.total_taxes ?? []).flatMap((one) => {
      const rate = view.rates.find((each) => each.id === one.tax_rate_details?.tax_rate);
      const name = rate ? words.tax(rate.display_name, rate.percentage, rate.inclusive) : "";
      return rate ? [[name, sum(one.amount)] as [string, string]] : [];
    }),
    [words.total, sum(invoice.total)],
    ...(used === 0 ? [] : [[words.balance, `${used > 0 ? "−" : ""}${sum(Math.abs(used))}`] as [string, string]]),
    [words.paid, sum(invoice.amount_paid)],
    [words.left, sum(invoice.amount_remaining)],
  ];
  const lines = invoice.lines.data.map(
    (line) =>
      html`<li><span>${line.description}<small>${spanOf(line, language)}</small></span><span class="sum">${sum(line.amount)}</span></li>`,
  );
  const title = words.invoice(invoice.number ?? "");
  return page(
    title,
    view.nonce,
    html`<main class="single portal">
<div class="top"><strong>${invoice.account_name ?? ""}</strong> <span class="test-mode">${words.testMode}</span></div>
<h1 class="wide">${title}</h1>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<ul class="lines">${lines}</ul>
<dl>${sums.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${payForms(view)}
</main>`,
    language,
  );
}
