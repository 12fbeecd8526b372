import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { creditsOfRefund } from "./refunded-credits.ts";

const line = { id: "orl_1", totalAmount: 300, credits: 300 };
const of = (id: string, amount: number, lines: { orderLineId: string; quantity: number; amount: number }[] = []) => ({
  id,
  amount,
  lines,
});

describe("the credits that a refund takes back", () => {
  it("are those of the pieces it names", () => {
    const refund = of("a", 100, [{ orderLineId: "orl_1", quantity: 1, amount: 100 }]);
    expect(creditsOfRefund(refund, line, { made: [refund], orderTotal: 300 })).toBe(100);
    const other = of("b", 100, [{ orderLineId: "orl_2", quantity: 1, amount: 100 }]);
    expect(creditsOfRefund(other, line, { made: [other], orderTotal: 400 })).toBe(0);
  });

  it("are the line's part of one that names none", () => {
    const refund = of("a", 200);
    expect(creditsOfRefund(refund, line, { made: [refund], orderTotal: 600 })).toBe(100);
  });

  it("come to the whole when all is paid back, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 100_000 }),
        (amounts, credits) => {
          const total = amounts.reduce((sum, amount) => sum + amount, 0);
          const bought = { id: "orl_1", totalAmount: total, credits };
          const made = amounts.map((amount, i) => of(String(i), amount));
          const parts = made.map((one) => creditsOfRefund(one, bought, { made, orderTotal: total }));
          expect(parts.every((part) => part >= 0)).toBe(true);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(credits);
        },
      ),
    );
  });
});
