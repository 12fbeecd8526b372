import { activeDiscounts } from "../coupons/discounts.ts";
import { isMetered, usageOf } from "../meters/usage.ts";
import type { Unit } from "../unit.ts";
import type { Customer, Invoice, InvoiceItem, Subscription, SubscriptionItem } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { itemLine, subscriptionLines } from "./lines.ts";
import { blankInvoice } from "./shape.ts";
import { withLines } from "./totals.ts";

export interface Billed {
  reason: NonNullable<Invoice["billing_reason"]>;
  period: { start: number; end: number };
  /** The items whose current period is billed; all unless told. */
  items?: readonly SubscriptionItem[];
  /** A trial's line costs nothing. */
  free?: boolean;
  /** Metered items with the period that is over: what was used in it is billed now. */
  used?: readonly SubscriptionItem[];
  /** Pending items that the invoice takes up, before the items' own lines. */
  pending?: readonly InvoiceItem[];
}

export function parentOf(subscription: Subscription): Invoice["parent"] {
  return {
    quote_details: null,
    subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    type: "subscription_details",
  };
}

/** A draft for what a subscription owes: pending items and the current periods of its items. Nothing is stored. */
export function newInvoice(unit: Unit, customer: Customer, subscription: Subscription, billed: Billed): Invoice {
  const { items = subscription.items.data, free = false, pending = [], used = [], reason, period } = billed;
  const blank = blankInvoice(unit, customer, subscription.currency, {
    billing_reason: reason,
    collection_method: subscription.collection_method,
    due_date:
      subscription.collection_method === "send_invoice" ? unit.now + (subscription.days_until_due ?? 0) * 86_400 : null,
    default_tax_rates: subscription.default_tax_rates ?? [],
    parent: parentOf(subscription),
    period_end: period.end,
    period_start: period.start,
  });
  const lines = [
    ...pending.map((one) => itemLine(blank.id, one)),
    ...used
      .filter(({ price }) => isMetered(price))
      .flatMap((item) => {
        const quantity = usageOf(unit.world, customer.id, item, unit.now);
        return subscriptionLines(unit, blank.id, subscription.id, { ...item, quantity }, false);
      }),
    // What is metered costs what was used of it, once that is known.
    ...items
      .filter(({ price }) => !isMetered(price))
      .flatMap((item) => subscriptionLines(unit, blank.id, subscription.id, item, free)),
  ];
  const ids = subscription.discounts.map((one) => idOf(one));
  return withLines(unit.world, blank, lines, activeDiscounts(unit.world, ids, unit.now), customer.balance);
}

/** Pending items that a subscription's next invoice takes up: its own, and those of the customer alone. */
export function pendingItems(
  world: World,
  customer: string,
  subscription: string | null,
  currency: string,
): InvoiceItem[] {
  return world.invoiceItems.by("pending", customer).filter((one) => {
    const owner = one.parent?.subscription_details?.subscription ?? null;
    return one.currency === currency && (owner === null || owner === subscription);
  });
}

/** Ties pending items to the invoice that holds them now. */
export function takeUp(unit: Unit, items: readonly InvoiceItem[], invoice: string): void {
  for (const item of items) {
    const known = unit.world.invoiceItems.get(item.id);
    if (known) unit.world.invoiceItems.replace({ ...known, invoice });
  }
}
