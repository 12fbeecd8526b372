import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { taxOfPart } from "./tax-share.ts";

describe("the tax in a part of a sale", () => {
  it("is all of it for the whole and none for nothing", () => {
    const taxes = new Map([
      [600, 1_692],
      [2_500, 2_500],
    ]);
    expect(taxOfPart(taxes, 42_400, 42_400, "SEK")).toEqual(taxes);
    expect([...taxOfPart(taxes, 0, 42_400, "SEK").values()]).toEqual([0, 0]);
  });

  it("is in proportion, rounded half to even", () => {
    expect(taxOfPart(new Map([[2_500, 25]]), 50, 100, "SEK").get(2_500)).toBe(12);
    expect(taxOfPart(new Map([[2_500, 35]]), 50, 100, "SEK").get(2_500)).toBe(18);
  });

  it("never grows as more is paid back, and ends at nothing however it is cut", () => {
    const whole = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(whole, fc.array(fc.nat(1_000_000), { maxLength: 8 }), (sum, cuts) => {
        const taxes = new Map([[2_500, Math.floor(sum / 5)]]);
        let [left, before] = [sum, taxOfPart(taxes, sum, sum, "SEK").get(2_500) ?? 0];
        for (const cut of [...cuts, sum]) {
          left = Math.max(0, left - cut);
          const now = taxOfPart(taxes, left, sum, "SEK").get(2_500) ?? 0;
          expect(now).toBeLessThanOrEqual(before);
          before = now;
        }
        expect(before).toBe(0);
      }),
    );
  });
});
