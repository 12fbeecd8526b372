import { newId } from "../../ids.ts";
import { formatAmount } from "../amounts.ts";
import { lineAmount } from "../prices/shape.ts";
import type { Unit } from "../unit.ts";
import {
  type Customer,
  type Invoice,
  type InvoiceLine,
  listOf,
  type Subscription,
  type SubscriptionItem,
} from "../wire.ts";
import { idOf } from "../world.ts";

function lineText(unit: Unit, item: SubscriptionItem): string {
  const { price } = item;
  const product = unit.world.products.get(idOf(price.product) ?? "");
  const each = formatAmount(price.unit_amount ?? 0, price.currency);
  const count = price.recurring?.interval_count ?? 1;
  const every = count === 1 ? price.recurring?.interval : `${count} ${price.recurring?.interval}s`;
  const unitLabel = product?.unit_label ? ` ${product.unit_label}` : "";
  return `${item.quantity ?? 1}${unitLabel} × ${product?.name ?? price.id} (at ${each} / ${every})`;
}

/** What one item costs for its current period. */
function newLine(unit: Unit, invoice: string, subscription: string, item: SubscriptionItem): InvoiceLine {
  const quantity = item.quantity ?? 1;
  const amount = lineAmount(item.price, quantity);
  return {
    id: newId("il"),
    object: "line_item",
    amount,
    currency: item.price.currency,
    description: lineText(unit, item),
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period: { end: item.current_period_end, start: item.current_period_start },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.price.id, product: idOf(item.price.product) ?? "" },
      type: "price_details",
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription,
    subtotal: amount,
    taxes: [],
  };
}

/** A draft for the current periods of a subscription's items. */
export function newInvoice(
  unit: Unit,
  customer: Customer,
  subscription: Subscription,
  reason: "subscription_create" | "subscription_cycle",
  period: { start: number; end: number },
): Invoice {
  const id = newId("in");
  const lines = subscription.items.data.map((item) => newLine(unit, id, subscription.id, item));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  return {
    id,
    object: "invoice",
    account_country: "SE",
    account_name: unit.world.merchantName,
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created: unit.now,
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { ...listOf(`/v1/invoices/${id}/lines`, lines), total_count: lines.length } as Invoice["lines"],
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: "subscription_details",
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
}
