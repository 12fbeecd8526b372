import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { clearableList, hash, list, text } from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { inParam } from "../lookups.ts";
import { cannotRedeem, countRedemption, whyNot } from "../promotion-codes/redeem.ts";
import { addMonths } from "../subscriptions/periods.ts";
import { change, type Unit } from "../unit.ts";
import type { Coupon, Discount, Subscription } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { couponIsValid } from "./validity.ts";

const sentDiscount = hash({ coupon: text(), discount: text(), promotion_code: text() });
/** `discounts` as it is sent: an empty text takes them all away. */
export const discountParams = clearableList(sentDiscount);
export const newDiscountParams = list(sentDiscount);
export type SentDiscount = NonNullable<ReturnType<typeof sentDiscount.read>>;

/** A discount as it is kept: with what its coupon said, which goes on when the coupon is deleted. */
export type KeptDiscount = Discount & { created: number; kept: Coupon };

/** A discount with the coupon behind it. */
export interface Applied {
  discount: Discount;
  coupon: Coupon;
}

/** When a discount that starts now ends; a coupon for one invoice ends when that invoice is made. */
function endOf(coupon: Coupon, start: number): number | null {
  return coupon.duration === "repeating" ? addMonths(start, coupon.duration_in_months ?? 1) : null;
}

/** A coupon is used once more, for a discount or in a checkout without one. */
export function countUse(unit: Unit, coupon: Coupon): Coupon {
  const times = coupon.times_redeemed + 1;
  const redeemed = { ...coupon, times_redeemed: times };
  const valid = couponIsValid(redeemed, unit.now);
  return change(unit, unit.world.coupons, coupon, { times_redeemed: times, valid }, "coupon.updated");
}

function redeem(unit: Unit, couponId: string, at: string, owner: Partial<Discount>): KeptDiscount {
  const coupon = inParam(unit.world.coupons, couponId, at);
  if (!couponIsValid(coupon, unit.now)) throw invalid(`Coupon expired: ${coupon.id}`, at, "coupon_expired");
  const redeemed = countUse(unit, coupon);
  const discount: KeptDiscount = {
    id: newId("di"),
    object: "discount",
    checkout_session: null,
    created: unit.now,
    customer: null,
    customer_account: null,
    end: endOf(coupon, unit.now),
    invoice: null,
    invoice_item: null,
    kept: redeemed,
    promotion_code: null,
    source: { coupon: coupon.id, type: "coupon" },
    start: unit.now,
    subscription: null,
    subscription_item: null,
    ...owner,
  };
  unit.world.discounts.insert(discount);
  return discount;
}

/** The ids of the discounts that were asked for: known ones stay, coupons become new ones. */
export function readDiscounts(
  unit: Unit,
  sent: readonly SentDiscount[],
  owner: Partial<Discount>,
  at = "discounts",
): string[] {
  return sent.map((one, index) => {
    if (one.discount !== undefined) return inParam(unit.world.discounts, one.discount, `${at}[${index}][discount]`).id;
    const where = `${at}[${index}][promotion_code]`;
    const code =
      one.promotion_code === undefined ? undefined : inParam(unit.world.promotionCodes, one.promotion_code, where);
    const why = code && whyNot(unit, code, { customer: idOf(owner.customer) });
    if (why !== undefined) throw cannotRedeem(why, where);
    const named = code ? idOf(code.promotion.coupon) : one.coupon;
    if (named === null || named === undefined)
      throw invalid(`Missing required param: ${at}[${index}][coupon].`, `${at}[${index}][coupon]`, "parameter_missing");
    if (code) countRedemption(unit, code);
    const ownerOf = code ? { ...owner, promotion_code: code.id } : owner;
    const discount = redeem(unit, named, `${at}[${index}][coupon]`, ownerOf);
    recordEvent(unit, "customer.discount.created", said(discount));
    return discount.id;
  });
}

/** A discount as the provider says it. */
function said({ created: _created, kept: _kept, ...discount }: KeptDiscount): Discount {
  return discount;
}

export function discountOf(world: World, id: string): Discount | undefined {
  const known = world.discounts.get(id);
  return known && said(known);
}

/** What is still taken off at an instant, of the discounts that an owner carries. */
export function activeDiscounts(world: World, ids: readonly (string | null)[], at: number): Applied[] {
  return ids.flatMap((id) => {
    const discount = id === null ? undefined : world.discounts.get(id);
    return discount && (discount.end === null || discount.end > at) ? [{ discount, coupon: discount.kept }] : [];
  });
}

/** After an invoice was made: coupons for one invoice are used up, and those whose months are over go. */
export function afterInvoice(unit: Unit, subscription: Subscription): string[] {
  const kept: string[] = [];
  for (const id of subscription.discounts.flatMap((one) => idOf(one) ?? [])) {
    const [applied] = activeDiscounts(unit.world, [id], unit.now);
    if (applied && applied.coupon.duration !== "once") kept.push(id);
    else endDiscount(unit, id);
  }
  return kept;
}

export function endDiscount(unit: Unit, id: string): void {
  const discount = unit.world.discounts.get(id);
  if (!discount) return;
  if (discount.end === null) unit.world.discounts.replace({ ...discount, end: unit.now });
  recordEvent(unit, "customer.discount.deleted", said({ ...discount, end: discount.end ?? unit.now }));
}
