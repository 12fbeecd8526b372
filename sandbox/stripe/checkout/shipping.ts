import { invalid } from "../api/errors.ts";
import { hash, list, text } from "../api/params.ts";
import { inParam } from "../lookups.ts";
import { newRateParams, newShippingRate, rateAmount } from "../shipping-rates/shape.ts";
import { create, type Unit } from "../unit.ts";
import type { CheckoutSession, ShippingRate } from "../wire.ts";
import { idOf } from "../world.ts";

export const shippingOptionParams = list(hash({ shipping_rate: text(), shipping_rate_data: hash(newRateParams) }));
type Sent = NonNullable<ReturnType<typeof shippingOptionParams.read>>;
type Option = CheckoutSession["shipping_options"][number];

function rateOf(unit: Unit, sent: Sent[number], at: string): ShippingRate {
  const { shipping_rate: named, shipping_rate_data: data } = sent;
  if ((named === undefined) === (data === undefined))
    throw invalid(`You must specify either \`shipping_rate\` or \`shipping_rate_data\` for ${at}.`, at);
  if (data) return create(unit, unit.world.shippingRates, newShippingRate(unit, data, `${at}[shipping_rate_data]`));
  const rate = inParam(unit.world.shippingRates, named ?? "", `${at}[shipping_rate]`);
  if (rate.active) return rate;
  throw invalid(`The shipping rate \`${rate.id}\` is archived and cannot be used.`, `${at}[shipping_rate]`);
}

/** The ways of sending that a checkout offers; the first is chosen until the customer chooses another. */
export function readShipping(unit: Unit, sent: Sent | undefined, mode: string, currency: string): Option[] {
  if (sent === undefined) return [];
  if (mode !== "payment")
    throw invalid(`You can not pass \`shipping_options\` in \`${mode}\` mode.`, "shipping_options");
  if (sent.length > 5) throw invalid("You can pass at most 5 shipping options.", "shipping_options");
  return sent.map((one, index) => {
    const at = `shipping_options[${index}]`;
    const rate = rateOf(unit, one, at);
    const amount = rateAmount(rate, currency);
    if (amount === undefined)
      throw invalid(
        `The shipping rate \`${rate.id}\` does not support the currency \`${currency}\` of this Checkout Session.`,
        at,
      );
    return { shipping_amount: amount, shipping_rate: rate.id };
  });
}

/** What the chosen way costs. */
export function costOf(chosen: Option | undefined): CheckoutSession["shipping_cost"] {
  if (!chosen) return null;
  const amount = chosen.shipping_amount;
  return {
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    shipping_rate: idOf(chosen.shipping_rate) ?? "",
  };
}
