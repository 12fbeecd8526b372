import { metadata } from "../api/metadata.ts";
import { allLater, clearable, flag, integer, oneOf, text } from "../api/params.ts";
import { discountParams } from "../coupons/discounts.ts";
import { rateParams } from "../taxes/read-rates.ts";

const notYet = allLater(
  "account_tax_ids",
  "application_fee_amount",
  "automatic_tax",
  "automatically_finalizes_at",
  "custom_fields",
  "default_source",
  "effective_at",
  "issuer",
  "number",
  "on_behalf_of",
  "payment_settings",
  "rendering",
  "shipping_cost",
  "shipping_details",
  "statement_descriptor",
  "transfer_data",
);

export const updateParams = {
  ...notYet,
  auto_advance: flag(),
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  days_until_due: integer(0, 365),
  due_date: integer(0),
  default_payment_method: clearable(text()),
  default_tax_rates: rateParams,
  discounts: discountParams,
  description: clearable(text()),
  footer: clearable(text()),
  metadata: metadata(),
};

export const createParams = {
  ...updateParams,
  ...allLater("customer_account", "from_invoice"),
  currency: text(3),
  customer: text(),
  pending_invoice_items_behavior: oneOf(["exclude", "include"]),
  subscription: text(),
};

export const payParams = {
  forgive: flag(),
  ...allLater("mandate", "source"),
  off_session: flag(),
  paid_out_of_band: flag(),
  payment_method: text(),
};

export const listParams = {
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  customer: text(),
  status: oneOf(["draft", "open", "paid", "uncollectible", "void"]),
  subscription: text(),
};
