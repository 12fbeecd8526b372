import { newId } from "../../ids.ts";
import { isMetered } from "../meters/usage.ts";
import { planOf } from "../prices/shape.ts";
import type { Unit } from "../unit.ts";
import { listOf, type Price, type Subscription, type SubscriptionItem, type TaxRate } from "../wire.ts";
import { nextPeriodEnd } from "./periods.ts";

export interface Bought {
  price: Price;
  quantity: number;
  metadata?: Record<string, string>;
  taxRates?: TaxRate[] | undefined;
}

export interface Period {
  start: number;
  end: number;
}

/** The first period of an item that starts now on an anchor that is not passed yet, or with a period of its own. */
export function firstPeriod(now: number, anchor: number, price: Price): Period {
  if (anchor > now) return { start: now, end: anchor };
  return { start: now, end: price.recurring ? nextPeriodEnd(now, now, price.recurring) : now };
}

export function newItem(
  unit: Unit,
  subscription: string,
  { price, quantity, metadata = {}, taxRates = [] }: Bought,
  period: Period,
): SubscriptionItem {
  const plan = planOf(price);
  if (!plan || !price.recurring) throw new Error(`price ${price.id} does not renew`);
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: unit.now,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata,
    plan,
    price,
    ...(isMetered(price) ? {} : { quantity }),
    subscription,
    tax_rates: taxRates,
  };
}

/** A subscription's items, with the older fields that repeat the only one. */
export function single(
  subscription: Pick<Subscription, "id">,
  items: readonly SubscriptionItem[],
): Pick<Subscription, "items" | "plan" | "quantity"> {
  const only = items.length === 1 ? items[0] : undefined;
  return {
    items: {
      ...listOf(`/v1/subscription_items?subscription=${subscription.id}`, [...items]),
      total_count: items.length,
    } as Subscription["items"],
    plan: only?.plan ?? null,
    quantity: only?.quantity ?? null,
  };
}
