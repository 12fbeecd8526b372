import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import type { DueNow } from "../checkout/due-now.ts";
import type { Language } from "../portal-page/words.ts";
import { lineAmount } from "../prices/shape.ts";
import type { CheckoutLine, CheckoutSession, Price, TaxRate } from "../wire.ts";
import { named } from "./fields.ts";
import type { Html } from "./layout.ts";
import { checkoutWords } from "./words.ts";

export interface Ordered {
  language: Language;
  session: CheckoutSession;
  lines: readonly CheckoutLine[];
  merchant: string;
  /** How many days are free first; null without a trial. */
  trialDays: number | null;
  /** The code that is taken off; null without one. */
  code: string | null;
  /** Whether a code was typed in that is no good. */
  codeRefused: boolean;
  /** What each tax rate comes to. */
  taxes: readonly { amount: number; rate: TaxRate }[];
  /** What is charged now, and what the customer's balance changes of it. */
  due: DueNow;
}

export function every(language: Language, price: Price | undefined): string {
  const { interval, interval_count: count = 1 } = price?.recurring ?? {};
  const known = (["day", "week", "year"] as const).find((one) => one === interval) ?? "month";
  return checkoutWords[language].every(known, count);
}

function total({ session, due, language }: Ordered): string {
  return formatAmount(due.due, session.currency ?? "usd", language);
}

/** What renews costs per period, once a trial is over and a coupon for one invoice is used up. */
export function renewalSum({ lines, language }: Pick<Ordered, "lines" | "language">): string {
  const renewing = lines.filter((line) => line.price.recurring && line.quantity !== null);
  const sum = renewing.reduce((all, line) => all + lineAmount(line.price, line.quantity ?? 1), 0);
  return formatAmount(sum, renewing[0]?.currency ?? "usd", language);
}

function backLink({ session, merchant, language }: Ordered): Html {
  return session.cancel_url
    ? html`<a href="${session.cancel_url}" class="back"><span aria-hidden="true">←</span> ${checkoutWords[language].back(merchant)}</a>`
    : html`<strong>${merchant}</strong>`;
}

/** The quantity as a form of its own where the customer may change it; sent by a button, or at once by the script. */
function quantity({ session, language }: Ordered, line: CheckoutLine): Html | string {
  const words = checkoutWords[language];
  const count = line.quantity ?? 1;
  const allowed = line.adjustable_quantity;
  if (!allowed?.enabled) return count > 1 ? html`<small>${words.quantity(count)}</small>` : "";
  return html`<form method="post" action="/c/pay/${session.id}/quantity" class="count" data-at-once>
<input type="hidden" name="line" value="${line.id}"><span aria-hidden="true">${words.count}</span>
<input type="number" name="quantity" value="${count}" min="${Math.max(1, allowed.minimum ?? 1)}" max="${allowed.maximum ?? 99}" inputmode="numeric" aria-label="${words.changeQuantity(line.description ?? "")}">
<button class="plain">${words.update}</button></form>`;
}

function lineRow(view: Ordered, line: CheckoutLine): Html {
  const { language } = view;
  const renews = line.price.recurring
    ? html`<small>${checkoutWords[language].billed(every(language, line.price))}</small>`
    : "";
  return html`<li><span>${line.description}${renews}${quantity(view, line)}</span><span class="sum">${formatAmount(line.amount_subtotal, line.currency, language)}</span></li>`;
}

function heading({ session, lines, merchant, language }: Ordered): string {
  const words = checkoutWords[language];
  if (session.mode === "setup") return words.saving(merchant);
  return session.mode === "subscription"
    ? words.subscribing(lines[0]?.description ?? merchant)
    : words.paying(merchant);
}

/** What is taken off by a coupon and by what the shop owes the customer, and what sending and taxes add. */
function changes({ session, due, language, taxes }: Ordered): Html | string {
  const words = checkoutWords[language];
  const off = session.total_details?.amount_discount ?? 0;
  const sum = (amount: number) => formatAmount(amount, session.currency ?? "usd", language);
  return html`${
    off > 0
      ? html`<li><span>${words.subtotal}</span><span class="sum">${sum(session.amount_subtotal ?? 0)}</span></li>
<li><span>${words.discount}</span><span class="sum">−${sum(off)}</span></li>`
      : ""
  }${
    session.shipping_cost
      ? html`<li><span>${words.shippingCost}</span><span class="sum">${session.shipping_cost.amount_total === 0 ? words.free : sum(session.shipping_cost.amount_total)}</span></li>`
      : ""
  }${taxes.map(
    ({ rate, amount }) =>
      html`<li><span>${words.tax(rate.display_name, rate.percentage, rate.inclusive)}</span><span class="sum">${sum(amount)}</span></li>`,
  )}${
    due.applied === 0
      ? ""
      : html`<li><span>${due.applied < 0 ? words.balance : words.debt}${due.tooSmall ? html`<small>${words.tooSmall}</small>` : ""}</span><span class="sum">${due.applied < 0 ? "−" : ""}${sum(Math.abs(due.applied))}</span></li>`
  }`;
}

/** A code that was just tried is shown, however small the page. */
function codeOpen({ codeRefused, code }: Ordered): string {
  return codeRefused || code !== null ? " open" : "";
}

/** The field for a code, or the code that is used with a way to take it back; a form of its own. */
function codeForm({ session, code, codeRefused, language }: Ordered): Html | string {
  if (session.allow_promotion_codes !== true) return "";
  const words = checkoutWords[language];
  const action = `/c/pay/${session.id}/promotion`;
  if (code !== null)
    return html`<li><form method="post" action="${action}" class="code"><span>${words.code}: <strong>${code}</strong></span>
<button class="plain" name="code" value="" aria-label="${words.codeRemove(code)}">${words.remove}</button></form></li>`;
  return html`<li><form method="post" action="${action}" class="code">
<label for="promotionCode">${named(language, "code")}</label><span class="coded"><input id="promotionCode" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required${codeRefused ? html` aria-invalid="true" aria-describedby="promotionCode-error" autofocus` : ""}>
<button class="plain">${words.codeUse}</button></span>${codeRefused ? html`<p class="error" id="promotionCode-error">${words.codeWrong}</p>` : ""}</form></li>`;
}

/** What is bought and what it costs, now and later. */
export function summary(view: Ordered): Html {
  const { session, lines, language, trialDays } = view;
  const words = checkoutWords[language];
  const top = html`<div class="top">${backLink(view)} <span class="test-mode">${words.testMode}</span></div>`;
  if (session.mode === "setup") {
    return html`<section class="side" aria-label="${words.summary}"><div>${top}
<p class="what">${heading(view)}</p><p class="total">${words.nothingNow}</p></div></section>`;
  }
  const renewing = lines.find((line) => line.price.recurring)?.price;
  return html`<section class="side" aria-label="${words.summary}"><div>${top}
<p class="what">${heading(view)}</p>
<p class="total">${total(view)}</p>
${renewing ? html`<p class="after">${trialDays === null ? "" : words.trial(trialDays)}${words.renews(renewalSum(view), every(language, renewing))}</p>` : ""}
<details class="fold" data-open-wide${codeOpen(view)}><summary>${words.details}</summary><ul class="lines">${lines.map((line) => lineRow(view, line))}
${codeForm(view)}${changes(view)}<li class="due"><span>${words.due}</span><span class="sum">${total(view)}</span></li></ul></details>
</div></section>`;
}
