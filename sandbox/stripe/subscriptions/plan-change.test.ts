import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueOf, share } from "../invoices/totals.ts";
import { remaining } from "./debits.ts";

const price = fc.integer({ min: 0, max: 99_999_999 });
const period = fc
  .record({
    start: fc.integer({ min: 1_700_000_000, max: 2_000_000_000 }),
    length: fc.integer({ min: 3_600, max: 40_000_000 }),
  })
  .map(({ start, length }) => ({ start, end: start + length }));

describe("what is left of a period", () => {
  it("costs the same there and back, whatever the prices and the instant", () => {
    fc.assert(
      fc.property(price, price, period, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, within, part) => {
        const at = within.start + Math.floor((within.end - within.start) * part);
        const lines = [
          -remaining(a, at, within),
          remaining(b, at, within),
          -remaining(b, at, within),
          remaining(a, at, within),
        ];
        expect(lines.reduce((sum, one) => sum + one, 0)).toBe(0);
      }),
    );
  });

  it("is everything at the start, nothing at the end, and never more than the price", () => {
    fc.assert(
      fc.property(price, period, fc.integer({ min: -100, max: 50_000_000 }), (amount, within, after) => {
        expect(remaining(amount, within.start, within)).toBe(amount);
        expect(remaining(amount, within.end, within)).toBe(0);
        const some = remaining(amount, within.start + after, within);
        expect(some).toBeGreaterThanOrEqual(0);
        expect(some).toBeLessThanOrEqual(amount);
      }),
    );
  });
});

describe("money", () => {
  it("that is shared is all there", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 }), (weights) => {
        const whole = weights.reduce((sum, one) => sum + one, 0);
        const amount = Math.floor(whole / 3);
        const shares = share(amount, weights);
        expect(shares.reduce((sum, one) => sum + one, 0)).toBe(amount);
        expect(shares.every((one, index) => one <= (weights[index] ?? 0))).toBe(true);
      }),
    );
  });

  it("is due, or on the balance, and nowhere else", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        (total, balance) => {
          const { due, ending } = dueOf(total, balance, "sek");
          expect(due + ending).toBe(total + balance);
          expect(due === 0 || due >= 300).toBe(true);
        },
      ),
    );
  });
});
