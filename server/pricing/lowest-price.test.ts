import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowestPriceBefore, type PricePeriod, reductionBegan } from "./lowest-price.ts";

const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);
const period = (amount: number, from: number, until: number | null, campaignId: string | null = null): PricePeriod => ({
  amount,
  campaignId,
  fromAt: day(from),
  untilAt: until === null ? null : day(until),
});

describe("the lowest price of the 30 days before a reduction", () => {
  it("is the price that was charged until then", () => {
    expect(lowestPriceBefore([period(399, 0, 60), period(299, 60, null, "c")], day(60))).toBe(399);
  });

  it("counts a campaign that was on within the 30 days, and not one that ended earlier", () => {
    const periods = [period(399, 0, 20), period(249, 20, 25, "a"), period(399, 25, 54)];
    expect(lowestPriceBefore(periods, day(54))).toBe(249);
    expect(lowestPriceBefore(periods, day(55))).toBe(399);
    expect(lowestPriceBefore(periods, new Date(day(55).getTime() - 1))).toBe(249);
  });

  it("never counts the reduced price itself", () => {
    expect(lowestPriceBefore([period(299, 60, null, "c")], day(60))).toBeNull();
    expect(lowestPriceBefore([period(399, 50, 60), period(299, 60, 70, "c")], day(60))).toBe(399);
  });

  it("is unknown for what was not on sale", () => {
    expect(lowestPriceBefore([], day(60))).toBeNull();
    expect(lowestPriceBefore([period(399, 0, 10)], day(60))).toBeNull();
  });

  it("does not count a price that held for no time at all", () => {
    expect(lowestPriceBefore([period(399, 0, 60), period(1, 50, 50)], day(60))).toBe(399);
  });

  it("is what somebody looking every hour would have found", () => {
    const hour = 3_600_000;
    const history = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 400 })), {
        minLength: 1,
        maxLength: 8,
      })
      .map((steps) => {
        let from = 0;
        return steps.map(([amount, hours]): PricePeriod => {
          const fromAt = new Date(day(0).getTime() + from * hour);
          from += hours;
          return { amount, campaignId: null, fromAt, untilAt: new Date(day(0).getTime() + from * hour) };
        });
      });
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 2_000 }), (periods, hours) => {
        const reducedAt = new Date(day(0).getTime() + hours * hour);
        const seen = Array.from({ length: 30 * 24 }, (_, index) => reducedAt.getTime() - (index + 1) * hour).flatMap(
          (at) => periods.filter((one) => one.fromAt.getTime() <= at && (one.untilAt?.getTime() ?? Infinity) > at),
        );
        const expected = seen.length === 0 ? null : Math.min(...seen.map((one) => one.amount));
        expect(lowestPriceBefore(periods, reducedAt)).toBe(expected);
      }),
    );
  });
});

describe("when a reduction began", () => {
  const periods = [period(399, 0, 40), period(299, 40, null, "c")];
  it("is when the price that holds began", () => {
    expect(reductionBegan(periods, { amount: 299, campaignId: "c" }, day(50))).toEqual(day(40));
  });
  it("is now for a price that the history does not know yet", () => {
    expect(reductionBegan(periods, { amount: 249, campaignId: "c" }, day(50))).toEqual(day(50));
    expect(reductionBegan(periods, { amount: 299, campaignId: "d" }, day(50))).toEqual(day(50));
    expect(reductionBegan(periods, { amount: 299, campaignId: "c" }, day(30))).toEqual(day(30));
  });
});
