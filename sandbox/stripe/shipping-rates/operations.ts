import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, currency, flag, hash, range } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change, create } from "../unit.ts";
import { currencyOptions, newRateParams, newShippingRate, taxBehavior } from "./shape.ts";

const path = "/v1/shipping_rates";

export const shippingRateOperations = [
  operation("POST", path, newRateParams, ({ unit }, params) =>
    create(unit, unit.world.shippingRates, newShippingRate(unit, params)),
  ),
  operation("GET", path, { ...paging, active: flag(), created: range(), currency: currency() }, ({ unit, url }, by) =>
    pageOf(url, unit.world.shippingRates, by, {
      created: by.created ?? {},
      matches: (one) =>
        (by.active === undefined || one.active === by.active) &&
        (by.currency === undefined || one.fixed_amount?.currency === by.currency),
    }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.shippingRates, ids[0])),
  operation(
    "POST",
    `${path}/:id`,
    {
      active: flag(),
      fixed_amount: hash({ currency_options: currencyOptions }),
      metadata: clearable(metadata()),
      tax_behavior: taxBehavior,
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.shippingRates, ids[0]);
      const added = params.fixed_amount?.currency_options;
      const fixed = current.fixed_amount;
      return change(unit, unit.world.shippingRates, current, {
        active: params.active ?? current.active,
        ...(added && fixed
          ? { fixed_amount: { ...fixed, currency_options: { ...fixed.currency_options, ...added } } }
          : {}),
        metadata: mergeMetadata(current.metadata, params.metadata),
        tax_behavior: params.tax_behavior ?? current.tax_behavior,
      });
    },
  ),
];
