import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyOfCredits } from "./credit-money.ts";

describe("the money in credits that are gone", () => {
  it("is in proportion, and whole when they all are", () => {
    expect(moneyOfCredits(100, { credits: 3, used: 1, expired: 0, reclaimed: 0 })).toEqual({
      revenue: 33,
      breakage: 0,
      reclaimed: 0,
    });
    expect(moneyOfCredits(100, { credits: 3, used: 1, expired: 1, reclaimed: 1 })).toEqual({
      revenue: 33,
      breakage: 33,
      reclaimed: 34,
    });
  });

  it("is never more than was paid, and all of it at the end", () => {
    const count = fc.nat(1_000);
    fc.assert(
      fc.property(fc.nat(10_000_000), count, count, count, count, (paid, used, expired, reclaimed, left) => {
        const credits = used + expired + reclaimed + left;
        fc.pre(credits > 0);
        const money = moneyOfCredits(paid, { credits, used, expired, reclaimed });
        const sum = money.revenue + money.breakage + money.reclaimed;
        expect(Math.min(money.revenue, money.breakage, money.reclaimed)).toBeGreaterThanOrEqual(0);
        expect(sum).toBeLessThanOrEqual(paid);
        if (left === 0) expect(sum).toBe(paid);
      }),
    );
  });
});
