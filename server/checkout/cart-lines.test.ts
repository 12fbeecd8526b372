import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addLine, type CartLine, MOST_OF_ONE, mergeLines, sameLines, setQuantity } from "./cart-lines.ts";

const line = (variantId: string, quantity: number, shownAmount = 100): CartLine => ({
  variantId,
  productId: `product-${variantId}`,
  quantity,
  shownAmount,
});

describe("the lines of a cart", () => {
  it("more of the same raises the quantity and remembers the price that was shown last", () => {
    expect(addLine([line("a", 1, 100)], line("a", 2, 90))).toEqual([line("a", 3, 90)]);
  });

  it("never holds more than the most of one", () => {
    expect(addLine([line("a", 98)], line("a", 50))).toEqual([line("a", MOST_OF_ONE)]);
  });

  it("a quantity of 0 takes the line out, and another line is left alone", () => {
    expect(setQuantity([line("a", 1), line("b", 2)], "a", 0)).toEqual([line("b", 2)]);
    expect(setQuantity([line("a", 1)], "missing", 5)).toEqual([line("a", 1)]);
  });

  it("two carts become one, and the price shown in the first one stays", () => {
    expect(mergeLines([line("a", 1, 100)], [line("a", 2, 80), line("b", 1, 50)])).toEqual([
      line("a", 3, 100),
      line("b", 1, 50),
    ]);
  });

  it("merging loses nothing and invents nothing", () => {
    const lines = fc.uniqueArray(
      fc.record({ variantId: fc.constantFrom("a", "b", "c", "d"), quantity: fc.integer({ min: 1, max: 40 }) }),
      { selector: (one) => one.variantId },
    );
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const merged = mergeLines(
          first.map((one) => line(one.variantId, one.quantity)),
          second.map((one) => line(one.variantId, one.quantity)),
        );
        for (const id of ["a", "b", "c", "d"]) {
          const wanted = [...first, ...second]
            .filter((one) => one.variantId === id)
            .reduce((n, one) => n + one.quantity, 0);
          expect(merged.find((one) => one.variantId === id)?.quantity ?? 0).toBe(wanted);
        }
      }),
    );
  });

  it("knows whether anything changed", () => {
    expect(sameLines([line("a", 1)], [line("a", 1)])).toBe(true);
    expect(sameLines([line("a", 1)], [line("a", 2)])).toBe(false);
    expect(sameLines([line("a", 1, 100)], [line("a", 1, 90)])).toBe(false);
    expect(sameLines([line("a", 1)], [])).toBe(false);
  });
});
