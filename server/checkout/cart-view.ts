import type { Media, Picture } from "../catalog/index.ts";
import { type StockLeft, tooFewFor } from "../inventory/index.ts";
import { type Currency, money } from "../kernel/money.ts";
import { lineAmounts, orderAmounts, type TaxAtRate, taxPerRate } from "../orders/index.ts";
import { type PriceView, priceView, type ResolvedPrice } from "../pricing/index.ts";
import type { CartLine } from "./cart-lines.ts";
import { lineName } from "./checkout-plan.ts";

/** A line of the cart as it is shown. Amounts in minor units, tax included. */
export type CartLineView = {
  readonly variantId: string;
  readonly productId: string;
  readonly name: string;
  readonly art: string;
  /** The uploaded picture of its product; null: the drawing. */
  readonly picture: Picture | null;
  readonly quantity: number;
  readonly price: PriceView;
  readonly lineTotal: number;
  /** The unit price that was shown before, when it is another one now: it has to be accepted. */
  readonly changedFrom: number | null;
  /** How many there are, when they are fewer than this line wants (0: sold out). Null: enough, or set aside already. */
  readonly tooFew: number | null;
};

export type CartView = {
  readonly version: number;
  readonly currency: Currency;
  /** How many things lie in it. */
  readonly count: number;
  readonly lines: readonly CartLineView[];
  /** Lines that are no longer for sale: they have to be taken out before paying. */
  readonly gone: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly total: number;
  readonly taxes: readonly TaxAtRate[];
  readonly requiresShipping: boolean;
  readonly pricesChanged: boolean;
  /** A payment page that is open for this cart as it is: going on leads there. */
  readonly openPage: { readonly ref: string; readonly url: string } | null;
};

export type CartState = {
  readonly version: number;
  readonly currency: Currency;
  readonly lines: readonly CartLine[];
  readonly prices: readonly (ResolvedPrice | null)[];
  readonly openPage: CartView["openPage"];
  readonly stock: StockLeft;
  readonly media: ReadonlyMap<string, readonly Media[]>;
};

/** What a cart looks like now. Pure. */
export function cartView(cart: CartState, locale: "sv" | "en"): CartView {
  const { currency } = cart;
  const gone: { variantId: string; quantity: number }[] = [];
  const lines: (CartLineView & {
    readonly unitAmount: number;
    readonly taxRateBps: number;
    readonly taxAmount: number;
  })[] = [];
  cart.lines.forEach((line, i) => {
    const { variantId, productId, quantity, shownAmount } = line;
    const price = cart.prices[i];
    if (!price) {
      gone.push({ variantId, quantity });
      return;
    }
    const priced = { unitAmount: price.amount as number, quantity, taxRateBps: price.product.taxRateBps };
    const { total, tax } = lineAmounts(priced, currency);
    lines.push({
      ...priced,
      variantId,
      productId,
      name: lineName(price, locale),
      art: price.product.art,
      picture: cart.media.get(productId)?.[0]?.picture ?? null,
      price: priceView(price),
      lineTotal: total.amount,
      taxAmount: tax.amount,
      changedFrom: shownAmount === price.amount ? null : shownAmount,
      // An open payment page has set the goods aside, which is why others may find none left.
      tooFew: cart.openPage ? null : tooFewFor(cart.stock, variantId, quantity),
    });
  });
  const amounts = lines.map((line) => ({
    total: money(line.lineTotal, currency),
    tax: money(line.taxAmount, currency),
  }));
  return {
    version: cart.version,
    currency,
    count: cart.lines.reduce((count, line) => count + line.quantity, 0),
    lines: lines.map(({ unitAmount: _unit, taxRateBps: _rate, taxAmount: _tax, ...line }) => line),
    gone,
    total: orderAmounts(amounts, currency).total.amount,
    taxes: taxPerRate(lines),
    requiresShipping: lines.length > 0,
    pricesChanged: lines.some((line) => line.changedFrom !== null),
    openPage: cart.openPage,
  };
}
