import { metadata } from "../api/metadata.ts";
import {
  allLater,
  clearable,
  currency,
  email,
  type Field,
  flag,
  hash,
  inert,
  integer,
  list,
  oneOf,
  only,
  required,
  text,
  url,
} from "../api/params.ts";
import { cardOptions } from "./options.ts";
import { shipping } from "./shipping.ts";

/** The customer is not there: said as a flag, or in the older words. */
function absence(): Field<boolean | undefined> {
  const word = flag();
  return { read: (raw, at) => (raw === "one_off" || raw === "recurring" ? true : word.read(raw, at)) };
}

const notYet = allLater(
  "amount_details",
  "application_fee_amount",
  "excluded_payment_method_types",
  "hooks",
  "payment_details",
  "payment_method_data",
  "statement_descriptor",
  "statement_descriptor_suffix",
  "transfer_data",
);
const cards = list(only("card"));
const usage = oneOf(["off_session", "on_session"]);
const captureMethod = oneOf(["automatic", "automatic_async", "manual"]);

export const createParams = {
  ...notYet,
  ...allLater("confirmation_token", "customer_account", "mandate", "mandate_data", "on_behalf_of", "transfer_group"),
  allowed_payment_method_types: cards,
  amount: required(integer()),
  automatic_payment_methods: hash({ allow_redirects: oneOf(["always", "never"]), enabled: required(flag()) }),
  capture_method: captureMethod,
  confirm: flag(),
  confirmation_method: oneOf(["automatic", "manual"]),
  currency: required(currency()),
  customer: text(),
  description: text(1000),
  error_on_requires_action: flag(),
  metadata: metadata(),
  off_session: absence(),
  payment_method: text(),
  payment_method_configuration: inert(),
  payment_method_options: cardOptions,
  radar_options: inert(),
  receipt_email: email(),
  return_url: url(),
  setup_future_usage: usage,
  shipping,
  use_stripe_sdk: inert(),
};

export const updateParams = {
  ...notYet,
  ...allLater("capture_method", "customer_account", "transfer_group"),
  allowed_payment_method_types: cards,
  amount: integer(),
  currency: currency(),
  customer: text(),
  description: clearable(text(1000)),
  metadata: metadata(),
  payment_method: text(),
  payment_method_configuration: inert(),
  payment_method_options: cardOptions,
  receipt_email: clearable(email()),
  setup_future_usage: clearable(usage),
  shipping: clearable(shipping),
};

export const confirmParams = {
  ...allLater(
    "amount_details",
    "amount_to_confirm",
    "capture_method",
    "confirmation_token",
    "excluded_payment_method_types",
    "hooks",
    "mandate",
    "mandate_data",
    "payment_details",
    "payment_method_data",
    "receipt_email",
    "setup_future_usage",
    "shipping",
  ),
  allowed_payment_method_types: cards,
  error_on_requires_action: flag(),
  off_session: absence(),
  payment_method: text(),
  payment_method_options: cardOptions,
  radar_options: inert(),
  return_url: url(),
  use_stripe_sdk: inert(),
};

export const captureParams = {
  ...allLater(
    "amount_details",
    "application_fee_amount",
    "hooks",
    "payment_details",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
  ),
  amount_to_capture: integer(1),
  final_capture: only("true"),
  metadata: metadata(),
};

export const cancelParams = {
  cancellation_reason: oneOf(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]),
};
