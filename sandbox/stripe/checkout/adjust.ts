import { leastCharge, mostCharge } from "../amounts.ts";
import { lineAmount } from "../prices/shape.ts";
import { couponBehind, whyNot } from "../promotion-codes/redeem.ts";
import { change, type Unit } from "../unit.ts";
import type { CheckoutSession } from "../wire.ts";
import { idOf } from "../world.ts";
import type { CheckoutDetails } from "./details.ts";
import { dueNow } from "./due-now.ts";
import { costOf } from "./shipping.ts";
import { sumsOf } from "./sums.ts";
import { priced, ratesIn } from "./totals.ts";

/** Prices a session anew, a payment that was tried already included; false when the sum could not be charged. */
function reprice(unit: Unit, session: CheckoutSession, details: CheckoutDetails): boolean {
  const { world } = unit;
  const whole = details.lines.map((one) => {
    const amount = one.quantity === null ? 0 : lineAmount(one.price, one.quantity);
    return { ...one, amount_subtotal: amount, amount_total: amount };
  });
  const { trialDays, trialEnd } = details.subscriptionData;
  const coupon = details.couponId === null ? undefined : world.coupons.get(details.couponId);
  const { lines, taxes } = priced(unit, whole, {
    coupon,
    trial: trialDays !== null || trialEnd !== null,
    ratesOf: ratesIn(world, details),
    exemption: world.customers.get(idOf(session.customer) ?? "")?.tax_exempt ?? null,
  });
  const sums = sumsOf(lines, session.shipping_cost);
  const total = sums.amount_total ?? 0;
  if (total > mostCharge || (total < leastCharge(session.currency ?? "") && (total > 0 || session.mode === "payment")))
    return false;
  world.checkoutDetails.replace({ ...details, lines, lineTaxes: taxes });
  const code = details.promotionCodeId ?? null;
  const after = change(unit, world.sessions, session, {
    ...sums,
    shipping_cost: session.shipping_cost,
    discounts: coupon ? [{ coupon: coupon.id, promotion_code: code }] : [],
  });
  const intent = world.paymentIntents.get(details.intentId ?? "");
  if (intent) change(unit, world.paymentIntents, intent, { amount: dueNow(world, after).due });
  return true;
}

/**
 * The customer chose another quantity of a line on the page. Everything is priced anew; what the line does not allow
 * changes nothing.
 */
export function adjustQuantity(unit: Unit, session: CheckoutSession, lineId: string, quantity: number): void {
  const details = unit.world.checkoutDetails.get(session.id);
  const line = details?.lines.find((one) => one.id === lineId);
  const allowed = line?.adjustable_quantity;
  if (!details || !allowed?.enabled || session.status !== "open" || details.pending) return;
  const least = Math.max(allowed.minimum ?? 0, details.lines.length === 1 ? 1 : 0);
  if (!Number.isInteger(quantity) || quantity < least || quantity > (allowed.maximum ?? 99)) return;
  const lines = details.lines.map((one) => (one.id === lineId ? { ...one, quantity } : one));
  reprice(unit, session, { ...details, lines });
}

/** The customer chose another way of sending; false when that is none of those that are offered. */
export function chooseShipping(unit: Unit, session: CheckoutSession, rate: string): boolean {
  const details = unit.world.checkoutDetails.get(session.id);
  const chosen = session.shipping_options.find((one) => idOf(one.shipping_rate) === rate);
  if (!details || !chosen || session.status !== "open" || details.pending) return false;
  const next = change(unit, unit.world.sessions, session, { shipping_cost: costOf(chosen) });
  return reprice(unit, next, details);
}

/** The customer typed a code in, or took it back with an empty one; false when it is no good here. */
export function applyCode(unit: Unit, session: CheckoutSession, typed: string): boolean {
  const { world } = unit;
  const details = world.checkoutDetails.get(session.id);
  if (!details || session.allow_promotion_codes !== true || session.status !== "open" || details.pending) return false;
  if (typed === "") return reprice(unit, session, { ...details, couponId: null, promotionCodeId: null });
  const code = world.promotionCodes.by("code", typed.toLowerCase()).find((one) => one.active);
  const coupon = code && couponBehind(unit, code);
  const amount = { total: session.amount_subtotal ?? 0, currency: session.currency ?? "" };
  if (!coupon || whyNot(unit, code, { customer: idOf(session.customer), amount }) !== undefined) return false;
  return reprice(unit, session, { ...details, couponId: coupon.id, promotionCodeId: code.id });
}
