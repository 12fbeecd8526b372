import { newId } from "../../ids.ts";
import type { Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { type Bought, firstPeriod, newItem, single } from "./items.ts";

/** A subscription that starts now; with an anchor to come, its first period ends there. */
export function newSubscription(
  unit: Unit,
  customer: string,
  bought: readonly Bought[],
  given: Partial<Subscription>,
): Subscription {
  const id = newId("sub");
  const anchor = given.billing_cycle_anchor ?? unit.now;
  const items = bought.map((one) => newItem(unit, id, one, firstPeriod(unit.now, anchor, one.price)));
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
    ...single({ id }, items),
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
    schedule: null,
    start_date: unit.now,
    status: "active",
    test_clock: unit.testClock,
    transfer_data: null,
    trial_end: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" } },
    trial_start: null,
    ...given,
  };
}

/** When the running period began. */
export function periodStart(subscription: Subscription): number {
  return Math.min(...subscription.items.data.map((item) => item.current_period_start));
}

/** When the running period ends; all items of a subscription renew together here. */
export function periodEnd(subscription: Subscription): number {
  return Math.min(...subscription.items.data.map((item) => item.current_period_end));
}
