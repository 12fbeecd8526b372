import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
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
  range,
  required,
  text,
} from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { inParam, inPath } from "../lookups.ts";
import { newProduct } from "../products/operations.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Price } from "../wire.ts";
import { intervals, recurringOf, recurringParams } from "./recurring.ts";
import { newPrice, planOf } from "./shape.ts";
import { currencyOptionParams, optionsOf, tierParams, tiersOf } from "./tiers.ts";

const taxBehaviors = ["exclusive", "inclusive", "unspecified"] as const;

/** A lookup key belongs to one price; asking to transfer takes it from the price that had it. */
function takeLookupKey(unit: Unit, key: string, transfer: boolean | undefined, taker: string | undefined): void {
  const holder = unit.world.prices.first("lookup_key", key);
  if (!holder || holder.id === taker) return;
  if (!transfer) {
    throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, "lookup_key", "resource_already_exists");
  }
  change(unit, unit.world.prices, holder, { lookup_key: null }, "price.updated");
}

/** The two ways of writing a unit amount, of which exactly one must be sent. */
export function unitAmount(
  amount: number | undefined,
  exact: string | undefined,
  at = "",
): Pick<Price, "unit_amount" | "unit_amount_decimal"> {
  const name = (last: string) => (at === "" ? last : `${at}[${last}]`);
  if (amount !== undefined && exact !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
      name("unit_amount"),
      "parameters_exclusive",
    );
  }
  if (amount !== undefined) return { unit_amount: amount, unit_amount_decimal: String(amount) };
  if (exact !== undefined)
    return { unit_amount: /^\d+$/.test(exact) ? Number(exact) : null, unit_amount_decimal: exact };
  throw invalid(`Missing required param: ${name("unit_amount")}.`, name("unit_amount"), "parameter_missing");
}

/** What a price asks: so much for each, or by tiers. */
function amountsOf(params: {
  billing_scheme?: "per_unit" | "tiered" | undefined;
  tiers?: Parameters<typeof tiersOf>[0] | undefined;
  tiers_mode?: "graduated" | "volume" | undefined;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
}): Partial<Price> {
  if (params.billing_scheme !== "tiered") {
    if (params.tiers ?? params.tiers_mode)
      throw invalid("`tiers` can only be set when `billing_scheme` is `tiered`.", "tiers");
    return unitAmount(params.unit_amount, params.unit_amount_decimal);
  }
  if (params.tiers_mode === undefined)
    throw invalid("Missing required param: tiers_mode.", "tiers_mode", "parameter_missing");
  const tiers = tiersOf(params.tiers ?? []);
  return {
    billing_scheme: "tiered",
    tiers,
    tiers_mode: params.tiers_mode,
    unit_amount: null,
    unit_amount_decimal: null,
  };
}

export const priceOperations = [
  operation(
    "POST",
    "/v1/prices",
    {
      active: flag(),
      billing_scheme: oneOf(["per_unit", "tiered"]),
      currency: required(currency()),
      currency_options: currencyOptionParams,
      custom_unit_amount: later(),
      lookup_key: text(200),
      metadata: metadata(),
      nickname: text(),
      product: text(),
      product_data: hash({
        active: flag(),
        id: text(),
        metadata: metadata(),
        name: required(text(250)),
        statement_descriptor: later(),
        tax_code: clearable(text()),
        tax_details: later(),
        unit_label: text(12),
      }),
      recurring: recurringParams,
      tax_behavior: oneOf(taxBehaviors),
      tiers: tierParams,
      tiers_mode: oneOf(["graduated", "volume"]),
      transfer_lookup_key: flag(),
      transform_quantity: later(),
      unit_amount: integer(0, 99_999_999),
      unit_amount_decimal: decimal(),
    },
    ({ unit }, params) => {
      const { product, product_data: data } = params;
      if ((product === undefined) === (data === undefined)) {
        throw invalid(
          "You must specify either `product` or `product_data` when creating a price.",
          "product",
          "parameter_missing",
        );
      }
      const amounts = amountsOf(params);
      if (params.lookup_key !== undefined)
        takeLookupKey(unit, params.lookup_key, params.transfer_lookup_key, undefined);
      const owner = data
        ? create(
            unit,
            unit.world.products,
            newProduct(unit, data.name, {
              id: data.id ?? newId("prod"),
              active: data.active ?? true,
              metadata: mergeMetadata({}, data.metadata),
              unit_label: data.unit_label ?? null,
            }),
            "product.created",
          )
        : inParam(unit.world.products, product ?? "", "product");
      const price = newPrice(unit, owner.id, params.currency, {
        ...amounts,
        ...(params.currency_options ? { currency_options: optionsOf(params.currency_options) } : {}),
        active: params.active ?? true,
        lookup_key: params.lookup_key ?? null,
        metadata: mergeMetadata({}, params.metadata),
        nickname: params.nickname ?? null,
        recurring: params.recurring ? recurringOf(unit, params.recurring) : null,
        tax_behavior: params.tax_behavior ?? "unspecified",
      });
      const plan = planOf(price);
      const stored = create(unit, unit.world.prices, price, "price.created");
      if (plan) recordEvent(unit, "plan.created", plan);
      return stored;
    },
  ),
  operation(
    "GET",
    "/v1/prices",
    {
      ...paging,
      active: flag(),
      created: range(),
      currency: currency(),
      lookup_keys: list(text()),
      product: text(),
      recurring: hash({ interval: oneOf(intervals), meter: text(), usage_type: oneOf(["licensed", "metered"]) }),
      type: oneOf(["one_time", "recurring"]),
    },
    ({ unit, url }, params) => {
      const [key, ...others] = params.lookup_keys ?? [];
      const where = sent({ product: params.product, lookup_key: others.length === 0 ? key : undefined });
      return pageOf(url, unit.world.prices, params, {
        where,
        created: params.created ?? {},
        matches: (one) =>
          (params.active === undefined || one.active === params.active) &&
          (params.currency === undefined || one.currency === params.currency) &&
          (params.lookup_keys === undefined ||
            (one.lookup_key !== null && params.lookup_keys.includes(one.lookup_key))) &&
          (params.recurring?.interval === undefined || one.recurring?.interval === params.recurring.interval) &&
          (params.recurring?.meter === undefined || one.recurring?.meter === params.recurring.meter) &&
          (params.recurring?.usage_type === undefined || one.recurring?.usage_type === params.recurring.usage_type) &&
          (params.type === undefined || one.type === params.type),
      });
    },
  ),
  operation("GET", "/v1/prices/:id", {}, ({ unit, ids }) => inPath(unit.world.prices, ids[0])),
  operation(
    "POST",
    "/v1/prices/:id",
    {
      active: flag(),
      currency_options: currencyOptionParams,
      lookup_key: clearable(text(200)),
      metadata: metadata(),
      nickname: clearable(text()),
      tax_behavior: oneOf(taxBehaviors),
      transfer_lookup_key: flag(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.prices, ids[0]);
      if (
        params.tax_behavior !== undefined &&
        current.tax_behavior !== "unspecified" &&
        params.tax_behavior !== current.tax_behavior
      ) {
        throw invalid(
          "The `tax_behavior` of a price cannot be changed once it is set to `inclusive` or `exclusive`.",
          "tax_behavior",
        );
      }
      if (typeof params.lookup_key === "string")
        takeLookupKey(unit, params.lookup_key, params.transfer_lookup_key, current.id);
      return change(
        unit,
        unit.world.prices,
        current,
        {
          active: params.active ?? current.active,
          ...(params.currency_options
            ? { currency_options: { ...current.currency_options, ...optionsOf(params.currency_options) } }
            : {}),
          lookup_key: params.lookup_key === undefined ? current.lookup_key : params.lookup_key,
          metadata: mergeMetadata(current.metadata, params.metadata),
          nickname: params.nickname === undefined ? current.nickname : params.nickname,
          tax_behavior: params.tax_behavior ?? current.tax_behavior,
        },
        "price.updated",
      );
    },
  ),
];
