import { invariant } from "../kernel/invariant.ts";
import { type Currency, money, multiplyByRate } from "../kernel/money.ts";

/** The tax inside a sum, by rate: basis points to minor units. */
export type TaxByRate = ReadonlyMap<number, number>;

/**
 * How much of a sale's tax is in the part of it that is not paid back: each rate's share in proportion, rounded half to
 * even. Taking two such parts from each other says what one refund takes back, so that however often it is paid back in
 * however small pieces, the sum is exact and nothing is left at the end.
 */
export function taxOfPart(taxes: TaxByRate, part: number, whole: number, currency: Currency): TaxByRate {
  invariant(part >= 0 && part <= whole && whole > 0, `${part} is no part of ${whole}`);
  const share = (tax: number) => multiplyByRate(money(tax, currency), part, whole, "half_even").amount;
  return new Map([...taxes].map(([rateBps, tax]) => [rateBps, share(tax)]));
}
