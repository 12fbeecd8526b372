import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { creditsPaidBack } from "./refunded-credits.ts";

const line = { id: "orl_1", totalAmount: 300, credits: 300 };
const of = (amount: number, lines: { orderLineId: string; quantity: number; amount: number }[] = []) => ({
  amount,
  lines,
});

describe("the credits that refunds take back", () => {
  it("are those of the pieces they name", () => {
    const refund = of(100, [{ orderLineId: "orl_1", quantity: 1, amount: 100 }]);
    expect(creditsPaidBack([refund], line, 300)).toBe(100);
    const other = of(100, [{ orderLineId: "orl_2", quantity: 1, amount: 100 }]);
    expect(creditsPaidBack([other], line, 400)).toBe(0);
  });

  it("are the line's part of those that name none", () => {
    expect(creditsPaidBack([of(200)], line, 600)).toBe(100);
    expect(creditsPaidBack([of(200), of(1_000)], line, 600)).toBe(300);
  });

  it("come to the whole when all is paid back, however it is cut and in whichever order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        (amounts, credits, rest) => {
          const paid = amounts.reduce((sum, amount) => sum + amount, 0);
          const bought = { id: "orl_1", totalAmount: paid, credits };
          const shares = amounts.map((_, i) => {
            const made = amounts
              .slice(0, i + 1)
              .map((amount) => of(amount, [{ orderLineId: "orl_1", quantity: 1, amount }]));
            return creditsPaidBack(made, bought, paid + rest);
          });
          expect(shares).toEqual(shares.toSorted((a, b) => a - b));
          expect(shares.at(-1)).toBe(credits);
          expect(
            creditsPaidBack(
              amounts.map((amount) => of(amount)),
              bought,
              paid,
            ),
          ).toBe(credits);
        },
      ),
    );
  });
});
