import type { Expansions } from "./api/expand.ts";
import { taxesTold } from "./checkout/sums.ts";
import { discountOf } from "./coupons/discounts.ts";
import { totalOf } from "./search/operations.ts";
import type { Unit } from "./unit.ts";
import { listOf } from "./wire.ts";
import { idOf, type World } from "./world.ts";

type Finder = (world: World, id: string) => unknown;

/** A field that holds an id, filled in with the object. */
const reference = (find: Finder) => (unit: Unit, value: unknown) =>
  typeof value === "string" ? find(unit.world, value) : value;

const customer = reference((world, id) => world.customers.get(id));
const shippingRate = reference((world, id) => world.shippingRates.get(id));
const product = reference((world, id) => world.products.get(id));
const price = reference((world, id) => world.prices.get(id));
const paymentMethod = reference((world, id) => world.paymentMethods.get(id));
const paymentIntent = reference((world, id) => world.paymentIntents.get(id));
const setupIntent = reference((world, id) => world.setupIntents.get(id));
const charge = reference((world, id) => world.charges.get(id));
const balanceTransaction = reference((world, id) => world.balanceTransactions.get(id));
const subscription = reference((world, id) => world.subscriptions.get(id));
const testClock = reference((world, id) => world.testClocks.get(id));
const invoice = reference((world, id) => world.invoices.get(id));
const coupon = reference((world, id) => world.coupons.get(id));
const discount = reference((world, id) => discountOf(world, id));
const discounts = (unit: Unit, value: unknown) =>
  Array.isArray(value)
    ? value.map((one) => (typeof one === "string" ? (discountOf(unit.world, one) ?? one) : one))
    : value;
/** Expandable, and there already, or always empty here. */
const nothing = (_unit: Unit, value: unknown) => value;

function clientSecret(unit: Unit, _value: unknown, owner: Record<string, unknown>): unknown {
  const payment = unit.world.invoicePayments.by("invoice", String(owner.id)).findLast((one) => one.is_default);
  const intent = unit.world.paymentIntents.get(idOf(payment?.payment.payment_intent) ?? "");
  return intent ? { client_secret: intent.client_secret, type: "payment_intent" } : null;
}

/** For each kind of object, what `expand` may name. */
export const expansions: Record<string, Expansions> = {
  customer: {
    "invoice_settings.default_payment_method": paymentMethod,
    default_source: nothing,
    test_clock: testClock,
    subscriptions: (unit, _value, owner) => {
      const page = unit.world.subscriptions.page({
        where: { customer: String(owner.id) },
        matches: (one) => one.status !== "canceled",
        limit: 10,
      });
      return {
        ...listOf(`/v1/customers/${owner.id}/subscriptions`, page.data, page.hasMore),
        total_count: page.data.length,
      };
    },
    tax_ids: (unit, _value, owner) => {
      const found = unit.world.taxIds.by("customer", String(owner.id)).reverse();
      return { ...listOf(`/v1/customers/${owner.id}/tax_ids`, found), total_count: found.length };
    },
    invoice_credit_balance: () => ({}),
    tax: () => ({ automatic_tax: "unrecognized_location", ip_address: null, location: null, provider: "stripe" }),
  },
  product: { default_price: price },
  price: { product, tiers: nothing, currency_options: nothing },
  plan: { product, tiers: nothing },
  payment_method: { customer },
  item: {
    "price.product": product,
    taxes: (unit, _value, owner) => {
      const id = String(owner.id);
      return taxesTold(unit.world, unit.world.checkoutDetails.first("line", id), id);
    },
  },
  "checkout.session": {
    customer,
    payment_intent: paymentIntent,
    subscription,
    invoice,
    setup_intent: setupIntent,
    payment_link: nothing,
    "shipping_cost.shipping_rate": shippingRate,
    "shipping_options.shipping_rate": shippingRate,
    "total_details.breakdown": (unit, _value, owner) => {
      const session = unit.world.sessions.get(String(owner.id));
      const details = unit.world.checkoutDetails.get(String(owner.id));
      const subscription = unit.world.subscriptions.get(idOf(session?.subscription) ?? "");
      const [id] = subscription?.discounts ?? [];
      const given = discountOf(unit.world, idOf(id) ?? "");
      const amount = session?.total_details?.amount_discount ?? 0;
      return {
        discounts: given && amount > 0 ? [{ amount, discount: given }] : [],
        taxes: taxesTold(unit.world, details),
      };
    },
    line_items: (unit, _value, owner) => {
      const lines = unit.world.checkoutDetails.get(String(owner.id))?.lines ?? [];
      return listOf(`/v1/checkout/sessions/${owner.id}/line_items`, lines.slice(0, 10), lines.length > 10);
    },
  },
  payment_intent: {
    customer,
    payment_method: paymentMethod,
    latest_charge: charge,
    on_behalf_of: nothing,
    review: nothing,
  },
  charge: {
    customer,
    payment_intent: paymentIntent,
    balance_transaction: balanceTransaction,
    failure_balance_transaction: nothing,
    review: nothing,
    refunds: (unit, _value, owner) => {
      const found = unit.world.refunds.by("charge", String(owner.id)).reverse();
      return { ...listOf(`/v1/charges/${owner.id}/refunds`, found), total_count: found.length };
    },
  },
  setup_intent: { customer, payment_method: paymentMethod, latest_attempt: nothing, mandate: nothing },
  dispute: { charge, payment_intent: paymentIntent },
  refund: {
    charge,
    payment_intent: paymentIntent,
    balance_transaction: balanceTransaction,
    failure_balance_transaction: balanceTransaction,
  },
  balance_transaction: {
    source: reference(
      (world, id) => world.charges.get(id) ?? world.refunds.get(id) ?? world.disputes.get(id) ?? world.payouts.get(id),
    ),
  },
  payout: {
    balance_transaction: balanceTransaction,
    failure_balance_transaction: balanceTransaction,
    destination: nothing,
    original_payout: nothing,
    reversed_by: nothing,
  },
  subscription: {
    customer,
    latest_invoice: invoice,
    default_payment_method: paymentMethod,
    pending_setup_intent: nothing,
    schedule: reference((world, id) => world.schedules.get(id)),
    discounts,
    "discounts.source.coupon": coupon,
    default_source: nothing,
    test_clock: testClock,
  },
  subscription_schedule: {
    customer,
    subscription,
    released_subscription: subscription,
    "phases.items.price": price,
    "phases.default_payment_method": paymentMethod,
    test_clock: testClock,
  },
  tax_id: { customer, "owner.customer": customer },
  discount: {
    "source.coupon": coupon,
    customer,
    promotion_code: reference((world, id) => world.promotionCodes.get(id)),
  },
  promotion_code: { customer, "promotion.coupon": coupon },
  customer_balance_transaction: { customer, invoice },
  invoiceitem: { customer, invoice, discounts },
  subscription_item: { discounts: nothing },
  invoice: {
    customer,
    default_payment_method: paymentMethod,
    "parent.subscription_details.subscription": subscription,
    confirmation_secret: clientSecret,
    discounts,
    total_discount_amounts: nothing,
    "total_discount_amounts.discount": discount,
    payments: (unit, _value, owner) =>
      listOf("/v1/invoices/payments", unit.world.invoicePayments.by("invoice", String(owner.id)).reverse()),
  },
  line_item: {
    discounts,
    "pricing.price_details.price": price,
    "pricing.price_details.product": product,
    subscription,
  },
  "billing.credit_grant": { customer, test_clock: testClock },
  "billing.credit_balance_transaction": {
    credit_grant: reference((world, id) => world.creditGrants.get(id)),
    "credit.credits_application_invoice_voided.invoice": invoice,
    "debit.credits_applied.invoice": invoice,
    test_clock: testClock,
  },
  "billing.credit_balance_summary": { customer },
  "entitlements.active_entitlement": {
    feature: reference((world, id) => {
      const { created: _created, ...feature } = world.features.get(id) ?? { created: 0 };
      return "id" in feature ? feature : undefined;
    }),
  },
  search_result: { total_count: (_unit, _value, owner) => totalOf(owner) },
  credit_note: {
    customer,
    customer_balance_transaction: reference((world, id) => world.balanceEntries.get(id)),
    invoice,
    "refunds.refund": reference((world, id) => world.refunds.get(id)),
  },
  invoice_payment: { invoice, "payment.payment_intent": paymentIntent, "payment.charge": charge },
};
