import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import { testCards } from "../cards.ts";
import { lineAmount } from "../prices/shape.ts";
import type { CheckoutLine, CheckoutSession, PaymentMethod, Price } from "../wire.ts";
import { addressFields, countryField, type FieldState, field } from "./fields.ts";
import { type Html, page } from "./layout.ts";

export interface CheckoutView extends FieldState {
  session: CheckoutSession;
  lines: readonly CheckoutLine[];
  merchant: string;
  /** The email, when it is known and not asked for. */
  email: string | null;
  /** How many days are free first; null without a trial. */
  trialDays: number | null;
  /** Why the last card was refused. */
  refusal: string | null;
  nonce: string;
}

function every(price: Price | undefined): string {
  const count = price?.recurring?.interval_count ?? 1;
  const interval = price?.recurring?.interval ?? "month";
  return count === 1 ? interval : `${count} ${interval}s`;
}

function backLink(session: CheckoutSession, merchant: string): Html {
  return session.cancel_url
    ? html`<a href="${session.cancel_url}">← Back to ${merchant}</a>`
    : html`<strong>${merchant}</strong>`;
}

function total(session: CheckoutSession): string {
  return formatAmount(session.amount_total ?? 0, session.currency ?? "usd");
}

function lineRow(line: CheckoutLine): Html {
  const renews = line.price.recurring ? html`<small>Billed every ${every(line.price)}</small>` : "";
  const quantity = (line.quantity ?? 1) > 1 ? html`<small>Qty ${line.quantity}</small>` : "";
  return html`<li><span>${line.description}${quantity}${renews}</span><span class="sum">${formatAmount(line.amount_total, line.currency)}</span></li>`;
}

/** What renews costs per period, once a trial is over and a coupon for one invoice is used up. */
function renewalSum(lines: readonly CheckoutLine[]): string {
  const renewing = lines.filter((line) => line.price.recurring);
  const sum = renewing.reduce((all, line) => all + lineAmount(line.price, line.quantity ?? 1), 0);
  return formatAmount(sum, renewing[0]?.currency ?? "usd");
}

function trialWords({ trialDays }: CheckoutView): string {
  return trialDays === null ? "" : `${trialDays} ${trialDays === 1 ? "day" : "days"} free. `;
}

function heading({ session, lines, merchant }: CheckoutView): string {
  if (session.mode === "setup") return `Save your card with ${merchant}`;
  return session.mode === "subscription" ? `Subscribe to ${lines[0]?.description ?? merchant}` : `Pay ${merchant}`;
}

function summary(view: CheckoutView): Html {
  const { session, lines, merchant } = view;
  const renewing = session.mode === "subscription";
  const setup = session.mode === "setup";
  const price = lines.find((line) => line.price.recurring)?.price;
  if (setup) {
    return html`<section class="side" aria-label="Summary"><div>
<div class="top">${backLink(session, merchant)} <span class="test-mode">Test mode</span></div>
<p class="what">${heading(view)}</p><p class="total">Nothing is charged now</p></div></section>`;
  }
  return html`<section class="side" aria-label="Order summary"><div>
<div class="top">${backLink(session, merchant)} <span class="test-mode">Test mode</span></div>
<p class="what">${heading(view)}</p>
<p class="total">${total(session)}</p>
${renewing ? html`<p class="after">${trialWords(view)}Then ${renewalSum(lines)} every ${every(price)} until canceled</p>` : ""}
<details class="fold"><summary>Show details</summary><ul class="lines">${lines.map(lineRow)}
<li class="due"><span>Total due today</span><span class="sum">${total(session)}</span></li></ul></details>
</div></section>`;
}

/** What the paying button says, and nothing more: the amount stands beside it. */
export function buttonWord(session: CheckoutSession): "Pay" | "Save card" | "Subscribe" {
  if (session.mode === "setup") return "Save card";
  return session.mode === "subscription" ? "Subscribe" : "Pay";
}

function mandate(view: CheckoutView): Html {
  const { session, lines, merchant } = view;
  if (session.mode !== "subscription") return html``;
  return html`<p class="mandate">By confirming your subscription, you allow ${merchant} to charge your card ${renewalSum(lines)} every ${every(lines.find((line) => line.price.recurring)?.price)} until you cancel.</p>`;
}

/** As it is printed on the card: four by four, or 4-6-5. */
function grouped(number: string): string {
  return number.length === 15
    ? `${number.slice(0, 4)} ${number.slice(4, 10)} ${number.slice(10)}`
    : number.replace(/(.{4})(?=.)/g, "$1 ");
}

function testCardPanel(nextYear: number): Html {
  const expiry = `12 / ${String(nextYear % 100).padStart(2, "0")}`;
  return html`<details class="cards" aria-label="Test cards"><summary>Test cards</summary>
<p class="mandate">Any future expiration and any security code will do. No money moves.</p>
<table><tbody>${testCards.map(
    (card) => html`<tr><td><code>${grouped(card.number)}</code></td><td>${card.says}</td>
<td><button type="button" class="plain fill" hidden data-fill="${card.number}" data-expiry="${expiry}" aria-label="Use the card ending in ${card.number.slice(-4)}">Use</button></td></tr>`,
  )}</tbody></table></details>`;
}

/** The page where the customer pays. */
export function checkoutPage(view: CheckoutView, nextYear: number): Html {
  const { session, values } = view;
  const countries = session.shipping_address_collection?.allowed_countries ?? null;
  const hasErrors = Object.keys(view.errors).length > 0 || view.refusal !== null;
  return page(
    `${hasErrors ? "Error: " : ""}${view.merchant} · Checkout`,
    view.nonce,
    html`<div class="pay">
${summary(view)}
<main class="main">
<form method="post" action="/c/pay/${session.id}" novalidate>
<h1 class="wide">Payment</h1>
<div class="wallets"><span>Apple Pay</span><span>Google Pay</span> Not available in the sandbox</div>
<fieldset><legend>Contact information</legend>
${
  view.email === null
    ? field(view, { name: "email", label: "Email", type: "email", autocomplete: "email", inputmode: "email" })
    : html`<div><label for="email">Email</label><output class="known" id="email">${view.email}</output></div>`
}
</fieldset>
${countries ? addressFields(view, countries) : ""}
<fieldset><legend>Card</legend>
${view.refusal === null ? "" : html`<p class="alert" role="alert" tabindex="-1" autofocus>${view.refusal}</p>`}
${field(view, { name: "cardNumber", label: "Card number", inputmode: "numeric", autocomplete: "cc-number", placeholder: "1234 1234 1234 1234" })}
<div class="two">
${field(view, { name: "cardExpiry", label: "Expiration", inputmode: "numeric", autocomplete: "cc-exp", placeholder: "MM / YY" })}
${field({ ...view, values: { ...values, cardCvc: "" } }, { name: "cardCvc", label: "CVC", inputmode: "numeric", autocomplete: "cc-csc", placeholder: "CVC" })}
</div>
${field(view, { name: "billingName", label: "Cardholder name", autocomplete: "cc-name" })}
${countries ? "" : countryField(view, "billingCountry", ["SE", "NO", "DK", "FI", "DE", "GB", "US"])}
</fieldset>
<div>${mandate(view)}</div>
<button type="submit" data-busy="Processing …">${buttonWord(session)}</button>
</form>
${testCardPanel(nextYear)}
<p class="foot">This is a stand-in for the payment provider's page, in English only. No card is charged here.</p>
</main></div>`,
  );
}

export interface ApprovalView {
  session: CheckoutSession;
  merchant: string;
  method: PaymentMethod;
  nonce: string;
}

/** The bank's page of a 3-D Secure payment. */
export function approvalPage({ session, merchant, method, nonce }: ApprovalView): Html {
  return page(
    "3-D Secure · Test bank",
    nonce,
    html`<main class="single">
<div class="top"><strong>Test bank</strong> <span class="test-mode">Test mode</span></div>
<h1 class="wide">Approve this payment</h1>
<dl><dt>Merchant</dt><dd>${merchant}</dd><dt>Amount</dt><dd>${session.amount_total ? total(session) : "Nothing now"}</dd><dt>Card</dt><dd>•••• ${method.card?.last4}</dd></dl>
<form method="post">
<button type="submit" name="answer" value="complete" data-busy="Processing …">Complete</button>
<button type="submit" name="answer" value="fail" class="plain">Fail</button>
<button type="submit" name="answer" value="leave" class="plain">Leave</button>
</form>
<p class="mandate">Complete approves the payment, Fail refuses it, Leave goes back to the payment page without an answer.</p>
</main>`,
  );
}

/** A page that says one thing, with a way back. */
export function messagePage(
  title: string,
  text: string,
  nonce: string,
  back?: { url: string; merchant: string },
): Html {
  return page(
    title,
    nonce,
    html`<main class="single">
<div class="top"><span class="test-mode">Test mode</span></div>
<h1 class="wide">${title}</h1><p>${text}</p>
${back ? html`<p><a href="${back.url}">← Back to ${back.merchant}</a></p>` : ""}
</main>`,
  );
}
