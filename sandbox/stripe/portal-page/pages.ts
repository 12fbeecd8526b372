import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import { type Html, page } from "../checkout-page/layout.ts";
import { lineAmount } from "../prices/shape.ts";
import { periodEnd } from "../subscriptions/shape.ts";
import type { Invoice, PaymentMethod, PortalConfiguration, PortalSession, Price, Subscription } from "../wire.ts";
import { type Language, words } from "./words.ts";

/** A price that the plan can be changed to, with the name of what it buys. */
export interface Offer {
  price: Price;
  name: string;
}

export interface PortalView {
  language: Language;
  merchant: string;
  nonce: string;
  /** The page's own address. */
  path: string;
  session: PortalSession;
  configuration: PortalConfiguration;
  subscription: Subscription | undefined;
  planName: string;
  offers: readonly Offer[];
  /** What a chosen offer would cost, before it is taken. */
  preview: { price: string; dueNow: number; next: number; currency: string } | undefined;
  cards: readonly PaymentMethod[];
  standard: string | null;
  invoices: readonly Invoice[];
  refusal: string | null;
}

const locales = { en: "en-GB", sv: "sv-SE" } as const;

function day(seconds: number, language: Language): string {
  const date = new Date(seconds * 1000);
  return date.toLocaleDateString(locales[language], {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

function perPeriod(price: Price, quantity: number, language: Language): string {
  const interval = price.recurring?.interval ?? "month";
  const every = words[language].every[interval as "day" | "month" | "week" | "year"];
  return `${formatAmount(lineAmount(price, quantity), price.currency, language)} / ${every}`;
}

function planSection(view: PortalView, subscription: Subscription): Html {
  const said = words[view.language];
  const item = subscription.items.data[0];
  const end = day(subscription.cancel_at ?? periodEnd(subscription), view.language);
  const what =
    subscription.cancel_at !== null
      ? said.ends(end)
      : subscription.status === "trialing"
        ? said.trial(end)
        : said.renews(end);
  return html`<section aria-labelledby="plan"><h2 id="plan">${said.plan}</h2>
<p><strong>${view.planName}</strong><br>${item ? perPeriod(item.price, item.quantity ?? 1, view.language) : ""}</p>
<p>${what}</p>
${subscription.status === "past_due" || subscription.status === "unpaid" ? html`<p class="alert" role="alert">${said.overdue}</p>` : ""}
${subscription.cancel_at !== null ? html`<form method="post"><button name="do" value="keep">${said.keep}</button></form>` : html`${switchForm(view)}${cancelForm(view, subscription)}`}
</section>`;
}

function switchForm(view: PortalView): Html {
  const said = words[view.language];
  if (!view.configuration.features.subscription_update.enabled || view.offers.length === 0) return html``;
  const { preview } = view;
  return html`<details ${preview ? "open" : ""}><summary>${said.switchTo}</summary>
<form method="get"><div><label for="price">${said.newPlan}</label><select id="price" name="price">${view.offers.map(
    ({ price, name }) =>
      html`<option value="${price.id}" ${preview?.price === price.id ? "selected" : ""}>${name}, ${perPeriod(price, 1, view.language)}</option>`,
  )}</select></div><button class="plain">${said.preview}</button></form>
${
  preview
    ? html`<form method="post"><input type="hidden" name="price" value="${preview.price}">
<p>${preview.dueNow > 0 ? said.dueNow(formatAmount(preview.dueNow, preview.currency, view.language)) : said.nextInvoice(formatAmount(preview.next, preview.currency, view.language))}</p>
<button name="do" value="switch">${said.change}</button></form>`
    : ""
}</details>`;
}

function cancelForm(view: PortalView, subscription: Subscription): Html {
  const said = words[view.language];
  const { subscription_cancel: cancel } = view.configuration.features;
  if (!cancel.enabled) return html``;
  const { options, enabled } = cancel.cancellation_reason;
  const known = Object.entries(said.reasons).filter(([reason]) => options.some((one) => one === reason));
  return html`<details><summary>${said.cancel}</summary><form method="post">
<p>${cancel.mode === "immediately" ? said.cancelNow : said.cancelAtEnd(day(periodEnd(subscription), view.language))}</p>
${
  enabled
    ? html`<div><label for="feedback">${said.reason}</label><select id="feedback" name="feedback"><option value="">${said.noReason}</option>${known.map(
        ([reason, text]) => html`<option value="${reason}">${text}</option>`,
      )}</select></div><div><label for="comment">${said.comment}</label><input id="comment" name="comment" maxlength="500"></div>`
    : ""
}<button name="do" value="cancel">${said.cancel}</button></form></details>`;
}

function cardsSection(view: PortalView): Html {
  const said = words[view.language];
  if (!view.configuration.features.payment_method_update.enabled) return html``;
  const rows = view.cards.map((one) => {
    const expires = `${String(one.card?.exp_month).padStart(2, "0")}/${one.card?.exp_year}`;
    const name = said.ending(one.card?.brand ?? "", one.card?.last4 ?? "", expires);
    const own = one.id === view.standard;
    return html`<li><span>${name}${own ? html`<small>${said.standard}</small>` : ""}</span>${
      own
        ? ""
        : html`<form method="post"><input type="hidden" name="card" value="${one.id}"><button class="plain" name="do" value="standard" aria-label="${said.makeStandard}: ${name}">${said.makeStandard}</button><button class="plain" name="do" value="remove" aria-label="${said.remove}: ${name}">${said.remove}</button></form>`
    }</li>`;
  });
  return html`<section aria-labelledby="cards"><h2 id="cards">${said.cards}</h2>
${view.refusal === null ? "" : html`<p class="alert" role="alert">${view.refusal}</p>`}
<ul class="lines">${rows}</ul>
<details ${view.refusal === null ? "" : "open"}><summary>${said.addCard}</summary><form method="post">
<div><label for="number">${said.number}</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" required></div>
<div class="two"><div><label for="expiry">${said.expiry}</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" required></div>
<div><label for="cvc">${said.cvc}</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" required></div></div>
<button name="do" value="add">${said.save}</button></form></details></section>`;
}

function invoicesSection(view: PortalView): Html {
  const said = words[view.language];
  if (!view.configuration.features.invoice_history.enabled) return html``;
  const rows = view.invoices.map((one) => {
    const status = said.statuses[(one.status ?? "draft") as keyof typeof said.statuses];
    const date = day(one.created, view.language);
    return html`<li><span>${one.hosted_invoice_url ? html`<a href="${one.hosted_invoice_url}">${date}</a>` : date}<small>${status}</small></span><span class="sum">${formatAmount(one.total, one.currency, view.language)}</span></li>`;
  });
  return html`<section aria-labelledby="invoices"><h2 id="invoices">${said.invoices}</h2>
${rows.length === 0 ? html`<p>${said.noInvoices}</p>` : html`<ul class="lines">${rows}</ul>`}</section>`;
}

/** The page where customers look after their plan, cards and invoices themselves. */
export function portalPage(view: PortalView): Html {
  const said = words[view.language];
  const { return_url: back } = view.session;
  return page(
    `${said.title} · ${view.merchant}`,
    view.nonce,
    html`<main class="single portal">
<div class="top">${back ? html`<a href="${back}">${said.back(view.merchant)}</a>` : html`<strong>${view.merchant}</strong>`} <span class="test-mode">${said.testMode}</span></div>
<h1 class="wide">${view.configuration.business_profile.headline ?? said.title}</h1>
${view.subscription ? planSection(view, view.subscription) : html`<p>${said.noPlan}</p>`}
${cardsSection(view)}
${invoicesSection(view)}
</main>`,
    view.language,
  );
}

export function closedPage(language: Language, nonce: string): Html {
  const said = words[language];
  return page(
    said.over,
    nonce,
    html`<main class="single"><h1 class="wide">${said.over}</h1><p>${said.overText}</p></main>`,
    language,
  );
}
