import { invalid, type StripeFault } from "../api/errors.ts";
import { couponIsValid } from "../coupons/validity.ts";
import { change, type Unit } from "../unit.ts";
import type { Coupon, PromotionCode } from "../wire.ts";
import { idOf } from "../world.ts";

export function couponBehind(unit: Unit, code: PromotionCode): Coupon | undefined {
  return unit.world.coupons.get(idOf(code.promotion.coupon) ?? "");
}

/** Whether a code can still be redeemed by anybody. */
export function isActive(unit: Unit, code: PromotionCode): boolean {
  const coupon = couponBehind(unit, code);
  if (!coupon || !couponIsValid(coupon, unit.now)) return false;
  if (code.expires_at !== null && unit.now >= code.expires_at) return false;
  return code.max_redemptions === null || code.times_redeemed < code.max_redemptions;
}

export interface Redeemer {
  /** Null for somebody who is not known yet. */
  customer: string | null;
  /** What is bought, before anything is taken off; undefined where that is not known. */
  amount?: { total: number; currency: string };
}

/** Why a code is no good for somebody; undefined when it is. */
export function whyNot(unit: Unit, code: PromotionCode, { customer, amount }: Redeemer): string | undefined {
  if (!code.active || !isActive(unit, code)) return "This promotion code is expired or inactive.";
  const owner = idOf(code.customer);
  if (owner !== null && owner !== customer) return "This promotion code cannot be redeemed by this customer.";
  const { first_time_transaction: first, minimum_amount: least, minimum_amount_currency: currency } = code.restrictions;
  const bought = customer !== null && unit.world.charges.by("customer", customer).some((one) => one.paid);
  if (first && bought)
    return "This promotion code cannot be redeemed because the associated customer has prior transactions.";
  if (least !== null && amount && (amount.currency !== currency || amount.total < least))
    return "This promotion code cannot be redeemed because the minimum amount is not reached.";
  return undefined;
}

export function cannotRedeem(why: string, at: string): StripeFault {
  return invalid(why, at, "promotion_code_not_redeemable");
}

/** One more redemption; the last one that was allowed ends the code. */
export function countRedemption(unit: Unit, code: PromotionCode): void {
  const times = code.times_redeemed + 1;
  const active = code.active && (code.max_redemptions === null || times < code.max_redemptions);
  change(unit, unit.world.promotionCodes, code, { active, times_redeemed: times }, "promotion_code.updated");
}
