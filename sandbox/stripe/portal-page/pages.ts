import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import { brandName } from "../cards/numbers.ts";
import { countryOptions, usualCountries } from "../checkout-page/fields.ts";
import { type Html, page } from "../checkout-page/layout.ts";
import { checkoutWords } from "../checkout-page/words.ts";
import { cancelForm, changeForm, pauseForm, planSection, previewSection } from "./plan.ts";
import { day, type PortalView } from "./view.ts";
import { type Language, words } from "./words.ts";

function cardsSection(view: PortalView): Html | string {
  const said = words[view.language];
  const own = view.flow?.type === "payment_method_update";
  if (!view.configuration.features.payment_method_update.enabled && !own) return "";
  const rows = view.cards.map((one) => {
    const expires = `${String(one.card?.exp_month).padStart(2, "0")}/${one.card?.exp_year}`;
    const name = said.ending(brandName(one.card?.brand ?? ""), one.card?.last4 ?? "", expires);
    const used = one.id === view.standard;
    return html`<li><span>${name}${used ? html`<small>${said.standard}</small>` : ""}</span>${
      used
        ? ""
        : html`<form method="post"><input type="hidden" name="card" value="${one.id}"><button class="plain" name="do" value="standard" aria-label="${said.makeStandard}: ${name}">${said.makeStandard}</button><button class="plain" name="do" value="remove" aria-label="${said.remove}: ${name}">${said.remove}</button></form>`
    }</li>`;
  });
  return html`<section aria-labelledby="cards"><h2 id="cards">${said.cards}</h2>
${view.refusal === null ? "" : html`<p class="alert" role="alert">${view.refusal}</p>`}
<ul class="lines">${rows}</ul>
<details ${view.refusal === null && !own ? "" : "open"}><summary>${said.addCard}</summary><form method="post">
<div><label for="number">${said.number}</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" required></div>
<div class="two"><div><label for="expiry">${said.expiry}</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="${checkoutWords[view.language].expiryForm}" required></div>
<div><label for="cvc">${said.cvc}</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" required></div></div>
<button name="do" value="add">${said.save}</button></form></details></section>`;
}

function invoicesSection(view: PortalView): Html | string {
  const said = words[view.language];
  if (!view.configuration.features.invoice_history.enabled) return "";
  const rows = view.invoices.map((one) => {
    const status = said.statuses[(one.status ?? "draft") as keyof typeof said.statuses];
    const date = day(one.created, view.language);
    return html`<li><span>${one.hosted_invoice_url ? html`<a href="${one.hosted_invoice_url}">${date}</a>` : date}<small>${status}</small></span><span class="sum">${formatAmount(one.total, one.currency, view.language)}</span></li>`;
  });
  return html`<section aria-labelledby="invoices"><h2 id="invoices">${said.invoices}</h2>
${rows.length === 0 ? html`<p>${said.noInvoices}</p>` : html`<ul class="lines">${rows}</ul>`}</section>`;
}

function detailsSection(view: PortalView): Html | string {
  const said = words[view.language];
  const { customer, configuration, flow } = view;
  const { enabled, allowed_updates: allowed } = configuration.features.customer_update;
  const own = flow?.type === "customer_update";
  if ((!enabled && !own) || allowed.length === 0) return "";
  const may = (part: string) => allowed.some((one) => one === part);
  const input = (name: string, label: string, value: string | null | undefined, autocomplete: string) =>
    html`<div><label for="own-${name}">${label}</label><input id="own-${name}" name="${name}" value="${value ?? ""}" autocomplete="${autocomplete}"></div>`;
  const { address } = customer;
  const countries = [...new Set([...(address?.country ? [address.country] : []), ...usualCountries])];
  return html`<section aria-labelledby="details"><h2 id="details">${said.details}</h2>
${own ? "" : html`<p>${[customer.name, customer.email].filter(Boolean).join(", ")}</p>`}
<details ${own ? "open" : ""}><summary>${said.details}</summary><form method="post">
${may("name") ? input("name", said.name, customer.name, "name") : ""}${may("email") ? input("email", said.email, customer.email, "email") : ""}
${may("phone") ? input("phone", said.phone, customer.phone, "tel") : ""}
${
  may("address")
    ? html`${input("line1", said.line1, address?.line1, "address-line1")}<div class="two">${input("postal_code", said.postalCode, address?.postal_code, "postal-code")}${input("city", said.city, address?.city, "address-level2")}</div>
<div><label for="own-country">${said.country}</label><select id="own-country" name="country" autocomplete="country">
${address?.country ? "" : html`<option value=""></option>`}${countryOptions(view.language, countries, address?.country ?? undefined)}</select></div>`
    : ""
}<button name="do" value="details">${said.saveDetails}</button></form></details></section>`;
}

/** The one thing that a deep link leads to. */
function flowSection(view: PortalView): Html | string {
  const { flow, subscription } = view;
  if (flow?.type === "payment_method_update") return cardsSection(view);
  if (flow?.type === "customer_update") return detailsSection(view);
  if (!subscription) return html`<p>${words[view.language].noPlan}</p>`;
  const inner =
    flow?.type === "subscription_cancel"
      ? cancelForm(view, subscription)
      : flow?.type === "subscription_pause"
        ? pauseForm(view)
        : flow?.type === "subscription_update_confirm"
          ? previewSection(view)
          : changeForm(view);
  return html`<section><h2>${view.planName}</h2>${inner}</section>`;
}

/** The page where customers look after their plan, cards, details and invoices themselves, or do the one thing a link leads to. */
export function portalPage(view: PortalView): Html {
  const said = words[view.language];
  const { return_url: back } = view.session;
  const { headline, privacy_policy_url: privacy, terms_of_service_url: terms } = view.configuration.business_profile;
  const whole = html`${view.subscription ? planSection(view, view.subscription) : html`<section><p>${said.noPlan}</p></section>`}
${cardsSection(view)}
${detailsSection(view)}
${invoicesSection(view)}`;
  return page(
    `${said.title} · ${view.merchant}`,
    view.nonce,
    html`<main class="single portal">
<div class="top">${back ? html`<a href="${back}">${said.back(view.merchant)}</a>` : html`<strong>${view.merchant}</strong>`} <span class="test-mode">${said.testMode}</span></div>
<h1 class="wide">${headline ?? said.title}</h1>
${view.flow ? flowSection(view) : whole}
<p class="foot">${terms ? html`<a href="${terms}">${said.terms}</a> ` : ""}${privacy ? html`<a href="${privacy}">${said.privacy}</a>` : ""}</p>
</main>`,
    view.language,
  );
}

/** What is left to say when the one thing is done. */
export function donePage(of: {
  language: Language;
  nonce: string;
  message: string | null;
  back: string | null;
  merchant: string;
}): Html {
  const said = words[of.language];
  return page(
    said.doneTitle,
    of.nonce,
    html`<main class="single"><h1 class="wide">${said.doneTitle}</h1><p role="status">${of.message ?? said.done}</p>
${of.back ? html`<p><a href="${of.back}">${said.back(of.merchant)}</a></p>` : ""}</main>`,
    of.language,
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
