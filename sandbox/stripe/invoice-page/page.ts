import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import { type Html, page } from "../checkout-page/layout.ts";
import { checkoutWords } from "../checkout-page/words.ts";
import type { Language } from "../portal-page/words.ts";
import type { Invoice, PaymentMethod, TaxRate } from "../wire.ts";
import { paperOf } from "./paper.ts";
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
<div class="two"><div><label for="cardExpiry">${words.expiry}</label><input id="cardExpiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="${checkoutWords[language].expiryForm}" required></div>
<div><label for="cardCvc">${words.cvc}</label><input id="cardCvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" required></div></div>
<button>${words.pay(sum)}</button></form></details>`;
}

/** An invoice as its customer sees it, and can pay it. */
export function invoicePage(view: InvoiceView): Html {
  const { language, invoice, rates } = view;
  const words = invoiceWords[language];
  const { title, facts, sums, ...paper } = paperOf(invoice, language, rates);
  const lines = paper.lines.map(
    ({ text, span, sum }) => html`<li><span>${text}<small>${span}</small></span><span class="sum">${sum}</span></li>`,
  );
  return page(
    title,
    view.nonce,
    html`<main class="single portal">
<div class="top"><strong>${invoice.account_name ?? ""}</strong> <span class="test-mode">${words.testMode}</span></div>
<h1 class="wide">${title}</h1>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${paper.memo ? html`<p>${paper.memo}</p>` : ""}<ul class="lines">${lines}</ul>
<dl>${sums.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${payForms(view)}
<p><a href="/invoices/${invoice.id}/pdf">${words.pdf}</a></p>
${paper.footer ? html`<p class="soft">${paper.footer}</p>` : ""}
</main>`,
    language,
  );
}
