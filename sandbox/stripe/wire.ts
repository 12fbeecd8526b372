import type Stripe from "stripe";

/** The version whose shapes the sandbox speaks, whatever version a caller asks for. */
export const apiVersion = "2026-10-28.endive";

type IsExpandable<T> = string extends T
  ? Extract<T, { id: string; object: string }> extends never
    ? false
    : true
  : false;

type Member<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends readonly (infer Item)[]
      ? Wire<Item>[]
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T;

/**
 * An object as it travels and as it is stored: decimals are text and what can be expanded is an id.
 * Built from the official types at the pinned version, so a shape that misses a required field does not compile.
 */
export type Wire<T> = IsExpandable<T> extends true ? Exclude<T, object> : Member<T>;

export type Customer = Wire<Stripe.Customer>;
export type Product = Wire<Stripe.Product>;
export type Price = Wire<Stripe.Price>;
export type Plan = Wire<Stripe.Plan>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
/** A card of the older kind, told whole wherever it stands. */
export type Card = { [Key in keyof Stripe.Card]: Wire<Stripe.Card[Key]> };
export type CheckoutSession = Wire<Stripe.Checkout.Session>;
export type CheckoutLine = Omit<Wire<Stripe.LineItem>, "price"> & { price: Price };
export type PaymentIntent = Wire<Stripe.PaymentIntent>;
export type Charge = Wire<Stripe.Charge>;
export type Refund = Wire<Stripe.Refund>;
export type BalanceTransaction = Wire<Stripe.BalanceTransaction>;
export type Payout = Wire<Stripe.Payout>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;
/** `plan` and `quantity` are still sent for subscriptions with one item, though the types no longer name them. */
export type Subscription = Wire<Stripe.Subscription> & { plan: Plan | null; quantity: number | null };
export type Invoice = Wire<Stripe.Invoice>;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type CreditNote = Wire<Stripe.CreditNote>;
export type CreditNoteLine = Wire<Stripe.CreditNoteLineItem>;
export type InvoicePayment = Wire<Stripe.InvoicePayment>;
export type SetupIntent = Wire<Stripe.SetupIntent>;
/** Its movements on the balance are always told whole. */
export type Dispute = Wire<Omit<Stripe.Dispute, "balance_transactions">> & {
  balance_transactions: BalanceTransaction[];
};
export type PortalConfiguration = Wire<Stripe.BillingPortal.Configuration>;
export type PortalSession = Wire<Stripe.BillingPortal.Session>;
export type InvoiceItem = Wire<Stripe.InvoiceItem>;
export type Coupon = Wire<Stripe.Coupon>;
export type PromotionCode = Wire<Stripe.PromotionCode>;
export type Discount = Wire<Stripe.Discount>;
export type BalanceEntry = Wire<Stripe.CustomerBalanceTransaction>;
export type FraudWarning = Wire<Stripe.Radar.EarlyFraudWarning>;
export type TaxRate = Wire<Stripe.TaxRate>;
export type ShippingRate = Wire<Stripe.ShippingRate>;
export type Feature = Wire<Stripe.Entitlements.Feature>;
export type ProductFeature = Wire<Stripe.ProductFeature>;
export type ActiveEntitlement = Wire<Stripe.Entitlements.ActiveEntitlement>;
export type EntitlementSummary = Wire<Stripe.Entitlements.ActiveEntitlementSummary>;
export type Meter = Wire<Stripe.Billing.Meter>;
export type CreditGrant = Wire<Stripe.Billing.CreditGrant>;
export type CreditMovement = Wire<Stripe.Billing.CreditBalanceTransaction>;
export type TaxId = Wire<Stripe.TaxId>;
export type TestClock = Wire<Stripe.TestHelpers.TestClock>;
export type Schedule = Wire<Stripe.SubscriptionSchedule>;
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>;
export type Address = Wire<Stripe.Address>;

export interface Event {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: unknown; previous_attributes?: unknown };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export interface List<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
  total_count?: number;
}

export function listOf<T>(url: string, data: T[], hasMore = false): List<T> {
  return { object: "list", data, has_more: hasMore, url };
}
