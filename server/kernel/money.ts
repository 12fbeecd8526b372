import { invariant } from "./invariant.ts";

/** A whole number of a currency's smallest unit (öre, cent). Always a safe integer. */
export type MinorUnits = number & { readonly __unit: "minor" };
/** ISO 4217, upper case. */
export type Currency = "SEK" | "EUR" | "USD";
export const CURRENCIES = ["SEK", "EUR", "USD"] as const satisfies readonly Currency[];

export type Money = { readonly amount: MinorUnits; readonly currency: Currency };
/** `half_even` for proration and tax, `down` where a customer must never be charged the fraction. */
export type Rounding = "half_even" | "half_up" | "down" | "up";

/** Brands a number as minor units. Throws on fractions and on what a safe integer cannot hold. */
export function minorUnits(amount: number): MinorUnits {
  invariant(Number.isSafeInteger(amount), `not a safe amount in minor units: ${amount}`);
  return (amount === 0 ? 0 : amount) as MinorUnits;
}

export function money(amount: number, currency: Currency): Money {
  return { amount: minorUnits(amount), currency };
}

export function zero(currency: Currency): Money {
  return money(0, currency);
}

function sameCurrency(a: Money, b: Money): void {
  invariant(a.currency === b.currency, `cannot combine ${a.currency} with ${b.currency}`);
}

export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.amount + b.amount, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.amount - b.amount, a.currency);
}

export function negate(a: Money): Money {
  return money(-a.amount, a.currency);
}

export function sum(parts: readonly Money[], currency: Currency): Money {
  return parts.reduce(add, zero(currency));
}

export function multiply(a: Money, quantity: number): Money {
  invariant(Number.isSafeInteger(quantity), `not a whole quantity: ${quantity}`);
  return money(a.amount * quantity, a.currency);
}

/** `a × numerator ÷ denominator`, exact until the one rounding at the end (no floating point in between). */
export function multiplyByRate(a: Money, numerator: number, denominator: number, rounding: Rounding): Money {
  invariant(
    Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && denominator > 0,
    "a rate is a fraction of whole numbers",
  );
  const product = BigInt(a.amount) * BigInt(numerator);
  return money(Number(divide(product, BigInt(denominator), rounding)), a.currency);
}

/** A share of minor units of whatever currency, in basis points (2,500 = 25 %). */
export function shareOf(amount: number, bps: number, rounding: Rounding): MinorUnits {
  return minorUnits(Number(divide(BigInt(amount) * BigInt(bps), 10_000n, rounding)));
}

function divide(product: bigint, by: bigint, rounding: Rounding): bigint {
  const negative = product < 0n;
  const size = negative ? -product : product;
  let quotient = size / by;
  const rest = size % by;
  const twice = rest * 2n;
  const roundUp = {
    down: false,
    up: rest > 0n,
    half_up: twice >= by,
    half_even: twice > by || (twice === by && quotient % 2n === 1n),
  }[rounding];
  if (roundUp) quotient += 1n;
  return negative ? -quotient : quotient;
}

/**
 * Splits `a` by `weights` so that the parts sum to exactly `a`: each is rounded down and the remainder goes, one unit
 * each, to the largest fractions (earlier first on a tie).
 */
export function allocate(a: Money, weights: readonly number[]): Money[] {
  invariant(
    weights.length > 0 && weights.every((w) => Number.isSafeInteger(w) && w >= 0),
    "weights are whole and not negative",
  );
  const total = weights.reduce((x, y) => x + BigInt(y), 0n);
  invariant(total > 0n, "weights must not all be zero");
  const sign = a.amount < 0 ? -1 : 1;
  const size = BigInt(Math.abs(a.amount));
  const shares = weights.map((weight, index) => {
    const exact = size * BigInt(weight);
    return { index, units: exact / total, fraction: exact % total };
  });
  let left = size - shares.reduce((x, s) => x + s.units, 0n);
  for (const share of shares.toSorted((x, y) =>
    x.fraction === y.fraction ? x.index - y.index : x.fraction > y.fraction ? -1 : 1,
  )) {
    if (left === 0n) break;
    share.units += 1n;
    left -= 1n;
  }
  return shares.map((s) => money(sign * Number(s.units), a.currency));
}

/** The tax inside a gross amount at `rateBps` (basis points: 2500 = 25 %): gross × r ÷ (1 + r), rounded half even. */
export function taxIncluded(gross: Money, rateBps: number): Money {
  return multiplyByRate(gross, rateBps, 10_000 + rateBps, "half_even");
}
