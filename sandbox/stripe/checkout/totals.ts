import { invalid } from "../api/errors.ts";
import type { Applied } from "../coupons/discounts.ts";
import { couponIsValid } from "../coupons/validity.ts";
import { newInvoiceItem } from "../invoice-items/shape.ts";
import { itemLine } from "../invoices/lines.ts";
import { discounted, taxed } from "../invoices/totals.ts";
import { inParam } from "../lookups.ts";
import { isMetered } from "../meters/usage.ts";
import { tierParts } from "../prices/tiers.ts";
import { cannotRedeem, couponBehind, whyNot } from "../promotion-codes/redeem.ts";
import { type Exemption, type LineTax, onTop, sumTaxes } from "../taxes/line-taxes.ts";
import type { Unit } from "../unit.ts";
import type { CheckoutLine, Coupon, PromotionCode, TaxRate } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import type { CheckoutDetails } from "./details.ts";

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

export interface Pricing {
  coupon: Coupon | undefined;
  /** What renews costs nothing yet. */
  trial: boolean;
  /** The tax rates of a line. */
  ratesOf(line: CheckoutLine): readonly TaxRate[];
  exemption: Exemption | null;
}

/** The rates that a checkout keeps for each of its lines. */
export function ratesIn(world: World, { rates = {}, usualRates = [] }: Pick<CheckoutDetails, "rates" | "usualRates">) {
  return (line: CheckoutLine): TaxRate[] =>
    (rates[line.id] ?? usualRates).flatMap((id) => world.taxRates.get(id) ?? []);
}

export interface Priced {
  lines: CheckoutLine[];
  /** What the rates of each line come to, by its id. */
  taxes: Record<string, LineTax[]>;
}

/** The amounts that an invoice would give a line: one, or one for each graduated tier. */
function amountsOf(line: CheckoutLine, trial: boolean): number[] {
  const { price } = line;
  if ((trial && price.recurring) || isMetered(price)) return [0];
  if (!price.tiers || price.tiers_mode !== "graduated" || !price.recurring) return [line.amount_subtotal];
  return tierParts(price.tiers, line.quantity ?? 1).map((part) => part.amount);
}

/** What each line costs now: nothing for what renews while a trial runs, what a coupon takes off, and taxes as an invoice counts them. */
export function priced(unit: Unit, lines: readonly CheckoutLine[], how: Pricing): Priced {
  const parts = lines.flatMap((line) =>
    amountsOf(line, how.trial).map((amount) => {
      const product = idOf(line.price.product) ?? "";
      const made = newInvoiceItem(unit, "", {
        amount,
        currency: line.currency,
        pricing: {
          price_details: { price: line.price.id, product },
          type: "price_details",
          unit_amount_decimal: line.price.unit_amount_decimal,
        },
        tax_rates: [...how.ratesOf(line)],
      });
      return { line: line.id, made: itemLine("", made) };
    }),
  );
  const now = parts.map((part) => part.made);
  const cut = how.coupon ? discounted(now, [lookedAt(how.coupon)]) : now;
  const told = taxed(unit.world, cut, [], how.exemption);
  const taxes: Record<string, LineTax[]> = {};
  const after = lines.map((line) => {
    const own = told.filter((_, index) => parts[index]?.line === line.id);
    const off = own.flatMap((one) => one.discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
    const amount = own.reduce((sum, one) => sum + one.amount, 0);
    const tax = sumTaxes(own.map((one) => one.taxes));
    if (tax.length > 0) taxes[line.id] = tax;
    return {
      ...line,
      amount_discount: off,
      amount_subtotal: amount,
      amount_tax: tax.reduce((sum, one) => sum + one.amount, 0),
      amount_total: amount - off + onTop(tax),
    };
  });
  return { lines: after, taxes };
}
