import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { currency, type Field, hash, integer, oneOf, required, text, type Values } from "../api/params.ts";
import type { Unit } from "../unit.ts";
import type { ShippingRate } from "../wire.ts";

export const taxBehavior = oneOf(["exclusive", "inclusive", "unspecified"]);
const bound = hash({
  unit: required(oneOf(["business_day", "day", "hour", "month", "week"])),
  value: required(integer(1)),
});
const amount = integer(0, 99_999_999);
const option = hash({ amount: required(amount), tax_behavior: taxBehavior });
type Options = NonNullable<NonNullable<ShippingRate["fixed_amount"]>["currency_options"]>;

/** One amount for each further currency, by its three letters. */
export const currencyOptions: Field<Options | undefined> = {
  read(raw, at) {
    if (raw === undefined) return undefined;
    if (typeof raw === "string") throw invalid("Invalid object", at);
    const entries = Object.entries(raw).map(([name, one]): [string, Options[string]] => {
      const read = required(option).read(one, `${at}[${name}]`);
      return [name, { amount: read.amount, tax_behavior: read.tax_behavior ?? "unspecified" }];
    });
    return Object.fromEntries(entries);
  },
};

export const newRateParams = {
  delivery_estimate: hash({ maximum: bound, minimum: bound }),
  display_name: required(text(100)),
  fixed_amount: hash({ amount: required(amount), currency: required(currency()), currency_options: currencyOptions }),
  metadata: metadata(),
  tax_behavior: taxBehavior,
  tax_code: text(),
  type: oneOf(["fixed_amount"]),
};

/** A way of sending goods, and what it costs. */
export function newShippingRate(unit: Unit, sent: Values<typeof newRateParams>, at = ""): ShippingRate {
  const fixed = sent.fixed_amount;
  const name = at === "" ? "fixed_amount" : `${at}[fixed_amount]`;
  if (!fixed) throw invalid(`Missing required param: ${name}.`, name, "parameter_missing");
  const estimate = sent.delivery_estimate;
  return {
    id: newId("shr"),
    object: "shipping_rate",
    active: true,
    created: unit.now,
    delivery_estimate: estimate ? { maximum: estimate.maximum ?? null, minimum: estimate.minimum ?? null } : null,
    display_name: sent.display_name,
    fixed_amount: {
      amount: fixed.amount,
      currency: fixed.currency,
      ...(fixed.currency_options ? { currency_options: fixed.currency_options } : {}),
    },
    livemode: false,
    metadata: mergeMetadata({}, sent.metadata),
    tax_behavior: sent.tax_behavior ?? "unspecified",
    tax_code: sent.tax_code ?? null,
    type: "fixed_amount",
  };
}

/** What a rate costs in a currency; undefined when it has no amount for it. */
export function rateAmount(rate: ShippingRate, spoken: string): number | undefined {
  const { fixed_amount: fixed } = rate;
  return fixed?.currency === spoken ? fixed.amount : fixed?.currency_options?.[spoken]?.amount;
}
