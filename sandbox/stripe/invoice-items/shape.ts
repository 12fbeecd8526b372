import { newId } from "../../ids.ts";
import type { Debit } from "../subscriptions/debits.ts";
import type { Unit } from "../unit.ts";
import type { InvoiceItem, Subscription, SubscriptionItem } from "../wire.ts";
import { idOf, type Made } from "../world.ts";

/** An item that waits for the customer's next invoice. */
export function newInvoiceItem(
  unit: Unit,
  customer: string,
  given: Partial<InvoiceItem> & Pick<InvoiceItem, "amount" | "currency">,
): InvoiceItem & Made {
  return {
    id: newId("ii"),
    object: "invoiceitem",
    created: unit.now,
    customer,
    customer_account: null,
    date: unit.now,
    description: null,
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: null,
    period: { end: unit.now, start: unit.now },
    pricing: null,
    proration: false,
    quantity: 1,
    quantity_decimal: "1",
    tax_rates: [],
    test_clock: unit.testClock,
    ...given,
  };
}

export interface Proration {
  amount: number;
  at: number;
  end: number;
  /** What is credited; a debit credits nothing. */
  credited: Debit | undefined;
  text: string;
}

/** A credit for time that is not used, or a debit for time that is now used otherwise. */
export function newProration(
  unit: Unit,
  subscription: Subscription,
  item: SubscriptionItem,
  of: Proration,
): InvoiceItem & Made {
  const { credited } = of;
  const details = credited?.invoice ? { invoice: credited.invoice, invoice_line_items: credited.lines } : undefined;
  return newInvoiceItem(unit, idOf(subscription.customer) ?? "", {
    amount: of.amount,
    currency: subscription.currency,
    description: of.text,
    discountable: false,
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: "subscription_details",
    },
    period: { end: of.end, start: of.at },
    pricing: {
      price_details: { price: item.price.id, product: idOf(item.price.product) ?? "" },
      type: "price_details",
      unit_amount_decimal: null,
    },
    proration: true,
    proration_details: {
      credited_items: details ? { invoice_line_item_details: details, type: "invoice_line_items" } : null,
      discount_amounts: [],
    },
    quantity: item.quantity ?? 1,
    quantity_decimal: String(item.quantity ?? 1),
    tax_rates: credited?.taxRates?.flatMap((id) => unit.world.taxRates.get(id) ?? []) ?? item.tax_rates ?? [],
  });
}

/** As the provider says it: when it was made stands in `date`. */
export function saidItem({ created: _created, ...item }: InvoiceItem & Made): InvoiceItem {
  return item;
}
