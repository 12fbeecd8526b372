import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, decimal, flag, range, required, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change, create } from "../unit.ts";
import type { TaxRate } from "../wire.ts";

const path = "/v1/tax_rates";

const described = {
  active: flag(),
  country: text(2),
  description: text(),
  display_name: text(50),
  jurisdiction: text(200),
  state: text(2),
  tax_type: text(40),
};

function percentageOf(sent: string): number {
  const value = Number(sent);
  if (value <= 100) return value;
  throw invalid("This value must be less than or equal to 100.", "percentage");
}

/** Rates that invoices, subscriptions and checkouts name; what they ask for never changes, so that old papers stay true. */
export const taxRateOperations = [
  operation(
    "POST",
    path,
    {
      ...described,
      display_name: required(described.display_name),
      inclusive: required(flag()),
      metadata: metadata(),
      percentage: required(decimal()),
    },
    ({ unit }, params) =>
      create(
        unit,
        unit.world.taxRates,
        {
          id: newId("txr"),
          object: "tax_rate",
          active: params.active ?? true,
          country: params.country ?? null,
          created: unit.now,
          description: params.description ?? null,
          display_name: params.display_name,
          effective_percentage: null,
          flat_amount: null,
          inclusive: params.inclusive,
          jurisdiction: params.jurisdiction ?? null,
          jurisdiction_level: null,
          livemode: false,
          metadata: mergeMetadata({}, params.metadata),
          percentage: percentageOf(params.percentage),
          rate_type: "percentage",
          state: params.state ?? null,
          tax_type: (params.tax_type as TaxRate["tax_type"] | undefined) ?? null,
        },
        "tax_rate.created",
      ),
  ),
  operation("GET", path, { ...paging, active: flag(), created: range(), inclusive: flag() }, ({ unit, url }, by) =>
    pageOf(url, unit.world.taxRates, by, {
      created: by.created ?? {},
      matches: (one) =>
        (by.active === undefined || one.active === by.active) &&
        (by.inclusive === undefined || one.inclusive === by.inclusive),
    }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.taxRates, ids[0])),
  operation("POST", `${path}/:id`, { ...described, metadata: clearable(metadata()) }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.taxRates, ids[0]);
    return change(
      unit,
      unit.world.taxRates,
      current,
      {
        active: params.active ?? current.active,
        country: params.country ?? current.country,
        description: params.description ?? current.description,
        display_name: params.display_name ?? current.display_name,
        jurisdiction: params.jurisdiction ?? current.jurisdiction,
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
        state: params.state ?? current.state,
        tax_type: (params.tax_type as TaxRate["tax_type"] | undefined) ?? current.tax_type,
      },
      "tax_rate.updated",
    );
  }),
];
