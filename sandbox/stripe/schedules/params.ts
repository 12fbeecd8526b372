import { allLater, clearable, hash, integer, list, metadata, oneOf, required, text } from "../api/params.ts";
import { newDiscountParams } from "../coupons/discounts.ts";
import { instantOr, prorationBehaviors } from "../subscriptions/params.ts";

const item = hash({ metadata: metadata(), plan: text(), price: text(), quantity: integer(0, 1_000_000) });

/** One stretch of time with items of its own. It ends on a day, or lasts so many intervals. */
export const phaseShape = {
  billing_cycle_anchor: oneOf(["automatic", "phase_start"]),
  default_payment_method: text(),
  description: clearable(text(500)),
  discounts: newDiscountParams,
  duration: hash({ interval: required(oneOf(["day", "month", "week", "year"])), interval_count: integer(1, 365) }),
  end_date: instantOr("now"),
  items: required(list(item)),
  metadata: metadata(),
  proration_behavior: oneOf(prorationBehaviors),
  start_date: instantOr("now"),
};

const shared = {
  ...allLater("default_settings", "pause_schedules"),
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
