import { invalid } from "../api/errors.ts";
import { type Applied, couponIsValid } from "../coupons/discounts.ts";
import { newInvoiceItem } from "../invoice-items/shape.ts";
import { itemLine } from "../invoices/lines.ts";
import { discounted } from "../invoices/totals.ts";
import { inParam } from "../lookups.ts";
import type { Unit } from "../unit.ts";
import type { CheckoutLine, Coupon } from "../wire.ts";
import { idOf } from "../world.ts";

/** The coupon that a checkout names, which must still be good. */
export function namedCoupon(unit: Unit, id: string | undefined): Coupon | undefined {
  if (id === undefined) return undefined;
  const coupon = inParam(unit.world.coupons, id, "discounts[0][coupon]");
  if (couponIsValid(coupon, unit.now)) return coupon;
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
