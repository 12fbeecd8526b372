import { newId } from "../../ids.ts";
import type { Unit } from "../unit.ts";
import type { Plan, Price } from "../wire.ts";
import { tieredAmount } from "./tiers.ts";

export type Recurring = NonNullable<Price["recurring"]>;

/** How a price renews, with the parts that only meters and trials would fill. */
export function recurring(interval: Recurring["interval"], count: number): Recurring {
  return { interval, interval_count: count, meter: null, trial_period_days: null, usage_type: "licensed" };
}

export function newPrice(unit: Unit, product: string, currency: string, given: Partial<Price>): Price {
  return {
    id: newId("price"),
    object: "price",
    active: true,
    billing_scheme: "per_unit",
    created: unit.now,
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: null,
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? "recurring" : "one_time",
    unit_amount: null,
    unit_amount_decimal:
      given.unit_amount === null || given.unit_amount === undefined ? null : String(given.unit_amount),
    ...given,
  };
}

/** The same price in its older form, which subscriptions and their items still carry. */
export function planOf(price: Price): Plan | null {
  if (!price.recurring) return null;
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring.interval,
    interval_count: price.recurring.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring.meter,
    nickname: price.nickname,
    product: price.product,
    ...(price.tiers ? { tiers: price.tiers } : {}),
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: null,
    usage_type: price.recurring.usage_type,
  };
}

/** What a quantity costs, by its tiers if it has any; unit amounts with fractions are rounded on the line, half up. */
export function lineAmount(price: Price, quantity: number): number {
  if (price.tiers) return tieredAmount(price.tiers_mode, price.tiers, quantity);
  if (price.unit_amount !== null) return price.unit_amount * quantity;
  return Math.round(Number(price.unit_amount_decimal ?? "0") * quantity);
}
