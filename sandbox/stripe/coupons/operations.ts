import { newId } from "../../ids.ts";
import { invalid, StripeFault } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, currency, decimal, hash, integer, later, list, oneOf, range, text } from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { inPath } from "../lookups.ts";
import { change, create } from "../unit.ts";
import type { Coupon } from "../wire.ts";

function percent(sent: string | undefined): number | null {
  if (sent === undefined) return null;
  const value = Number(sent);
  if (value <= 0 || value > 100)
    throw invalid("Invalid percentage: must be greater than 0 and at most 100.", "percent_off");
  return value;
}

export const couponOperations = [
  operation(
    "POST",
    "/v1/coupons",
    {
      amount_off: integer(1),
      applies_to: hash({ products: list(text()) }),
      currency: currency(),
      currency_options: later(),
      duration: oneOf(["forever", "once", "repeating"]),
      duration_in_months: integer(1),
      id: text(),
      max_redemptions: integer(1),
      metadata: metadata(),
      name: text(40),
      percent_off: decimal(),
      redeem_by: integer(),
    },
    ({ unit }, params) => {
      if ((params.amount_off === undefined) === (params.percent_off === undefined))
        throw invalid("You must pass either percent_off or amount_off.", "percent_off", "parameter_missing");
      if (params.amount_off !== undefined && params.currency === undefined)
        throw invalid("You must pass currency when passing amount_off.", "currency", "parameter_missing");
      const duration = params.duration ?? "once";
      if ((duration === "repeating") !== (params.duration_in_months !== undefined))
        throw invalid(
          duration === "repeating"
            ? "Missing required param: duration_in_months."
            : "duration_in_months may only be passed when duration is repeating.",
          "duration_in_months",
          duration === "repeating" ? "parameter_missing" : undefined,
        );
      const id = params.id ?? newId("coupon");
      if (unit.world.coupons.get(id))
        throw new StripeFault(400, {
          type: "invalid_request_error",
          code: "resource_already_exists",
          message: "Coupon already exists.",
          param: "id",
        });
      const coupon: Coupon = {
        id,
        object: "coupon",
        amount_off: params.amount_off ?? null,
        ...(params.applies_to?.products ? { applies_to: { products: params.applies_to.products } } : {}),
        created: unit.now,
        currency: params.amount_off === undefined ? null : (params.currency ?? null),
        duration,
        duration_in_months: params.duration_in_months ?? null,
        livemode: false,
        max_redemptions: params.max_redemptions ?? null,
        metadata: mergeMetadata({}, params.metadata),
        name: params.name ?? null,
        percent_off: percent(params.percent_off),
        redeem_by: params.redeem_by ?? null,
        times_redeemed: 0,
        valid: true,
      };
      return create(unit, unit.world.coupons, coupon, "coupon.created");
    },
  ),
  operation("GET", "/v1/coupons", { ...paging, created: range() }, ({ unit, url }, params) =>
    pageOf(url, unit.world.coupons, params, { created: params.created ?? {} }),
  ),
  operation("GET", "/v1/coupons/:id", {}, ({ unit, ids }) => inPath(unit.world.coupons, ids[0])),
  operation(
    "POST",
    "/v1/coupons/:id",
    { currency_options: later(), metadata: metadata(), name: clearable(text(40)) },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.coupons, ids[0]);
      const patch = {
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
        name: params.name === undefined ? current.name : params.name,
      };
      return change(unit, unit.world.coupons, current, patch, "coupon.updated");
    },
  ),
  operation("DELETE", "/v1/coupons/:id", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.coupons, ids[0]);
    // Discounts that were given from it go on.
    unit.world.coupons.delete(current.id);
    recordEvent(unit, "coupon.deleted", current);
    return { id: current.id, object: "coupon", deleted: true };
  }),
];
