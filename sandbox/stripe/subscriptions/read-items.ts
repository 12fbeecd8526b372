import { invalid, notSimulated } from "../api/errors.ts";
import { mergeMetadata } from "../api/metadata.ts";
import type { Values } from "../api/params.ts";
import { readDiscounts } from "../coupons/discounts.ts";
import { recordEvent } from "../events/record.ts";
import { newInvoiceItem, saidItem } from "../invoice-items/shape.ts";
import { inParam, unknownInPath } from "../lookups.ts";
import { isMetered, usageOf } from "../meters/usage.ts";
import { unitAmount } from "../prices/operations.ts";
import { lineAmount, newPrice, planOf, recurring } from "../prices/shape.ts";
import { inCurrency } from "../prices/tiers.ts";
import { readRates } from "../taxes/read-rates.ts";
import { create, type Unit } from "../unit.ts";
import type { Price, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import type { Bought } from "./items.ts";
import type { createParams, itemShape, updateParams } from "./params.ts";
import type { ItemChange } from "./plan-change.ts";

type SentItem = Values<typeof itemShape>;
type SentChange = NonNullable<Values<typeof updateParams>["items"]>[number];

/** What is bought now is bought at what is on sale; what was agreed before happens at its price, archived since or not. */
export type Terms = "new" | "agreed";

/** The price that an item names, or a price made for it alone. */
function itemPrice(
  unit: Unit,
  sent: Partial<SentItem>,
  at: string,
  { currency, terms = "new" }: { currency?: string | undefined; terms?: Terms | undefined },
): Price | undefined {
  const named = sent.price ?? sent.plan;
  const data = sent.price_data;
  if (named !== undefined && data !== undefined)
    throw invalid(`You may only specify one of these parameters: price, price_data.`, at, "parameters_exclusive");
  if (data) {
    const owner = inParam(unit.world.products, data.product, `${at}[price_data][product]`);
    if (!data.recurring)
      throw invalid(
        `Missing required param: ${at}[price_data][recurring].`,
        `${at}[price_data][recurring]`,
        "parameter_missing",
      );
    const price = newPrice(unit, owner.id, data.currency, {
      ...unitAmount(data.unit_amount, data.unit_amount_decimal, `${at}[price_data]`),
      active: false,
      recurring: recurring(data.recurring.interval, data.recurring.interval_count ?? 1),
      tax_behavior: data.tax_behavior ?? "unspecified",
    });
    create(unit, unit.world.prices, price, "price.created");
    const plan = planOf(price);
    if (plan) recordEvent(unit, "plan.created", plan);
    return price;
  }
  if (named === undefined) return undefined;
  const price = inParam(unit.world.prices, named, `${at}[${sent.price === undefined ? "plan" : "price"}]`);
  if (!price.recurring)
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      `${at}[price]`,
    );
  if (!price.active && terms === "new")
    throw invalid("The price specified is inactive. This field only accepts active prices.", `${at}[price]`);
  return currency === undefined ? price : (inCurrency(price, currency) ?? price);
}

function oneCurrency(prices: readonly Price[], currency: string | undefined): void {
  const wanted = currency ?? prices[0]?.currency;
  const other = prices.find((one) => one.currency !== wanted);
  if (other)
    throw invalid(
      `The price specified only supports \`${other.currency}\`. This doesn't match the expected currency: \`${wanted}\`.`,
      "items",
    );
}

/** What is metered has no quantity but what was used of it. */
function noQuantityWhenMetered(price: Price | undefined, quantity: number | undefined, at: string): void {
  if (price && quantity !== undefined && isMetered(price))
    throw invalid(
      `Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`${at}\``,
      `${at}[quantity]`,
    );
}

/** What becomes of usage when its item goes in the middle of a period is not simulated. */
function mustBeUnused(unit: Unit, current: Subscription, item: Subscription["items"]["data"][number]): void {
  if (isMetered(item.price) && usageOf(unit.world, idOf(current.customer) ?? "", item, unit.now) > 0)
    throw notSimulated("taking away a metered item that was used in the running period");
}

/** The items that a subscription starts with. */
export function readBought(unit: Unit, sent: readonly SentItem[], currency?: string, terms?: Terms): Bought[] {
  if (sent.length === 0) throw invalid("Missing required param: items.", "items", "parameter_missing");
  if (sent.length > 20) throw invalid("Subscriptions can have at most 20 items.", "items");
  const bought = sent.map((one, index) => {
    const at = `items[${index}]`;
    const price = itemPrice(unit, one, at, { currency, terms });
    if (!price) throw invalid(`Missing required param: ${at}[price].`, `${at}[price]`, "parameter_missing");
    noQuantityWhenMetered(price, one.quantity, at);
    return {
      price,
      quantity: one.quantity ?? 1,
      metadata: mergeMetadata({}, one.metadata),
      taxRates: readRates(unit, one.tax_rates, `${at}[tax_rates]`),
    };
  });
  oneCurrency(
    bought.map((one) => one.price),
    currency,
  );
  const twice = bought.find((one, index) => bought.findIndex((other) => other.price.id === one.price.id) !== index);
  if (twice) throw invalid(`Cannot add multiple subscription items with the same plan: ${twice.price.id}`, "items");
  return bought;
}

/** What is to become of a subscription's items; an item without an id is added. */
export function readItemChanges(
  unit: Unit,
  current: Subscription,
  sent: readonly SentChange[],
  terms?: Terms,
): ItemChange[] {
  const changes = sent.map((one, index): ItemChange => {
    const at = `items[${index}]`;
    const known = one.id === undefined ? undefined : current.items.data.find((item) => item.id === one.id);
    if (one.id !== undefined && !known) throw unknownInPath("subscription_item", one.id);
    const price = itemPrice(unit, one, at, { currency: current.currency, terms });
    if (!known && !price) throw invalid(`Missing required param: ${at}[price].`, `${at}[price]`, "parameter_missing");
    if (!known && current.items.data.some((item) => item.price.id === price?.id))
      throw invalid(`Cannot add multiple subscription items with the same plan: ${price?.id}`, "items");
    noQuantityWhenMetered(price ?? known?.price, one.quantity, at);
    if (known && (one.deleted || (price && price.id !== known.price.id))) mustBeUnused(unit, current, known);
    return {
      id: known?.id,
      price,
      quantity: one.quantity,
      deleted: one.deleted,
      metadata: one.metadata === undefined ? undefined : mergeMetadata(known?.metadata ?? {}, one.metadata),
      taxRates: readRates(unit, one.tax_rates, `${at}[tax_rates]`),
    };
  });
  oneCurrency(
    changes.flatMap((one) => one.price ?? []),
    current.currency,
  );
  const gone = changes.filter((one) => one.deleted).length;
  if (gone > 0 && gone >= current.items.data.length + changes.filter((one) => one.id === undefined).length)
    throw invalid("A subscription must have at least one active plan.", "items");
  return changes;
}

/** One-time things beside the items, which wait for the subscription's next invoice. */
export function addInvoiceItems(
  unit: Unit,
  customer: string,
  subscription: string,
  sent: NonNullable<Values<typeof createParams>["add_invoice_items"]>,
): void {
  sent.forEach((one, index) => {
    const at = `add_invoice_items[${index}]`;
    const price = one.price === undefined ? undefined : inParam(unit.world.prices, one.price, `${at}[price]`);
    const product = price ? idOf(price.product) : one.price_data?.product;
    if (!product) throw invalid(`Missing required param: ${at}[price].`, `${at}[price]`, "parameter_missing");
    const owner = inParam(unit.world.products, product, `${at}[price_data][product]`);
    const quantity = one.quantity ?? 1;
    const each = one.price_data?.unit_amount ?? 0;
    const made =
      price ?? newPrice(unit, owner.id, one.price_data?.currency ?? "", { active: false, unit_amount: each });
    if (!price) create(unit, unit.world.prices, made, "price.created");
    const sketch = newInvoiceItem(unit, customer, {
      amount: lineAmount(made, quantity),
      currency: made.currency,
      description: owner.name,
      discountable: one.discountable ?? true,
      metadata: mergeMetadata({}, one.metadata),
      parent: { subscription_details: { subscription }, type: "subscription_details" },
      pricing: {
        price_details: { price: made.id, product: owner.id },
        type: "price_details",
        unit_amount_decimal: made.unit_amount_decimal,
      },
      quantity,
      quantity_decimal: String(quantity),
      tax_rates: readRates(unit, one.tax_rates, `${at}[tax_rates]`) ?? [],
    });
    const discounts = readDiscounts(
      unit,
      one.discounts ?? [],
      { customer, invoice_item: sketch.id },
      `${at}[discounts]`,
    );
    const item = { ...sketch, discounts };
    unit.world.invoiceItems.insert(item);
    recordEvent(unit, "invoiceitem.created", saidItem(item));
  });
}
