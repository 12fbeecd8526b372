import type { AppLoadContext } from "@remix-run/node";
import type { CatalogItem } from "../catalog/catalog-types.ts";
import { type PriceFacts, priceFacts } from "../checkout/price-view.ts";
import type { Locale } from "../locale.ts";
import { type Period, variantPaidBy } from "./memberships.ts";

/** What one could change to, by the month or by the year. */
export type PlanChoice = {
  readonly productId: string;
  readonly variantId: string;
  readonly name: string;
  readonly summary: string;
  readonly price: PriceFacts;
};

/** The memberships that there are to choose from when they are paid by this period, in the order of the shop. */
export function membershipChoices(memberships: readonly CatalogItem[], period: Period): PlanChoice[] {
  return memberships.flatMap((item) => {
    const variant = variantPaidBy(item, period);
    if (!variant) return [];
    const price = { ...priceFacts(variant.price), trial: null, setupFee: null };
    return [{ productId: item.id, variantId: variant.id, name: item.name, summary: item.summary, price }];
  });
}

type Plans = Awaited<ReturnType<AppLoadContext["caller"]["entitlements"]["plans"]>>["plans"];

/** The plans that an organization can pay for in this currency, the smallest first. What is free is come to by an end. */
export function planChoices(plans: Plans, of: { currency: string; period: Period; locale: Locale }): PlanChoice[] {
  return plans.flatMap(({ productId, name, summary, prices }) => {
    const found = prices.find(({ currency, interval }) => currency === of.currency && interval === of.period);
    if (!found || found.amount === 0) return [];
    const { amount, currency, variantId } = found;
    const price = { price: { amount, currency }, interval: { unit: of.period, count: 1 } };
    return [{ productId, variantId, name: name[of.locale], summary: summary[of.locale], price }];
  });
}
