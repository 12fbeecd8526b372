import { newId } from "../../ids.ts";
import { planOf } from "../prices/shape.ts";
import type { Unit } from "../unit.ts";
import { listOf, type Price, type Subscription, type SubscriptionItem } from "../wire.ts";
import { nextPeriodEnd } from "./periods.ts";

export interface Bought {
  price: Price;
  quantity: number;
}

function newItem(unit: Unit, subscription: string, { price, quantity }: Bought): SubscriptionItem {
  const plan = planOf(price);
  if (!plan || !price.recurring) throw new Error(`price ${price.id} does not renew`);
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: unit.now,
    current_period_end: nextPeriodEnd(unit.now, unit.now, price.recurring),
    current_period_start: unit.now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan,
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

/** A subscription that starts now and is paid. */
export function newSubscription(
  unit: Unit,
  customer: string,
  bought: readonly Bought[],
  given: Partial<Subscription>,
): Subscription {
  const id = newId("sub");
  const items = bought.map((one) => newItem(unit, id, one));
  const only = items.length === 1 ? items[0] : undefined;
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: unit.now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible", updated_at: unit.now },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: unit.now,
    currency: items[0]?.price.currency ?? "",
    customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: {
      ...listOf(`/v1/subscription_items?subscription=${id}`, items),
      total_count: items.length,
    } as Subscription["items"],
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: "off" },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    plan: only?.plan ?? null,
    quantity: only?.quantity ?? null,
    schedule: null,
    start_date: unit.now,
    status: "active",
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" } },
    trial_start: null,
    ...given,
  };
}

/** When the running period ends; all items of a subscription renew together here. */
export function periodEnd(subscription: Subscription): number {
  return Math.min(...subscription.items.data.map((item) => item.current_period_end));
}
