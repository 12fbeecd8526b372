import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import {
  clearable,
  currency,
  decimal,
  flag,
  hash,
  integer,
  later,
  list,
  oneOf,
  required,
  text,
  url,
  type Values,
} from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { inParam } from "../lookups.ts";
import { isMetered } from "../meters/usage.ts";
import { unitAmount } from "../prices/operations.ts";
import { recurringParams } from "../prices/recurring.ts";
import { lineAmount, newPrice, planOf, recurring } from "../prices/shape.ts";
import { newProduct } from "../products/operations.ts";
import { rateParams, readRates } from "../taxes/read-rates.ts";
import { create, type Unit } from "../unit.ts";
import type { CheckoutLine, Price } from "../wire.ts";
import { idOf } from "../world.ts";

const priceData = {
  currency: required(currency()),
  product: text(),
  product_data: hash({
    name: required(text(250)),
    description: text(),
    images: list(url()),
    metadata: metadata(),
    tax_code: clearable(text()),
    tax_details: later(),
    unit_label: text(12),
  }),
  recurring: recurringParams,
  tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
  unit_amount: integer(0, 99_999_999),
  unit_amount_decimal: decimal(),
};

const lineShape = {
  price: text(),
  price_data: hash(priceData),
  quantity: integer(1, 999_999),
  adjustable_quantity: hash({ enabled: required(flag()), maximum: integer(1, 999_999), minimum: integer(0, 999_998) }),
  dynamic_tax_rates: later(),
  metadata: metadata(),
  tax_rates: rateParams,
};
export const lineItems = list(hash(lineShape));
type SentLine = Values<typeof lineShape>;

/** A price made for this one checkout; it is not offered again, so it is not active. */
function inlinePrice(unit: Unit, data: Values<typeof priceData>, at: string): Price {
  const { product, product_data: own } = data;
  if ((product === undefined) === (own === undefined)) {
    throw invalid(
      "You must specify either `product` or `product_data` when creating a price.",
      `${at}[product]`,
      "parameter_missing",
    );
  }
  const owner = own
    ? create(
        unit,
        unit.world.products,
        newProduct(unit, own.name, {
          active: false,
          description: own.description ?? null,
          images: own.images ?? [],
          metadata: mergeMetadata({}, own.metadata),
          tax_code: own.tax_code ?? null,
          unit_label: own.unit_label ?? null,
        }),
        "product.created",
      )
    : inParam(unit.world.products, product ?? "", `${at}[product]`);
  const price = create(
    unit,
    unit.world.prices,
    newPrice(unit, owner.id, data.currency, {
      ...unitAmount(data.unit_amount, data.unit_amount_decimal, at),
      active: false,
      recurring: data.recurring ? recurring(data.recurring.interval, data.recurring.interval_count ?? 1) : null,
      tax_behavior: data.tax_behavior ?? "unspecified",
    }),
    "price.created",
  );
  const plan = planOf(price);
  if (plan) recordEvent(unit, "plan.created", plan);
  return price;
}

function priceOf(unit: Unit, line: SentLine, at: string): Price {
  if ((line.price === undefined) === (line.price_data === undefined)) {
    throw invalid(`You must specify either \`price\` or \`price_data\` for ${at}.`, at);
  }
  if (line.price_data) return inlinePrice(unit, line.price_data, `${at}[price_data]`);
  const price = inParam(unit.world.prices, line.price ?? "", `${at}[price]`);
  if (!price.active)
    throw invalid("The price specified is inactive. This field only accepts active prices.", `${at}[price]`);
  return price;
}

/** How far the customer may change the quantity on the page; not at all unless the line says so. */
function adjustable(
  { adjustable_quantity: sent, quantity = 1 }: SentLine,
  at: string,
): CheckoutLine["adjustable_quantity"] {
  if (!sent?.enabled) return null;
  const { minimum = 0, maximum = 99 } = sent;
  if (minimum >= maximum || quantity < minimum || quantity > maximum) {
    throw invalid(
      "The line item quantity must lie between the minimum and the maximum of its adjustable quantity.",
      `${at}[adjustable_quantity]`,
    );
  }
  return { enabled: true, maximum, minimum };
}

function checkoutLine(unit: Unit, line: SentLine, at: string): CheckoutLine {
  const price = priceOf(unit, line, at);
  const metered = isMetered(price);
  if (!metered && line.quantity === undefined)
    throw invalid(`Quantity is required. Add \`quantity\` to \`${at}\``, `${at}[quantity]`);
  if (metered && line.quantity !== undefined)
    throw invalid(
      `Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`${at}\``,
      `${at}[quantity]`,
    );
  const amount = metered ? 0 : lineAmount(price, line.quantity ?? 0);
  return {
    id: newId("li"),
    object: "item",
    adjustable_quantity: adjustable(line, at),
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: unit.world.products.get(idOf(price.product) ?? "")?.name ?? price.id,
    metadata: mergeMetadata({}, line.metadata),
    price,
    quantity: line.quantity ?? null,
  };
}

/** The tax rates that lines were sent with, by the lines' ids. */
export function readLineRates(
  unit: Unit,
  sent: readonly SentLine[],
  lines: readonly CheckoutLine[],
): Record<string, string[]> {
  const entries = lines.flatMap((line, index): [string, string[]][] => {
    const rates = readRates(unit, sent[index]?.tax_rates, `line_items[${index}][tax_rates]`) ?? [];
    return rates.length === 0 ? [] : [[line.id, rates.map((one) => one.id)]];
  });
  return Object.fromEntries(entries);
}

/** What a checkout sells, checked against its mode: one currency, and for a subscription one interval. */
export function readLines(unit: Unit, sent: readonly SentLine[], mode: "payment" | "subscription"): CheckoutLine[] {
  if (sent.length === 0) throw invalid("Missing required param: line_items.", "line_items", "parameter_missing");
  if (sent.length > 100) throw invalid("You can have at most 100 line items.", "line_items");
  const lines = sent.map((line, index) => checkoutLine(unit, line, `line_items[${index}]`));
  const renewing = lines.filter((line) => line.price.recurring);
  if (mode === "payment" && renewing.length > 0) {
    throw invalid(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      "mode",
    );
  }
  if (mode === "subscription" && renewing.length === 0) {
    throw invalid("You must provide at least one recurring price in `subscription` mode when using prices.", "mode");
  }
  if (new Set(lines.map((line) => line.currency)).size > 1) {
    throw invalid(
      "The price specified supports currencies that do not match the other prices of this Checkout Session.",
      "line_items",
    );
  }
  const intervals = new Set(
    renewing.map(({ price }) => `${price.recurring?.interval}/${price.recurring?.interval_count}`),
  );
  if (intervals.size > 1)
    throw invalid("Checkout does not support multiple prices with different billing intervals.", "line_items");
  return lines;
}
