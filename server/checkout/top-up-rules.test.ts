import { describe, expect, it } from "vitest";
import { judgeTopUp, lowThreshold, watchedBalances } from "./top-up-rules.ts";

const wish = { topUp: true, stopped: false, below: 50, dailyCap: 300, monthlyCap: 500 };
const facts = { available: 10, underWay: false, amount: 100, charged: { today: 0, thisMonth: 0 } };

describe("an automatic top-up", () => {
  it.each([
    ["charge", {}, {}],
    ["off", { topUp: false }, {}],
    ["off", { stopped: true }, {}],
    ["enough", {}, { available: 50 }],
    ["charge", {}, { available: 49 }],
    ["under_way", {}, { underWay: true }],
    ["charge", {}, { charged: { today: 200, thisMonth: 200 } }],
    ["daily_cap", {}, { charged: { today: 201, thisMonth: 201 } }],
    ["charge", {}, { charged: { today: 0, thisMonth: 400 } }],
    ["monthly_cap", {}, { charged: { today: 0, thisMonth: 401 } }],
  ] as const)("is judged %s for %j and %j", (verdict, more, fact) => {
    expect(judgeTopUp({ ...wish, ...more }, { ...facts, ...fact })).toBe(verdict);
  });
});

describe("what is watched", () => {
  const settings = { topUp: true, topUpBelow: 50, lowBelow: 20, lowPercent: 10, lastPurchase: 1_001 };

  it("is each threshold, the relative one as part of the last purchase, rounded up", () => {
    expect(watchedBalances(settings)).toEqual([50, 20, 101]);
    expect(watchedBalances({ ...settings, topUp: false, lastPurchase: null })).toEqual([20]);
  });

  it("is told as the highest alert that was passed, and the top-up's own is none", () => {
    expect(lowThreshold(settings, 100)).toBe(101);
    expect(lowThreshold(settings, 101)).toBeNull();
    expect(lowThreshold({ ...settings, lowPercent: null }, 30)).toBeNull();
  });
});
