import { leastCharge, mostCharge } from "../amounts.ts";
import { lineAmount } from "../prices/shape.ts";
import { change, type Unit } from "../unit.ts";
import type { CheckoutSession } from "../wire.ts";
import { priced } from "./totals.ts";

/**
 * The customer chose another quantity of a line on the page. Everything is priced anew, a payment that was tried
 * already included; what the line does not allow changes nothing.
 */
export function adjustQuantity(unit: Unit, session: CheckoutSession, lineId: string, quantity: number): void {
  const { world } = unit;
  const details = world.checkoutDetails.get(session.id);
  const line = details?.lines.find((one) => one.id === lineId);
  const allowed = line?.adjustable_quantity;
  if (!details || !allowed?.enabled || session.status !== "open" || details.pending) return;
  const least = Math.max(allowed.minimum ?? 0, details.lines.length === 1 ? 1 : 0);
  if (!Number.isInteger(quantity) || quantity < least || quantity > (allowed.maximum ?? 99)) return;
  const whole = details.lines.map((one) => {
    const count = one.id === lineId ? quantity : (one.quantity ?? 1);
    const amount = lineAmount(one.price, count);
    return { ...one, amount_subtotal: amount, amount_total: amount, quantity: count };
  });
  const { trialDays, trialEnd } = details.subscriptionData;
  const coupon = details.couponId === null ? undefined : world.coupons.get(details.couponId);
  const lines = priced(unit, whole, coupon, trialDays !== null || trialEnd !== null);
  const sum = (part: "amount_discount" | "amount_subtotal" | "amount_total") =>
    lines.reduce((all, one) => all + one[part], 0);
  const total = sum("amount_total");
  if (total > mostCharge || (total < leastCharge(session.currency ?? "") && (total > 0 || session.mode === "payment")))
    return;
  world.checkoutDetails.replace({ ...details, lines });
  change(unit, world.sessions, session, {
    amount_subtotal: sum("amount_subtotal"),
    amount_total: total,
    total_details: { amount_discount: sum("amount_discount"), amount_shipping: 0, amount_tax: 0 },
  });
  const intent = world.paymentIntents.get(details.intentId ?? "");
  if (intent) change(unit, world.paymentIntents, intent, { amount: total });
}
