/** What the provider has and the sandbox answers with 501, by what it is for. */
export const notThere: readonly (readonly [string, string])[] = [
  ["Subscription schedules", "/v1/subscription_schedules"],
  ["Test clocks", "/v1/test_helpers/test_clocks"],
  ["Tax rates and tax ids", "/v1/tax_rates, /v1/tax_ids, /v1/customers/:id/tax_ids"],
  ["Promotion codes", "/v1/promotion_codes"],
  ["Credit notes", "/v1/credit_notes"],
  ["Sending invoices", "/v1/invoices/:id/send, collection_method=send_invoice"],
  ["Editing the lines of a draft one by one", "/v1/invoices/:id/add_lines, update_lines, remove_lines"],
  ["Meters, credit grants and entitlements", "/v1/billing, /v1/entitlements"],
  ["Search", "/v1/customers/search and the others"],
  ["Deleting customers, products and plans", "DELETE /v1/customers/:id, /v1/products/:id, /v1/plans"],
  ["Charges without a payment intent", "POST /v1/charges"],
  ["Payment methods other than cards", "/v1/payment_methods, /v1/mandates, /v1/setup_attempts"],
  ["Tiers and currency options of prices", "/v1/prices: tiers, currency_options, custom_unit_amount"],
  ["Flows and pauses in the portal", "/v1/billing_portal/sessions: flow_data"],
  ["Adjustable quantities and delayed payment in Checkout", "/v1/checkout/sessions: adjustable_quantity"],
];
