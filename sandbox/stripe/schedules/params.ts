import { metadata } from "../api/metadata.ts";
import { allLater, clearable, hash, integer, later, list, oneOf, only, required, text } from "../api/params.ts";
import { newDiscountParams } from "../coupons/discounts.ts";
import { instantOr, prorationBehaviors } from "../subscriptions/params.ts";
import { rateParams } from "../taxes/read-rates.ts";
import { pauseParams } from "./pauses.ts";

const item = hash({
  metadata: metadata(),
  plan: text(),
  price: text(),
  quantity: integer(0, 1_000_000),
  tax_rates: rateParams,
});

/** One stretch of time with items of its own. It ends on a day, or lasts so many intervals. */
export const phaseShape = {
  billing_cycle_anchor: oneOf(["automatic", "phase_start"]),
  default_payment_method: text(),
  default_tax_rates: rateParams,
  description: clearable(text(500)),
  discounts: newDiscountParams,
  duration: hash({ interval: required(oneOf(["day", "month", "week", "year"])), interval_count: integer(1, 365) }),
  end_date: instantOr("now"),
  items: required(list(item)),
  metadata: metadata(),
  proration_behavior: oneOf(prorationBehaviors),
  start_date: instantOr("now"),
};

/** What holds for every phase that says nothing else. */
const defaults = hash({
  ...allLater("application_fee_percent", "billing_thresholds", "invoice_settings", "on_behalf_of", "transfer_data"),
  automatic_tax: hash({ enabled: required(only("false")), liability: later() }),
  billing_cycle_anchor: oneOf(["automatic", "phase_start"]),
  collection_method: only("charge_automatically"),
  default_payment_method: text(),
  description: clearable(text(500)),
});

const shared = {
  default_settings: defaults,
  pause_schedules: pauseParams,
  end_behavior: oneOf(["cancel", "release"]),
  metadata: metadata(),
  phases: list(hash(phaseShape)),
};

export const createParams = {
  ...shared,
  ...allLater("billing_mode", "customer_account"),
  customer: text(),
  from_subscription: text(),
  start_date: instantOr("now"),
};

export const updateParams = { ...shared, proration_behavior: oneOf(prorationBehaviors) };
