import { newId } from "../../ids.ts";
import { formatAmount } from "../amounts.ts";
import { lineAmount } from "../prices/shape.ts";
import { type TierPart, tierParts } from "../prices/tiers.ts";
import { waitingTaxes } from "../taxes/line-taxes.ts";
import type { Unit } from "../unit.ts";
import type { InvoiceItem, InvoiceLine, Price, SubscriptionItem } from "../wire.ts";
import { idOf } from "../world.ts";

/** `1 user × Test Subscription`, or without a unit `1 × …`. */
function counted(unit: Unit, price: Price, quantity: number): string {
  const product = unit.world.products.get(idOf(price.product) ?? "");
  return `${quantity}${product?.unit_label ? ` ${product.unit_label}` : ""} × ${product?.name ?? price.id}`;
}

function at(price: Price, amount: number): string {
  const count = price.recurring?.interval_count ?? 1;
  const every = count === 1 ? price.recurring?.interval : `${count} ${price.recurring?.interval}s`;
  return `at ${formatAmount(amount, price.currency)} / ${every}`;
}

function lineText(unit: Unit, item: SubscriptionItem, free: boolean): string {
  const { price } = item;
  const text = counted(unit, price, item.quantity ?? 1);
  if (free) return `Free trial for ${text}`;
  return price.tiers ? text : `${text} (${at(price, price.unit_amount ?? 0)})`;
}

/** `5 × Seats (Tier 1 at SEK 10.00 / month)`; what a tier costs once is named without a number of units. */
function tierText(unit: Unit, { price }: SubscriptionItem, part: TierPart): string {
  const name = unit.world.products.get(idOf(price.product) ?? "")?.name ?? price.id;
  const of = part.flat ? name : counted(unit, price, part.quantity);
  return `${of} (Tier ${part.tier} ${at(price, Math.round(Number(part.each)))})`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Unused time on X after 10 Nov 2025`, and for what is debited instead `Remaining time on …`. */
export function prorationText(unit: Unit, price: Price, quantity: number, at: number, credit: boolean): string {
  const day = new Date(at * 1000);
  const product = unit.world.products.get(idOf(price.product) ?? "");
  const name = quantity === 1 ? (product?.name ?? price.id) : counted(unit, price, quantity);
  const date = `${String(day.getUTCDate()).padStart(2, "0")} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
  return `${credit ? "Unused" : "Remaining"} time on ${name} after ${date}`;
}

interface Counted {
  amount: number;
  quantity: number;
  each: string | null;
  text: string;
}

/** What one item costs for its current period, each graduated tier on a line of its own; nothing during a trial. */
export function subscriptionLines(
  unit: Unit,
  invoice: string,
  subscription: string,
  item: SubscriptionItem,
  free: boolean,
): InvoiceLine[] {
  const { price } = item;
  const quantity = item.quantity ?? 1;
  const graduated = !free && price.tiers && price.tiers_mode === "graduated" ? tierParts(price.tiers, quantity) : [];
  const counts: Counted[] = graduated.map((part) => ({ ...part, text: tierText(unit, item, part) }));
  if (counts.length === 0)
    counts.push({
      amount: free ? 0 : lineAmount(price, quantity),
      quantity,
      each: free ? "0" : price.unit_amount_decimal,
      text: lineText(unit, item, free),
    });
  return counts.map((one) => subscriptionLine(invoice, subscription, item, one));
}

function subscriptionLine(
  invoice: string,
  subscription: string,
  item: SubscriptionItem,
  { amount, quantity, each, text }: Counted,
): InvoiceLine {
  return {
    id: newId("il"),
    object: "line_item",
    amount,
    currency: item.price.currency,
    description: text,
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
      unit_amount_decimal: each,
    },
    quantity: Number.isInteger(quantity) ? quantity : null,
    quantity_decimal: String(quantity),
    subscription,
    subtotal: amount,
    taxes: waitingTaxes(item.tax_rates),
  };
}

/** A pending item as a line of the invoice that takes it up. */
export function itemLine(invoice: string, item: InvoiceItem): InvoiceLine {
  const owner = item.parent?.subscription_details ?? null;
  const credited = item.proration_details?.credited_items?.invoice_line_item_details ?? null;
  const common = { invoice_item: item.id, proration: item.proration, proration_details: { credited_items: credited } };
  const ofSubscription = item.proration && owner?.subscription_item !== undefined;
  return {
    id: newId("il"),
    object: "line_item",
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: item.discounts ?? [],
    invoice,
    livemode: false,
    metadata: item.metadata ?? {},
    parent: ofSubscription
      ? {
          invoice_item_details: null,
          subscription_item_details: {
            ...common,
            subscription: owner.subscription,
            subscription_item: owner.subscription_item ?? "",
          },
          type: "subscription_item_details",
        }
      : {
          invoice_item_details: { ...common, subscription: owner?.subscription ?? null },
          subscription_item_details: null,
          type: "invoice_item_details",
        },
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing as InvoiceLine["pricing"],
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: owner?.subscription ?? null,
    subtotal: item.amount,
    taxes: waitingTaxes(item.tax_rates),
  };
}
