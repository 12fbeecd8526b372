import { invalid } from "../api/errors.ts";
import { metadata } from "../api/metadata.ts";
import type { Field } from "../api/params.ts";
import {
  allLater,
  clearable,
  clearableList,
  currency,
  decimal,
  flag,
  hash,
  integer,
  later,
  list,
  oneOf,
  only,
  required,
  text,
} from "../api/params.ts";
import { discountParams, newDiscountParams } from "../coupons/discounts.ts";
import { recurringParams } from "../prices/recurring.ts";
import { rateParams } from "../taxes/read-rates.ts";

export const paymentBehaviors = [
  "allow_incomplete",
  "default_incomplete",
  "error_if_incomplete",
  "pending_if_incomplete",
] as const;
export const prorationBehaviors = ["always_invoice", "create_prorations", "none"] as const;

const feedbacks = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;
export const cancellation = hash({
  comment: clearable(text()),
  feedback: clearable(oneOf(feedbacks)),
  feedback_option: later(),
});

/** An instant, or one of a few words. */
export function instantOr<const Word extends string>(...words: Word[]): Field<number | Word | undefined> {
  const instant = integer(0);
  return {
    read(raw, at) {
      const word = words.find((one) => one === raw);
      return word ?? instant.read(raw, at);
    },
  };
}

export const priceData = hash({
  currency: required(currency()),
  product: required(text()),
  recurring: recurringParams,
  tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
  unit_amount: integer(0, 99_999_999),
  unit_amount_decimal: decimal(),
});

/** One item as it is sent to be added. */
export const itemShape = {
  billing_thresholds: later(),
  current_trial: later(),
  discounts: later(),
  metadata: metadata(),
  plan: text(),
  price: text(),
  price_data: priceData,
  quantity: integer(0, 1_000_000),
  tax_rates: rateParams,
};

export const newItems = list(hash(itemShape));
export const changedItems = list(hash({ ...itemShape, clear_usage: later(), deleted: flag(), id: text() }));

/** What is refused as long as it is not simulated, on a start and on a change. */
const notYet = allLater(
  "application_fee_percent",
  "billing_schedules",
  "billing_thresholds",
  "default_source",
  "invoice_settings",
  "on_behalf_of",
  "pending_invoice_item_interval",
  "transfer_data",
);

/** One-time things on the subscription's next invoice. */
const addedItems = list(
  hash({
    discountable: flag(),
    discounts: newDiscountParams,
    metadata: metadata(),
    period: later(),
    price: text(),
    price_data: hash({
      currency: required(currency()),
      product: required(text()),
      tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
      unit_amount: integer(-99_999_999, 99_999_999),
      unit_amount_decimal: later(),
    }),
    quantity: integer(1),
    tax_rates: rateParams,
  }),
);

const shared = {
  ...notYet,
  add_invoice_items: addedItems,
  automatic_tax: hash({ enabled: required(only("false")), liability: later() }),
  cancel_at_period_end: flag(),
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  days_until_due: integer(0, 365),
  default_payment_method: clearable(text()),
  default_tax_rates: rateParams,
  description: clearable(text(500)),
  discounts: discountParams,
  metadata: metadata(),
  off_session: flag(),
  payment_behavior: oneOf(paymentBehaviors),
  payment_settings: hash({
    payment_method_options: later(),
    payment_method_types: clearableList(oneOf(["card", "sepa_debit"])),
    save_default_payment_method: oneOf(["off", "on_subscription"]),
  }),
  proration_behavior: oneOf(prorationBehaviors),
  trial_end: instantOr("now"),
  trial_from_plan: only("false"),
  trial_settings: hash({
    end_behavior: required(
      hash({
        billing_cycle_anchor: oneOf(["now", "unchanged"]),
        missing_payment_method: oneOf(["cancel", "create_invoice", "pause"]),
      }),
    ),
  }),
};

export const createParams = {
  ...shared,
  backdate_start_date: later(),
  billing_cycle_anchor: integer(0),
  billing_cycle_anchor_config: hash({
    day_of_month: required(integer(1, 31)),
    hour: integer(0, 23),
    minute: integer(0, 59),
    month: integer(1, 12),
    second: integer(0, 59),
  }),
  billing_mode: hash({ type: required(only("flexible")), flexible: hash({ proration_discounts: only("included") }) }),
  cancel_at: instantOr("min_period_end", "max_period_end"),
  currency: currency(),
  customer: required(text()),
  customer_account: later(),
  items: newItems,
  trial_period_days: integer(0, 730),
};

export const updateParams = {
  ...shared,
  billing_cycle_anchor: hash({ type: required(oneOf(["now", "unchanged"])) }),
  cancel_at: clearable(instantOr("min_period_end", "max_period_end")),
  cancellation_details: cancellation,
  items: changedItems,
  pause_collection: clearable(
    hash({ behavior: required(oneOf(["keep_as_draft", "mark_uncollectible", "void"])), resumes_at: integer(0) }),
  ),
  proration_date: integer(0),
};

export function exclusive(a: unknown, b: unknown, names: readonly [string, string]): void {
  if (a === undefined || b === undefined) return;
  throw invalid(`You may only specify one of these parameters: ${names.join(", ")}.`, names[0], "parameters_exclusive");
}
