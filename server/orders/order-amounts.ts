import { type Currency, type Money, money, multiply, sum, taxIncluded } from "../kernel/money.ts";

export type PricedLine = { readonly unitAmount: number; readonly quantity: number; readonly taxRateBps: number };
export type Amounts = { readonly total: Money; readonly tax: Money };

/** What a line costs and the tax inside it, rounded once per line. */
export function lineAmounts(line: PricedLine, currency: Currency): Amounts {
  const total = multiply(money(line.unitAmount, currency), line.quantity);
  return { total, tax: taxIncluded(total, line.taxRateBps) };
}

/** What all lines cost together: the sum of the lines, never computed anew, so that a receipt adds up. */
export function orderAmounts(lines: readonly Amounts[], currency: Currency): Amounts {
  return {
    total: sum(
      lines.map((line) => line.total),
      currency,
    ),
    tax: sum(
      lines.map((line) => line.tax),
      currency,
    ),
  };
}

export type TaxAtRate = { readonly rateBps: number; readonly taxAmount: number };

/** The tax per rate, highest rate first: what a cart, an order and a receipt show. */
export function taxPerRate(lines: readonly (PricedLine & { readonly taxAmount: number })[]): TaxAtRate[] {
  const byRate = Map.groupBy(lines, (line) => line.taxRateBps);
  return [...byRate]
    .map(([rateBps, all]) => ({ rateBps, taxAmount: all.reduce((total, line) => total + line.taxAmount, 0) }))
    .toSorted((a, b) => b.rateBps - a.rateBps);
}
