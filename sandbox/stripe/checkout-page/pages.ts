import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import type { Language } from "../portal-page/words.ts";
import type { CheckoutSession, PaymentMethod, ShippingRate } from "../wire.ts";
import { type Answers, customFields } from "./custom-fields.ts";
import { addressFields, countryField, type FieldState, field, named, usualCountries } from "./fields.ts";
import { type Html, page } from "./layout.ts";
import { shippingChoice } from "./shipping.ts";
import { every, type Ordered, renewalSum, summary } from "./summary.ts";
import { testCardPanel } from "./test-card-panel.ts";
import { checkoutWords } from "./words.ts";

export interface CheckoutView extends FieldState, Ordered {
  /** The email, when it is known and not asked for. */
  email: string | null;
  /** Why the last card was refused. */
  refusal: string | null;
  answers: Answers;
  shippingRates: readonly ShippingRate[];
  /** Whether the page asks for a way to pay. */
  asksForMethod: boolean;
  /** Something to know before paying, as that the total has changed. */
  notice: string | null;
  nonce: string;
}

/** The paying button: one word, and the amount stands beside it. */
function payButton({ session, language, trialDays }: CheckoutView): Html {
  const words = checkoutWords[language];
  const mode = (["payment", "setup"] as const).find((one) => one === session.mode) ?? "subscription";
  const trial = session.mode === "subscription" && trialDays !== null && !session.amount_total;
  const [own, english] = trial
    ? [words.buttons.trial, "Subscribe"]
    : [words.buttons[mode], checkoutWords.en.buttons[mode]];
  const alias = own === english ? "" : html`<span class="unseen" lang="en"> ${english}</span>`;
  return html`<button type="submit" data-busy="${words.busy}">${own}${alias}</button>`;
}

function mandate(view: CheckoutView): Html | string {
  const { session, lines, merchant, language } = view;
  const words = checkoutWords[language];
  if (session.mode === "setup") return html`<p class="mandate">${words.savingMandate(merchant)}</p>`;
  const price = lines.find((line) => line.price.recurring)?.price;
  if (session.mode !== "subscription") return "";
  if (!view.asksForMethod) return html`<p class="mandate">${words.noCard}</p>`;
  return html`<p class="mandate">${words.mandate(merchant, renewalSum(view), every(language, price))}</p>`;
}

const brands = html`<span class="brand" data-brand aria-hidden="true"></span>`;

function cardFields(view: CheckoutView): Html {
  const words = checkoutWords[view.language];
  return html`${field(view, { name: "cardNumber", label: "number", inputmode: "numeric", autocomplete: "cc-number", placeholder: "1234 1234 1234 1234", mark: brands })}
<div class="two">
${field(view, { name: "cardExpiry", label: "expiry", inputmode: "numeric", autocomplete: "cc-exp", placeholder: words.expiryForm })}
${field({ ...view, values: { ...view.values, cardCvc: "" } }, { name: "cardCvc", label: "cvc", inputmode: "numeric", autocomplete: "cc-csc", placeholder: "CVC" })}
</div>
${field(view, { name: "billingName", label: "cardholder", autocomplete: "cc-name" })}`;
}

/** Card or bank account; the fields of the one that is not chosen are put away, by style alone. */
function methodFields(view: CheckoutView): Html {
  const words = checkoutWords[view.language];
  const { refusal, session, values } = view;
  const alert = refusal === null ? "" : html`<p class="alert" role="alert" tabindex="-1" autofocus>${refusal}</p>`;
  const country = session.shipping_address_collection ? "" : countryField(view, "billingCountry", usualCountries);
  const types = session.payment_method_types;
  if (!types.includes("sepa_debit"))
    return html`<fieldset><legend>${words.card}</legend>${alert}${cardFields(view)}${country}</fieldset>`;
  const debitFields = html`<div class="of-debit">${field(view, { name: "iban", label: "iban", autocomplete: "off", placeholder: "DE00 0000 0000 0000 0000 00" })}
${field(view, { name: "accountHolder", label: "holder", autocomplete: "name" })}<p class="mandate">${words.debitText}</p></div>`;
  const chosen = types.includes("card") && values.method !== "sepa_debit" ? "card" : "sepa_debit";
  const choice = (value: "card" | "sepa_debit", label: string) =>
    html`<label class="choice"><input type="radio" name="method" value="${value}"${value === chosen ? html` checked` : ""}> ${label}</label>`;
  return html`<fieldset class="methods"><legend>${words.method}</legend>${alert}
<div class="choices">${types.includes("card") ? choice("card", words.card) : ""}${choice("sepa_debit", words.debit)}</div>
${types.includes("card") ? html`<div class="of-card">${cardFields(view)}</div>` : ""}${debitFields}${country}</fieldset>`;
}

/** Words of the shop's own. */
function said(text: { message: string } | null): Html | string {
  return text === null ? "" : html`<p class="mandate own">${text.message}</p>`;
}

/** The page where the customer pays. */
export function checkoutPage(view: CheckoutView, testExpiryYear: number): Html {
  const { session, language } = view;
  const words = checkoutWords[language];
  const countries = session.shipping_address_collection?.allowed_countries ?? null;
  const hasErrors =
    Object.keys(view.errors).length > 0 || Object.keys(view.answers.errors).length > 0 || view.refusal !== null;
  return page(
    `${hasErrors ? `${words.error}: ` : ""}${words.title(view.merchant)}`,
    view.nonce,
    html`<div class="pay">
${summary(view)}
<main class="main">
<form method="post" action="/c/pay/${session.id}" novalidate>
${session.shipping_options.length > 0 ? html`<button class="unseen" tabindex="-1" aria-hidden="true"></button>` : ""}
<h1 class="wide">${named(language, "heading")}</h1>
${view.asksForMethod ? html`<div class="wallets"><span>Apple Pay</span><span>Google Pay</span> ${words.wallets}</div>` : ""}
<fieldset><legend>${words.contact}</legend>
${
  view.email === null
    ? field(view, { name: "email", label: "email", type: "email", autocomplete: "email", inputmode: "email" })
    : html`<div><label for="email">${named(language, "email")}</label><output class="known" id="email">${view.email}</output></div>`
}
</fieldset>
${countries ? addressFields(view, countries) : ""}${said(countries ? session.custom_text.shipping_address : null)}
${shippingChoice(language, session, view.shippingRates)}
${customFields(language, session.custom_fields, view.answers)}
${view.asksForMethod ? methodFields(view) : ""}
${mandate(view)}${said(session.custom_text.terms_of_service_acceptance)}${said(session.custom_text.submit)}
${view.notice === null ? "" : html`<p class="notice" role="status" tabindex="-1" autofocus>${view.notice}</p>`}
${payButton(view)}${said(session.custom_text.after_submit)}
</form>
${view.asksForMethod ? testCardPanel(language, testExpiryYear, session.payment_method_types.includes("sepa_debit")) : ""}
<p class="foot">${words.standIn}</p>
</main></div>`,
    language,
  );
}

export interface ApprovalView {
  language: Language;
  session: CheckoutSession;
  /** What is charged now, in the smallest unit. */
  due: number;
  merchant: string;
  method: PaymentMethod;
  nonce: string;
}

/** The bank's page of a 3-D Secure payment. */
export function approvalPage({ session, due, merchant, method, nonce, language }: ApprovalView): Html {
  const words = checkoutWords[language];
  const amount = due > 0 ? formatAmount(due, session.currency ?? "usd", language) : words.nothing;
  return page(
    `3-D Secure · ${words.bank}`,
    nonce,
    html`<main class="single bank">
<div class="top"><strong>${words.bank}</strong> <span class="test-mode">${words.testMode}</span></div>
<h1 class="wide">${words.approveTitle}</h1>
<p>${words.approveText(merchant)}</p>
<dl><dt>${words.merchant}</dt><dd>${merchant}</dd><dt>${words.amount}</dt><dd>${amount}</dd><dt>${words.card}</dt><dd>•••• ${method.card?.last4}</dd></dl>
<form method="post">
<button type="submit" name="answer" value="complete" data-busy="${words.busy}">${named(language, "complete")}</button>
<button type="submit" name="answer" value="fail" class="plain">${named(language, "fail")}</button>
<button type="submit" name="answer" value="leave" class="plain">${named(language, "leave")}</button>
</form>
<p class="mandate">${words.approveHelp}</p>
</main>`,
    language,
  );
}

/** A page that says one thing, with a way back. */
export function messagePage(
  of: { language: Language; title: string; text: string; nonce: string },
  back?: { url: string; merchant: string },
): Html {
  const words = checkoutWords[of.language];
  return page(
    of.title,
    of.nonce,
    html`<main class="single">
<div class="top"><span class="test-mode">${words.testMode}</span></div>
<h1 class="wide">${of.title}</h1><p>${of.text}</p>
${back ? html`<p><a href="${back.url}"><span aria-hidden="true">←</span> ${words.back(back.merchant)}</a></p>` : ""}
</main>`,
    of.language,
  );
}
