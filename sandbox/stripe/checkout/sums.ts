import { sumTaxes } from "../taxes/line-taxes.ts";
import type { CheckoutLine, CheckoutSession } from "../wire.ts";
import type { World } from "../world.ts";
import type { CheckoutDetails } from "./details.ts";

/** What a checkout comes to: its lines with their taxes, and what sending costs. */
export function sumsOf(
  lines: readonly CheckoutLine[],
  shipping: CheckoutSession["shipping_cost"],
): Pick<CheckoutSession, "amount_subtotal" | "amount_total" | "total_details"> {
  const sum = (part: "amount_discount" | "amount_subtotal" | "amount_tax" | "amount_total") =>
    lines.reduce((all, one) => all + one[part], 0);
  return {
    amount_subtotal: sum("amount_subtotal"),
    amount_total: sum("amount_total") + (shipping?.amount_total ?? 0),
    total_details: {
      amount_discount: sum("amount_discount"),
      amount_shipping: shipping?.amount_total ?? 0,
      amount_tax: sum("amount_tax"),
    },
  };
}

/** The taxes of a checkout, or of one of its lines, with the rates that they go by. */
export function taxesTold(world: World, details: CheckoutDetails | undefined, line?: string) {
  const { lineTaxes = {} } = details ?? {};
  const wanted = line === undefined ? Object.values(lineTaxes) : [lineTaxes[line] ?? []];
  return sumTaxes(wanted).flatMap((one) => {
    const rate = world.taxRates.get(one.tax_rate_details?.tax_rate ?? "");
    const reason = one.taxability_reason === "not_available" ? null : one.taxability_reason;
    return rate
      ? [{ amount: one.amount, rate, taxability_reason: reason, taxable_amount: one.taxable_amount ?? 0 }]
      : [];
  });
}
