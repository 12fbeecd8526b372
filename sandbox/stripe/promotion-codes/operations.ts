import { newId, randomText } from "../../ids.ts";
import { invalid, StripeFault } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, currency, flag, hash, integer, later, oneOf, range, required, text } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, create, type Unit } from "../unit.ts";
import type { PromotionCode } from "../wire.ts";
import { isActive } from "./redeem.ts";

const path = "/v1/promotion_codes";

/** A code as it is told: one that has run out by itself is not active any more. */
function told(unit: Unit, code: PromotionCode): PromotionCode {
  return code.active && !isActive(unit, code) ? { ...code, active: false } : code;
}

export const promotionCodeOperations = [
  operation(
    "POST",
    path,
    {
      active: flag(),
      code: text(500),
      customer: text(),
      customer_account: later(),
      expires_at: integer(),
      max_redemptions: integer(1),
      metadata: metadata(),
      promotion: required(hash({ coupon: required(text()), type: required(oneOf(["coupon"])) })),
      restrictions: hash({
        currency_options: later(),
        first_time_transaction: flag(),
        minimum_amount: integer(1),
        minimum_amount_currency: currency(),
      }),
    },
    ({ unit }, params) => {
      const { world } = unit;
      const coupon = inParam(world.coupons, params.promotion.coupon, "promotion[coupon]");
      if (params.customer !== undefined) inParam(world.customers, params.customer, "customer");
      const code = params.code ?? randomText(8, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
      if (!/^[a-zA-Z0-9_-]+$/.test(code))
        throw invalid("Promotion codes may only contain letters, digits, dashes and underscores.", "code");
      if (world.promotionCodes.by("code", code.toLowerCase()).some((one) => one.active))
        throw new StripeFault(400, {
          type: "invalid_request_error",
          message: `An active promotion code with \`code: ${code}\` already exists.`,
          param: "code",
        });
      const limits = params.restrictions;
      if ((limits?.minimum_amount === undefined) !== (limits?.minimum_amount_currency === undefined))
        throw invalid(
          "`minimum_amount` and `minimum_amount_currency` go together.",
          "restrictions[minimum_amount_currency]",
          "parameter_missing",
        );
      return create(
        unit,
        world.promotionCodes,
        {
          id: newId("promo"),
          object: "promotion_code",
          active: params.active ?? true,
          code,
          created: unit.now,
          customer: params.customer ?? null,
          customer_account: null,
          expires_at: params.expires_at ?? null,
          livemode: false,
          max_redemptions: params.max_redemptions ?? null,
          metadata: mergeMetadata({}, params.metadata),
          promotion: { coupon: coupon.id, type: "coupon" },
          restrictions: {
            first_time_transaction: limits?.first_time_transaction ?? false,
            minimum_amount: limits?.minimum_amount ?? null,
            minimum_amount_currency: limits?.minimum_amount_currency ?? null,
          },
          times_redeemed: 0,
        },
        "promotion_code.created",
      );
    },
  ),
  operation(
    "GET",
    path,
    {
      ...paging,
      active: flag(),
      code: text(),
      coupon: text(),
      created: range(),
      customer: text(),
      customer_account: later(),
    },
    ({ unit, url }, params) => {
      const page = pageOf(url, unit.world.promotionCodes, params, {
        where: sent({ code: params.code?.toLowerCase(), coupon: params.coupon, customer: params.customer }),
        created: params.created ?? {},
        matches: (one) => params.active === undefined || told(unit, one).active === params.active,
      });
      return { ...page, data: page.data.map((one) => told(unit, one)) };
    },
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => told(unit, inPath(unit.world.promotionCodes, ids[0]))),
  operation(
    "POST",
    `${path}/:id`,
    { active: flag(), metadata: clearable(metadata()), restrictions: later() },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.promotionCodes, ids[0]);
      const patch = {
        active: params.active ?? current.active,
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
      };
      return told(unit, change(unit, unit.world.promotionCodes, current, patch, "promotion_code.updated"));
    },
  ),
];
