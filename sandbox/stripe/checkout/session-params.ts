import { metadata } from "../api/metadata.ts";
import {
  allLater,
  currency,
  email,
  flag,
  hash,
  inert,
  integer,
  later,
  list,
  oneOf,
  only,
  required,
  text,
  url,
} from "../api/params.ts";
import { newDiscountParams } from "../coupons/discounts.ts";
import { rateParams } from "../taxes/read-rates.ts";
import { customFieldParams } from "./custom-fields.ts";
import { customTextParams } from "./custom-text.ts";
import { lineItems } from "./line-params.ts";
import { afterExpirationParams } from "./recovery.ts";
import { shippingOptionParams } from "./shipping.ts";

/** What is refused as long as it is not simulated; without these names a caller would be told that they do not exist. */
const refusedForNow = allLater(
  "branding_settings",
  "consent_collection",
  "customer_account",
  "customer_update",
  "excluded_payment_method_types",
  "managed_payments",
  "name_collection",
  "optional_items",
  "payment_method_configuration",
  "payment_method_data",
  "permissions",
  "return_url",
  "redirect_on_completion",
);

const switchedOff = hash({ enabled: required(only("false")) });

export const sessionParams = {
  ...refusedForNow,
  adaptive_pricing: inert(),
  after_expiration: afterExpirationParams,
  allow_promotion_codes: flag(),
  allowed_payment_method_types: list(oneOf(["card", "sepa_debit"])),
  automatic_tax: hash({ enabled: required(only("false")), liability: inert() }),
  billing_address_collection: only("auto"),
  cancel_url: url(),
  client_reference_id: text(200),
  discounts: newDiscountParams,
  currency: currency(),
  custom_fields: customFieldParams,
  custom_text: customTextParams,
  customer: text(),
  customer_creation: oneOf(["always", "if_required"]),
  customer_email: email(),
  expires_at: integer(),
  integration_identifier: text(),
  invoice_creation: switchedOff,
  line_items: lineItems,
  locale: text(10),
  metadata: metadata(),
  mode: required(oneOf(["payment", "setup", "subscription"])),
  origin_context: inert(),
  payment_intent_data: hash({
    application_fee_amount: later(),
    capture_method: oneOf(["automatic", "automatic_async"]),
    description: text(1000),
    metadata: metadata(),
    on_behalf_of: later(),
    receipt_email: email(),
    setup_future_usage: oneOf(["off_session", "on_session"]),
    shipping: later(),
    statement_descriptor: later(),
    statement_descriptor_suffix: later(),
    transfer_data: later(),
    transfer_group: later(),
  }),
  payment_method_collection: oneOf(["always", "if_required"]),
  payment_method_options: hash({ card: hash({ request_three_d_secure: only("automatic") }) }),
  phone_number_collection: switchedOff,
  saved_payment_method_options: later(),
  shipping_address_collection: hash({ allowed_countries: required(list(text(2))) }),
  setup_intent_data: hash({ description: text(1000), metadata: metadata(), on_behalf_of: later() }),
  shipping_options: shippingOptionParams,
  submit_type: oneOf(["auto", "pay", "subscribe"]),
  subscription_data: hash({
    application_fee_percent: later(),
    billing_cycle_anchor: later(),
    billing_cycle_anchor_config: later(),
    billing_mode: hash({ type: required(only("flexible")), flexible: inert() }),
    default_tax_rates: rateParams,
    description: text(500),
    invoice_settings: later(),
    metadata: metadata(),
    on_behalf_of: later(),
    pending_invoice_item_interval: later(),
    proration_behavior: later(),
    transfer_data: later(),
    trial_end: integer(0),
    trial_period_days: integer(1, 730),
    trial_settings: hash({
      end_behavior: required(
        hash({
          billing_cycle_anchor: only("now"),
          missing_payment_method: required(oneOf(["cancel", "create_invoice", "pause"])),
        }),
      ),
    }),
  }),
  success_url: url(),
  tax_id_collection: switchedOff,
  ui_mode: only("hosted_page"),
  wallet_options: inert(),
};

export const sessionUpdateParams = {
  metadata: metadata(),
  ...allLater("collected_information", "line_items", "payment_intent_data", "shipping_options"),
};

export const sessionListParams = {
  created: hash({ gt: integer(), gte: integer(), lt: integer(), lte: integer() }),
  customer: text(),
  customer_account: later(),
  customer_details: hash({ email: required(email()) }),
  payment_intent: text(),
  payment_link: later(),
  status: oneOf(["complete", "expired", "open"]),
  subscription: text(),
};
