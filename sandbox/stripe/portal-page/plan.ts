import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import type { Html } from "../checkout-page/layout.ts";
import { lineAmount } from "../prices/shape.ts";
import { periodEnd } from "../subscriptions/shape.ts";
import type { Coupon, Price, Subscription } from "../wire.ts";
import { day, type PortalView } from "./view.ts";
import { type Language, words } from "./words.ts";

function perPeriod(price: Price, quantity: number, language: Language): string {
  const interval = price.recurring?.interval ?? "month";
  const every = words[language].every[interval as "day" | "month" | "week" | "year"];
  return `${formatAmount(lineAmount(price, quantity), price.currency, language)} / ${every}`;
}

function standing(view: PortalView, subscription: Subscription): string {
  const said = words[view.language];
  const end = day(subscription.cancel_at ?? periodEnd(subscription), view.language);
  if (subscription.cancel_at !== null) return said.ends(end);
  if (subscription.status === "paused") return said.paused;
  return subscription.status === "trialing" ? said.trial(end) : said.renews(end);
}

/** The change that waits for the period's end, with a way to stay on the plan. */
function plannedText({ planned, language }: PortalView): Html | string {
  if (!planned) return "";
  const said = words[language];
  return html`<p>${said.changes(`${planned.name}, ${perPeriod(planned.price, planned.quantity, language)}`, day(planned.at, language))}</p>
<form method="post"><button class="plain" name="do" value="stay_on_plan">${said.stayOnPlan}</button></form>`;
}

/** The plan as it stands, and everything that may be done with it. */
export function planSection(view: PortalView, subscription: Subscription): Html {
  const said = words[view.language];
  const item = subscription.items.data[0];
  const quantity = item?.quantity ?? 1;
  const late = subscription.status === "past_due" || subscription.status === "unpaid";
  const button = (name: string, text: string) =>
    html`<form method="post"><button name="do" value="${name}">${text}</button></form>`;
  const ways =
    subscription.cancel_at !== null
      ? button("keep", said.keep)
      : subscription.status === "paused"
        ? button("resume", said.resume)
        : html`${changeForm(view)}${pauseForm(view)}${cancelForm(view, subscription)}`;
  return html`<section aria-labelledby="plan"><h2 id="plan">${said.plan}</h2>
<p><strong>${view.planName}</strong>${quantity > 1 ? html` × ${quantity}` : ""}<br>${item ? perPeriod(item.price, quantity, view.language) : ""}</p>
<p>${standing(view, subscription)}</p>
${plannedText(view)}${late ? html`<p class="alert" role="alert">${said.overdue}</p>` : ""}
${ways}</section>`;
}

/** What a chosen change costs now and later, and the button that makes it. */
export function previewSection(view: PortalView): Html | string {
  const { preview, language } = view;
  const said = words[language];
  if (!preview) return "";
  const sum = (amount: number) => formatAmount(amount, preview.currency, language);
  const when = day(preview.nextAt, language);
  const rows = preview.prorations.map(
    (amount) =>
      html`<li><span>${amount < 0 ? said.credited : said.charged}</span><span class="sum">${sum(amount)}</span></li>`,
  );
  return html`<form method="post" class="preview"><input type="hidden" name="price" value="${preview.price}"><input type="hidden" name="quantity" value="${preview.quantity}">
<h3>${said.previewTitle}</h3>
${rows.length > 0 ? html`<ul class="lines">${rows}</ul>` : ""}
<p>${preview.dueNow > 0 ? html`<strong>${said.dueNow(sum(preview.dueNow))}</strong> ${said.afterwards(sum(preview.next), when)}` : preview.waits ? said.fromThen(sum(preview.next), when) : said.onNext(sum(preview.next), when)}</p>
<button name="do" value="switch">${said.confirm}</button></form>`;
}

export function changeForm(view: PortalView): Html | string {
  const said = words[view.language];
  const { preview, offers, bounds, subscription } = view;
  const item = subscription?.items.data[0];
  if ((offers.length === 0 && !bounds) || !item) return "";
  const chosen = preview?.price ?? item.price.id;
  const options = [{ price: item.price, name: view.planName }, ...offers].map(
    ({ price, name }) =>
      html`<option value="${price.id}" ${chosen === price.id ? "selected" : ""}>${name}, ${perPeriod(price, 1, view.language)}</option>`,
  );
  const plan =
    offers.length > 0
      ? html`<div><label for="price">${said.newPlan}</label><select id="price" name="price">${options}</select></div>`
      : "";
  const quantity = bounds
    ? html`<div><label for="quantity">${said.newQuantity}</label><input id="quantity" name="quantity" type="number" inputmode="numeric" min="${bounds.least}" max="${bounds.most}" value="${preview?.quantity ?? item.quantity ?? 1}"></div>`
    : "";
  const open = preview !== undefined || view.flow !== undefined;
  return html`<details ${open ? "open" : ""}><summary>${said.switchTo}</summary>
<form method="get">${view.whole ? html`<input type="hidden" name="home" value="1">` : ""}${plan}${quantity}<button class="plain">${said.preview}</button></form>
${previewSection(view)}</details>`;
}

export function pauseForm(view: PortalView): Html | string {
  const said = words[view.language];
  if (!view.configuration.features.subscription_pause.enabled && !view.flow?.subscription_pause) return "";
  return html`<details ${view.flow ? "open" : ""}><summary>${said.pause}</summary><form method="post"><p>${pauseText(view)}</p>${lengthField(view)}
<button name="do" value="pause">${said.pause}</button></form></details>`;
}

function pauseText({ configuration, language }: PortalView): string {
  const { type } = configuration.features.subscription_pause.duration;
  return type === "interval_options" ? words[language].pauseForText : words[language].pauseText;
}

/** The lengths of a pause that are on offer, when there are such. */
function lengthField({ configuration, language }: PortalView): Html | string {
  const { type, interval_options: options } = configuration.features.subscription_pause.duration;
  if (type !== "interval_options") return "";
  const said = words[language];
  const rows = options.map(
    (one, index) =>
      html`<option value="${index}">${said.length(one.interval as "day" | "month" | "week" | "year", one.interval_count)}</option>`,
  );
  return html`<div><label for="length">${said.howLong}</label><select id="length" name="length">${rows}</select></div>`;
}

function offerSection(view: PortalView, coupon: Coupon): Html {
  const said = words[view.language];
  const off =
    coupon.percent_off === null
      ? formatAmount(coupon.amount_off ?? 0, coupon.currency ?? "usd", view.language)
      : (coupon.percent_off / 100).toLocaleString(view.language, { style: "percent", maximumFractionDigits: 2 });
  const time =
    coupon.duration === "repeating"
      ? said.times.repeating(coupon.duration_in_months ?? 1)
      : said.times[coupon.duration === "once" ? "once" : "forever"];
  return html`<form method="post" class="offer"><h3>${said.offerTitle}</h3><p>${said.offer(off, time)}</p><button name="do" value="stay">${said.stay}</button></form>`;
}

export function cancelForm(view: PortalView, subscription: Subscription): Html | string {
  const said = words[view.language];
  const { subscription_cancel: cancel } = view.configuration.features;
  const flow = view.flow?.subscription_cancel;
  if (!cancel.enabled && !flow) return "";
  const { options, enabled } = cancel.cancellation_reason;
  const known = Object.entries(said.reasons).filter(([reason]) => options.some((one) => one === reason));
  const reasons = known.map(([reason, text]) => html`<option value="${reason}">${text}</option>`);
  return html`${view.retention ? offerSection(view, view.retention) : ""}<details ${flow && !view.retention ? "open" : ""}><summary>${said.cancel}</summary><form method="post">
<p>${cancel.mode === "immediately" ? said.cancelNow : said.cancelAtEnd(day(periodEnd(subscription), view.language))}</p>
${
  enabled
    ? html`<div><label for="feedback">${said.reason}</label><select id="feedback" name="feedback"><option value="">${said.noReason}</option>${reasons}</select></div>
<div><label for="comment">${said.comment}</label><input id="comment" name="comment" maxlength="500"></div>`
    : ""
}<button name="do" value="cancel" class="plain danger">${said.cancel}</button></form></details>`;
}
