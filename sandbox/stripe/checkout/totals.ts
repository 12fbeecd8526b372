import { invalid } from "../api/errors.ts";
import type { Applied } from "../coupons/discounts.ts";
import { couponIsValid } from "../coupons/validity.ts";
import { newInvoiceItem } from "../invoice-items/shape.ts";
import { itemLine } from "../invoices/lines.ts";
import { discounted } from "../invoices/totals.ts";
import { inParam } from "../lookups.ts";
import { cannotRedeem, couponBehind, whyNot } from "../promotion-codes/redeem.ts";
import type { Unit } from "../unit.ts";
import type { CheckoutLine, Coupon, PromotionCode } from "../wire.ts";
import { idOf } from "../world.ts";

/** What a checkout takes off: a coupon, by itself or by a code that stands for it. */
export interface Reduction {
  coupon: Coupon;
  code: PromotionCode | undefined;
}

/** The coupon or code that a checkout names, which must still be good. */
export function namedReduction(
  unit: Unit,
  sent: { coupon?: string | undefined; promotion_code?: string | undefined } | undefined,
  customer: string | null,
): Reduction | undefined {
  if (sent?.promotion_code !== undefined) {
    const where = "discounts[0][promotion_code]";
    const code = inParam(unit.world.promotionCodes, sent.promotion_code, where);
    const why = whyNot(unit, code, { customer });
    const coupon = couponBehind(unit, code);
    if (why !== undefined || !coupon) throw cannotRedeem(why ?? "This promotion code is expired or inactive.", where);
    return { coupon, code };
  }
  if (sent?.coupon === undefined) return undefined;
  const coupon = inParam(unit.world.coupons, sent.coupon, "discounts[0][coupon]");
  if (couponIsValid(coupon, unit.now)) return { coupon, code: undefined };
  throw invalid(`Coupon expired: ${coupon.id}`, "discounts[0][coupon]", "coupon_expired");
}

/** A coupon that is looked at, not redeemed. */
function lookedAt(coupon: Coupon): Applied {
  return {
    coupon,
    discount: {
      id: "di_checkout",
      object: "discount",
      checkout_session: null,
      customer: null,
      customer_account: null,
      end: null,
      invoice: null,
      invoice_item: null,
      promotion_code: null,
      source: { coupon: coupon.id, type: "coupon" },
      start: 0,
      subscription: null,
      subscription_item: null,
    },
  };
}

/** What each line costs now: nothing for what renews while a trial runs, and what a coupon takes off. */
export function priced(
  unit: Unit,
  lines: readonly CheckoutLine[],
  coupon: Coupon | undefined,
  trial: boolean,
): CheckoutLine[] {
  const now = lines.map((line) => {
    const amount = trial && line.price.recurring ? 0 : line.amount_subtotal;
    const product = idOf(line.price.product) ?? "";
    return itemLine(
      "",
      newInvoiceItem(unit, "", {
        amount,
        currency: line.currency,
        pricing: {
          price_details: { price: line.price.id, product },
          type: "price_details",
          unit_amount_decimal: line.price.unit_amount_decimal,
        },
      }),
    );
  });
  const cut = coupon ? discounted(now, [lookedAt(coupon)]) : now;
  return lines.map((line, index) => {
    const said = cut[index];
    const off = (said?.discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
    const amount = said?.amount ?? 0;
    return { ...line, amount_discount: off, amount_subtotal: amount, amount_total: amount - off };
  });
}
