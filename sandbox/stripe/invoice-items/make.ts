import { invalid } from "../api/errors.ts";
import { mergeMetadata } from "../api/metadata.ts";
import type { Values } from "../api/params.ts";
import { readDiscounts } from "../coupons/discounts.ts";
import { recordEvent } from "../events/record.ts";
import { inParam } from "../lookups.ts";
import { lineAmount, newPrice } from "../prices/shape.ts";
import { readRates } from "../taxes/read-rates.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Customer, Invoice, InvoiceItem, Price } from "../wire.ts";
import { idOf, type Made } from "../world.ts";
import type { itemParams } from "./params.ts";
import { newInvoiceItem, saidItem } from "./shape.ts";

/** What was sent of an item; `at` is where, for what is said of it: `lines[0]`, or nothing. */
export interface SentItem extends Values<typeof itemParams> {
  unit_amount_decimal?: string | undefined;
  currency?: string | undefined;
  at?: string;
}

const named = (sent: SentItem, name: string): string => {
  const [first = "", ...inside] = name.split("[");
  return sent.at === undefined ? name : [`${sent.at}[${first}]`, ...inside].join("[");
};

/** A price made for this one item. */
function priceOf(unit: Unit, sent: SentItem): Price | undefined {
  const { price_data: data, pricing } = sent;
  if (pricing?.price !== undefined) return inParam(unit.world.prices, pricing.price, named(sent, "pricing[price]"));
  if (!data) return undefined;
  const product = inParam(unit.world.products, data.product, named(sent, "price_data[product]"));
  const { unit_amount: each, unit_amount_decimal: exact } = data;
  const missing = named(sent, "price_data[unit_amount]");
  if (each === undefined && exact === undefined)
    throw invalid(`Missing required param: ${missing}.`, missing, "parameter_missing");
  const made = newPrice(unit, product.id, data.currency, {
    active: false,
    tax_behavior: data.tax_behavior ?? "unspecified",
    unit_amount: each ?? null,
    unit_amount_decimal: exact ?? String(each),
  });
  return create(unit, unit.world.prices, made, "price.created");
}

const perUnit = (each: string, quantity: number): number => Math.round(Number(each) * quantity);

/** What is taken off this item alone; undefined when nothing was said of it. */
function ownDiscounts(unit: Unit, item: InvoiceItem, sent: SentItem): string[] | undefined {
  const owner = { customer: idOf(item.customer), invoice_item: item.id };
  return sent.discounts && readDiscounts(unit, sent.discounts, owner, named(sent, "discounts"));
}

/** An item for a customer, waiting or on a draft. The draft's lines are the caller's to bring up to date. */
export function makeItem(
  unit: Unit,
  customer: Customer,
  invoice: Invoice | undefined,
  sent: SentItem,
  parent: InvoiceItem["parent"] = null,
): InvoiceItem & Made {
  const { world } = unit;
  const price = priceOf(unit, sent);
  const quantity = sent.quantity ?? 1;
  const each = sent.unit_amount_decimal;
  const total = price
    ? lineAmount(price, quantity)
    : (sent.amount ?? (each === undefined ? undefined : perUnit(each, quantity)));
  if (total === undefined)
    throw invalid(`Missing required param: ${named(sent, "amount")}.`, named(sent, "amount"), "parameter_missing");
  const spoken = price?.currency ?? sent.currency ?? invoice?.currency ?? customer.currency;
  if (!spoken) throw invalid("Missing required param: currency.", "currency", "parameter_missing");
  if (invoice && spoken !== invoice.currency)
    throw invalid(
      `The currency of the item (${spoken}) must match the currency of the invoice (${invoice.currency}).`,
      named(sent, "currency"),
    );
  const sketch = newInvoiceItem(unit, customer.id, {
    amount: total,
    currency: spoken,
    description: sent.description ?? (price ? (world.products.get(idOf(price.product) ?? "")?.name ?? null) : null),
    discountable: sent.discountable ?? total > 0,
    invoice: invoice?.id ?? null,
    metadata: mergeMetadata({}, sent.metadata),
    parent,
    ...(sent.period ? { period: sent.period } : {}),
    pricing: {
      ...(price ? { price_details: { price: price.id, product: idOf(price.product) ?? "" } } : {}),
      type: "price_details",
      unit_amount_decimal: price?.unit_amount_decimal ?? each ?? String(total),
    },
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: readRates(unit, sent.tax_rates, named(sent, "tax_rates")) ?? [],
  });
  const item = { ...sketch, discounts: ownDiscounts(unit, sketch, sent) ?? [] };
  world.invoiceItems.insert(item);
  recordEvent(unit, "invoiceitem.created", saidItem(item));
  return item;
}

/** What an item costs after a change: by a price, as an amount of its own, or as many of what it was. */
function costOf(unit: Unit, current: InvoiceItem, sent: SentItem): Partial<InvoiceItem> {
  const price = priceOf(unit, sent);
  const quantity = sent.quantity ?? current.quantity;
  const counted = { quantity, quantity_decimal: String(quantity) };
  if (price)
    return {
      ...counted,
      amount: lineAmount(price, quantity),
      pricing: {
        price_details: { price: price.id, product: idOf(price.product) ?? "" },
        type: "price_details",
        unit_amount_decimal: price.unit_amount_decimal,
      },
    };
  const alone = (each: string): InvoiceItem["pricing"] => ({ type: "price_details", unit_amount_decimal: each });
  const { amount, unit_amount_decimal: each } = sent;
  if (amount !== undefined) return { ...counted, amount, pricing: alone(String(amount)) };
  if (each !== undefined) return { ...counted, amount: perUnit(each, quantity), pricing: alone(each) };
  if (sent.quantity === undefined) return {};
  const known = unit.world.prices.get(idOf(current.pricing?.price_details?.price) ?? "");
  if (known) return { ...counted, amount: lineAmount(known, quantity) };
  const before = current.pricing?.unit_amount_decimal;
  return before ? { ...counted, amount: perUnit(before, quantity) } : counted;
}

/** Changes an item that is on no invoice or on a draft. The draft's lines are the caller's to bring up to date. */
export function changeItem(unit: Unit, current: InvoiceItem & Made, sent: SentItem): InvoiceItem & Made {
  if (current.proration && sent.discountable === true)
    throw invalid("You cannot set discountable to true on prorations.", named(sent, "discountable"));
  return change(unit, unit.world.invoiceItems, current, {
    ...costOf(unit, current, sent),
    description: sent.description ?? current.description,
    discountable: sent.discountable ?? current.discountable,
    discounts: ownDiscounts(unit, current, sent) ?? current.discounts,
    metadata: mergeMetadata(current.metadata ?? {}, sent.metadata),
    period: sent.period ?? current.period,
    tax_rates: readRates(unit, sent.tax_rates, named(sent, "tax_rates")) ?? current.tax_rates,
  });
}
