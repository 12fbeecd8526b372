import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineAmounts, orderAmounts, taxPerRate } from "./order-amounts.ts";

const line = fc.record({
  unitAmount: fc.integer({ min: 0, max: 1_000_000 }),
  quantity: fc.integer({ min: 1, max: 99 }),
  taxRateBps: fc.constantFrom(0, 600, 1200, 2500),
});

describe("what an order costs", () => {
  it("has the tax inside each line: 6 % and 25 %", () => {
    expect(lineAmounts({ unitAmount: 29_900, quantity: 1, taxRateBps: 600 }, "SEK").tax.amount).toBe(1692);
    expect(lineAmounts({ unitAmount: 24_900, quantity: 2, taxRateBps: 2500 }, "SEK").tax.amount).toBe(9960);
  });

  it("adds up: the total is the sum of the lines, and so is the tax per rate", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const amounts = lines.map((one) => lineAmounts(one, "SEK"));
        const order = orderAmounts(amounts, "SEK");
        expect(order.total.amount).toBe(lines.reduce((sum, one) => sum + one.unitAmount * one.quantity, 0));
        const perRate = taxPerRate(lines.map((one, i) => ({ ...one, taxAmount: amounts[i]!.tax.amount })));
        expect(perRate.reduce((sum, one) => sum + one.taxAmount, 0)).toBe(order.tax.amount);
        expect(order.tax.amount).toBeLessThanOrEqual(order.total.amount);
      }),
    );
  });
});
