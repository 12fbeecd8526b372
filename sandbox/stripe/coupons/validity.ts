import type { Coupon } from "../wire.ts";

/** Whether a coupon can still be redeemed. */
export function couponIsValid(coupon: Coupon, now: number): boolean {
  if (coupon.redeem_by !== null && now >= coupon.redeem_by) return false;
  return coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions;
}
