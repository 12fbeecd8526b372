import type { CheckoutLine, CheckoutSession } from "../wire.ts";
import { sumsOf } from "./sums.ts";

export interface NewSession {
  id: string;
  created: number;
  expiresAt: number;
  mode: "payment" | "setup" | "subscription";
  lines: readonly CheckoutLine[];
  url: string;
  merchantName: string;
}

/** An open session as the API shows it. */
export function newSession(of: NewSession, given: Partial<CheckoutSession>): CheckoutSession {
  const setup = of.mode === "setup";
  const sums = setup
    ? { amount_subtotal: null, amount_total: null, total_details: null }
    : sumsOf(of.lines, given.shipping_cost ?? null);
  const paying = of.mode === "payment";
  return {
    id: of.id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    ...sums,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    branding_settings: {
      background_color: "#ffffff",
      border_style: "rounded",
      button_color: "#0074d4",
      display_name: of.merchantName,
      font_family: "default",
      icon: null,
      logo: null,
    },
    cancel_url: null,
    client_reference_id: null,
    client_secret: null,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: null,
    created: of.created,
    currency: of.lines[0]?.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null,
    customer_account: null,
    customer_creation: paying ? "if_required" : null,
    customer_details: null,
    customer_email: null,
    discounts: setup ? null : [],
    expires_at: of.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: paying
      ? {
          enabled: false,
          invoice_data: {
            account_tax_ids: null,
            custom_fields: null,
            description: null,
            footer: null,
            issuer: null,
            metadata: {},
            rendering_options: null,
          },
        }
      : null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: {},
    mode: of.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: paying ? "if_required" : "always",
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    payment_status: setup ? "no_payment_required" : "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    // Cards that the customer has already may be offered: there must be a customer, and something to pay with them.
    saved_payment_method_options:
      setup || (paying && !given.customer)
        ? null
        : { allow_redisplay_filters: ["always"], payment_method_remove: "disabled", payment_method_save: null },
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: null,
    subscription: null,
    success_url: null,
    ui_mode: "hosted_page",
    url: of.url,
    wallet_options: null,
    ...given,
  };
}
