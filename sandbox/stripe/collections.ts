import { Collection } from "../store/collection.ts";
import type { Database } from "../store/database.ts";
import type { CardBehavior } from "./cards/behavior.ts";
import type { CheckoutDetails } from "./checkout/details.ts";
import type { KeptDiscount } from "./coupons/discounts.ts";
import type { Gone } from "./customers/delete.ts";
import type { KeptEntitlement } from "./entitlements/active.ts";
import type { KeptFeature, KeptProductFeature } from "./entitlements/operations.ts";
import { idOf } from "./id-of.ts";
import type { MeterUse } from "./meters/usage.ts";
import type { Debit } from "./subscriptions/debits.ts";
import type {
  BalanceEntry,
  BalanceTransaction,
  Charge,
  CheckoutSession,
  Coupon,
  CreditGrant,
  CreditMovement,
  CreditNote,
  Customer,
  Dispute,
  Invoice,
  InvoiceItem,
  InvoicePayment,
  Meter,
  PaymentIntent,
  PaymentMethod,
  Payout,
  PortalConfiguration,
  PortalSession,
  Price,
  Product,
  PromotionCode,
  Refund,
  Schedule,
  SetupIntent,
  ShippingRate,
  Subscription,
  TaxId,
  TaxRate,
  TestClock,
  WebhookEndpoint,
} from "./wire.ts";

/** Which test card stands behind a payment method: its behavior, never its number. */
export interface CardRecord {
  id: string;
  created: number;
  behavior: CardBehavior;
}

/** How often more was asked of a card for a payment. */
export interface Increments {
  id: string;
  created: number;
  tries: number;
}

/** When it was made, for kinds whose shape says that under another name or not at all. */
export interface Made {
  created: number;
}

/** Every kind of object that the account holds, and how each is found. */
export function openCollections(database: Database) {
  return {
    customers: new Collection<Customer>(
      database,
      "customer",
      {
        email: (one) => one.email,
        test_clock: (one) => idOf(one.test_clock),
      },
      { keepsMany: true },
    ),
    deletedCustomers: new Collection<Gone & Made>(database, "customer.deleted"),
    taxIds: new Collection<TaxId>(database, "tax_id", { customer: (one) => idOf(one.customer) }),
    taxRates: new Collection<TaxRate>(database, "tax_rate"),
    shippingRates: new Collection<ShippingRate>(database, "shipping_rate"),
    features: new Collection<KeptFeature>(database, "entitlements.feature", { lookup_key: (one) => one.lookup_key }),
    productFeatures: new Collection<KeptProductFeature>(database, "product_feature", { product: (one) => one.product }),
    activeEntitlements: new Collection<KeptEntitlement>(database, "entitlements.active_entitlement", {
      customer: (one) => one.customer,
    }),
    meters: new Collection<Meter>(database, "billing.meter", { event_name: (one) => one.event_name }),
    meterUses: new Collection<MeterUse>(
      database,
      "billing.meter_use",
      { of: (one) => `${one.meter} ${one.customer}` },
      { history: false },
    ),
    creditGrants: new Collection<CreditGrant>(database, "billing.credit_grant", {
      customer: (one) => idOf(one.customer),
    }),
    creditMovements: new Collection<CreditMovement>(database, "billing.credit_balance_transaction", {
      credit_grant: (one) => idOf(one.credit_grant),
    }),
    testClocks: new Collection<TestClock>(database, "test_helpers.test_clock"),
    schedules: new Collection<Schedule>(database, "subscription_schedule", {
      customer: (one) => idOf(one.customer),
      subscription: (one) => idOf(one.subscription),
    }),
    products: new Collection<Product>(database, "product"),
    prices: new Collection<Price>(database, "price", {
      lookup_key: (one) => one.lookup_key,
      product: (one) => idOf(one.product),
    }),
    paymentMethods: new Collection<PaymentMethod>(
      database,
      "payment_method",
      {
        customer: (one) => idOf(one.customer),
      },
      { keepsMany: true },
    ),
    cards: new Collection<CardRecord>(database, "card", {}, { history: false, keepsMany: true }),
    sessions: new Collection<CheckoutSession>(database, "checkout.session", {
      payment_intent: (one) => idOf(one.payment_intent),
      subscription: (one) => idOf(one.subscription),
      customer: (one) => idOf(one.customer),
      status: (one) => one.status,
      recovered_from: (one) => one.recovered_from,
    }),
    checkoutDetails: new Collection<CheckoutDetails>(
      database,
      "checkout.details",
      { line: (one) => one.lines.map((line) => line.id) },
      { history: false },
    ),
    paymentIntents: new Collection<PaymentIntent>(database, "payment_intent", {
      customer: (one) => idOf(one.customer),
    }),
    increments: new Collection<Increments>(database, "payment_intent.increments", {}, { history: false }),
    charges: new Collection<Charge>(database, "charge", {
      payment_intent: (one) => idOf(one.payment_intent),
      customer: (one) => idOf(one.customer),
    }),
    refunds: new Collection<Refund>(database, "refund", {
      charge: (one) => idOf(one.charge),
      payment_intent: (one) => idOf(one.payment_intent),
    }),
    balanceTransactions: new Collection<BalanceTransaction>(database, "balance_transaction", {
      source: (one) => idOf(one.source),
    }),
    payouts: new Collection<Payout>(database, "payout", { status: (one) => one.status }),
    subscriptions: new Collection<Subscription>(
      database,
      "subscription",
      {
        customer: (one) => idOf(one.customer),
        status: (one) => one.status,
        item: (one) => one.items.data.map((item) => item.id),
        price: (one) => one.items.data.map((item) => item.price.id),
      },
      { keepsMany: true },
    ),
    invoices: new Collection<Invoice>(database, "invoice", {
      subscription: (one) => idOf(one.parent?.subscription_details?.subscription),
      customer: (one) => idOf(one.customer),
      status: (one) => one.status,
    }),
    invoicePayments: new Collection<InvoicePayment>(database, "invoice_payment", {
      invoice: (one) => idOf(one.invoice),
      payment_intent: (one) => idOf(one.payment.payment_intent),
      charge: (one) => idOf(one.payment.charge),
    }),
    creditNotes: new Collection<CreditNote>(database, "credit_note", {
      invoice: (one) => idOf(one.invoice),
      customer: (one) => idOf(one.customer),
    }),
    invoiceItems: new Collection<InvoiceItem & Made>(database, "invoiceitem", {
      customer: (one) => idOf(one.customer),
      invoice: (one) => idOf(one.invoice),
      pending: (one) => (one.invoice === null ? idOf(one.customer) : null),
    }),
    setupIntents: new Collection<SetupIntent>(database, "setup_intent", { customer: (one) => idOf(one.customer) }),
    disputes: new Collection<Dispute>(database, "dispute", {
      charge: (one) => idOf(one.charge),
      payment_intent: (one) => idOf(one.payment_intent),
    }),
    portalConfigurations: new Collection<PortalConfiguration>(database, "billing_portal.configuration", {
      is_default: (one) => (one.is_default ? "yes" : null),
    }),
    portalSessions: new Collection<PortalSession>(database, "billing_portal.session", {
      token: (one) => one.url.split("/").at(-1),
    }),
    coupons: new Collection<Coupon>(database, "coupon"),
    promotionCodes: new Collection<PromotionCode>(database, "promotion_code", {
      code: (one) => one.code.toLowerCase(),
      coupon: (one) => idOf(one.promotion.coupon),
      customer: (one) => idOf(one.customer),
    }),
    discounts: new Collection<KeptDiscount>(database, "discount"),
    balanceEntries: new Collection<BalanceEntry>(database, "customer_balance_transaction", {
      customer: (one) => idOf(one.customer),
      invoice: (one) => idOf(one.invoice),
    }),
    debits: new Collection<Debit>(database, "subscription_item.debit", {}, { history: false, keepsMany: true }),
    endpoints: new Collection<WebhookEndpoint>(database, "webhook_endpoint"),
  };
}

export type Collections = ReturnType<typeof openCollections>;
