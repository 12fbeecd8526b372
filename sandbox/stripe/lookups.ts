import { missing } from "./api/errors.ts";

/** How the provider calls each kind of object when it does not know one, and the parameter it then names. */
const nouns: Record<string, readonly [string, string]> = {
  customer: ["customer", "id"],
  product: ["product", "id"],
  price: ["price", "price"],
  payment_method: ["PaymentMethod", "payment_method"],
  source: ["source", "id"],
  "checkout.session": ["checkout.session", "session"],
  payment_intent: ["payment_intent", "intent"],
  charge: ["charge", "charge"],
  refund: ["refund", "refund"],
  balance_transaction: ["balance transaction", "id"],
  subscription: ["subscription", "id"],
  subscription_item: ["subscription_item", "item"],
  invoice: ["invoice", "invoice"],
  invoice_payment: ["invoice_payment", "invoice_payment"],
  invoiceitem: ["invoiceitem", "invoiceitem"],
  credit_note: ["credit note", "id"],
  setup_intent: ["setupintent", "intent"],
  dispute: ["dispute", "dispute"],
  payout: ["payout", "payout"],
  "billing_portal.configuration": ["configuration", "configuration"],
  coupon: ["coupon", "coupon"],
  promotion_code: ["promotion code", "promotion_code"],
  discount: ["discount", "discount"],
  customer_balance_transaction: ["customer balance transaction", "id"],
  tax_id: ["tax_id", "id"],
  "entitlements.feature": ["feature", "id"],
  product_feature: ["product feature", "id"],
  "entitlements.active_entitlement": ["active entitlement", "id"],
  "billing.meter": ["meter", "id"],
  "billing.credit_grant": ["credit grant", "id"],
  "billing.credit_balance_transaction": ["credit balance transaction", "id"],
  shipping_rate: ["shipping rate", "shipping_rate"],
  tax_rate: ["tax rate", "tax_rate"],
  "test_helpers.test_clock": ["billingclock", "test_clock"],
  subscription_schedule: ["subscription_schedule", "schedule"],
  event: ["event", "id"],
  webhook_endpoint: ["webhook endpoint", "webhook_endpoint"],
};

/** Where objects are found by their ids. */
interface Found<T> {
  name: string;
  get(id: string): T | undefined;
}

/** The object that an address names; 404 as the provider says it. */
export function inPath<T>(from: Found<T>, id: string | undefined): T {
  const found = from.get(id ?? "");
  if (found) return found;
  const [noun, param] = nouns[from.name] ?? [from.name, "id"];
  throw missing(noun, id ?? "", param, true);
}

/** The object that a parameter names; 400 with the parameter's name. */
export function inParam<T>(from: Found<T>, id: string, param: string): T {
  const found = from.get(id);
  if (found) return found;
  throw missing(nouns[from.name]?.[0] ?? from.name, id, param, false);
}

export function unknownInPath(kind: string, id: string): Error {
  const [noun, param] = nouns[kind] ?? [kind, "id"];
  return missing(noun, id, param, true);
}
