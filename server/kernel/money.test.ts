import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, allocate, minorUnits, money, multiplyByRate, negate, subtract, sum, taxIncluded } from "./money.ts";

const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe("money", () => {
  test("refuses fractions, overflow and mixed currencies", () => {
    expect(() => minorUnits(1.5)).toThrow(/safe amount/);
    expect(() => add(money(Number.MAX_SAFE_INTEGER, "SEK"), money(1, "SEK"))).toThrow(/safe amount/);
    expect(() => add(money(1, "SEK"), money(1, "EUR"))).toThrow(/cannot combine/);
  });

  test("adding and subtracting undo each other, and zero has one form", () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(subtract(add(money(a, "SEK"), money(b, "SEK")), money(b, "SEK"))).toEqual(money(a, "SEK"));
        expect(Object.is(negate(money(0, "SEK")).amount, 0)).toBe(true);
      }),
    );
  });

  test.each([
    [5, 1, 2, "half_even", 2],
    [7, 1, 2, "half_even", 4],
    [5, 1, 2, "half_up", 3],
    [-5, 1, 2, "half_up", -3],
    [9, 1, 10, "down", 0],
    [1, 1, 10, "up", 1],
    [-1, 1, 10, "down", 0],
  ] as const)("%i × %i/%i rounded %s is %i", (amount, numerator, denominator, rounding, expected) => {
    expect(multiplyByRate(money(amount, "SEK"), numerator, denominator, rounding).amount).toBe(expected);
  });

  test("shares sum to the whole, keep its sign and differ from the exact share by less than one unit", () => {
    fc.assert(
      fc.property(
        amounts,
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 }),
        (amount, weights) => {
          fc.pre(weights.some((w) => w > 0));
          const shares = allocate(money(amount, "SEK"), weights);
          expect(sum(shares, "SEK").amount).toBe(amount);
          const total = weights.reduce((x, y) => x + y, 0);
          shares.forEach((share, index) => {
            const exact = (amount * (weights[index] ?? 0)) / total;
            expect(Math.abs(share.amount - exact)).toBeLessThan(1.001);
          });
        },
      ),
    );
  });

  test("the tax inside 299,00 kr at 6 % is 16,92 kr", () => {
    expect(taxIncluded(money(29_900, "SEK"), 600).amount).toBe(1_692);
    expect(taxIncluded(money(12_500, "SEK"), 2_500).amount).toBe(2_500);
    expect(taxIncluded(money(100, "SEK"), 0).amount).toBe(0);
  });
});
