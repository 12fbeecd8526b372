import { html } from "hono/html";
import { formatAmount } from "../amounts.ts";
import type { Language } from "../portal-page/words.ts";
import type { CheckoutSession, ShippingRate } from "../wire.ts";
import { idOf } from "../world.ts";
import { named } from "./fields.ts";
import type { Html } from "./layout.ts";
import { checkoutWords } from "./words.ts";

type Bound = NonNullable<NonNullable<ShippingRate["delivery_estimate"]>["maximum"]>;

/** One and many of each unit of time. */
const units: Record<Language, Record<string, readonly [string, string]>> = {
  en: {
    hour: ["hour", "hours"],
    day: ["day", "days"],
    business_day: ["business day", "business days"],
    week: ["week", "weeks"],
    month: ["month", "months"],
  },
  sv: {
    hour: ["timme", "timmar"],
    day: ["dag", "dagar"],
    business_day: ["arbetsdag", "arbetsdagar"],
    week: ["vecka", "veckor"],
    month: ["månad", "månader"],
  },
};

/** `2–3 business days`, or what is known of it. */
function estimate(language: Language, { delivery_estimate: told }: ShippingRate): string {
  const { minimum, maximum } = told ?? {};
  const last = maximum ?? minimum;
  if (!last) return "";
  const unit = (of: Bound) => units[language][of.unit]?.[of.value === 1 ? 0 : 1] ?? of.unit;
  if (!minimum || !maximum || minimum.value === maximum.value) return `${last.value} ${unit(last)}`;
  return minimum.unit === maximum.unit
    ? `${minimum.value}–${maximum.value} ${unit(maximum)}`
    : `${minimum.value} ${unit(minimum)} – ${maximum.value} ${unit(maximum)}`;
}

/** Whether another way of sending was chosen than the one that the total was shown for. */
export function otherWay(session: CheckoutSession, chosen: string): boolean {
  if (session.shipping_options.length === 0 || chosen === "") return false;
  return chosen !== idOf(session.shipping_cost?.shipping_rate);
}

/**
 * The ways of sending, with what each costs. Choosing another asks for the new total first: at once where scripts run, else by the
 * button, and whoever pays without pressing it is shown the total before anything is charged.
 */
export function shippingChoice(
  language: Language,
  session: CheckoutSession,
  rates: readonly ShippingRate[],
): Html | string {
  if (session.shipping_options.length === 0) return "";
  const words = checkoutWords[language];
  const chosen = idOf(session.shipping_cost?.shipping_rate);
  const choices = session.shipping_options.map((option) => {
    const id = idOf(option.shipping_rate) ?? "";
    const rate = rates.find((one) => one.id === id);
    const when = rate ? estimate(language, rate) : "";
    const costs =
      option.shipping_amount === 0
        ? words.free
        : formatAmount(option.shipping_amount, session.currency ?? "", language);
    return html`<label class="choice way"><input type="radio" name="shippingRate" value="${id}"${id === chosen ? html` checked` : ""}>
<span>${rate?.display_name ?? id}${when ? html`<small>${when}</small>` : ""}</span><span class="sum">${costs}</span></label>`;
  });
  return html`<fieldset><legend>${named(language, "shippingMethod")}</legend><div class="choices ways">${choices}</div>
<button class="plain" formaction="/c/pay/${session.id}/shipping" data-choose="shippingRate">${words.updateTotal}</button></fieldset>`;
}
