import { describe, expect, it } from "vitest";
import type { PlanContent } from "./plan-content.ts";
import { planDiff } from "./plan-diff.ts";
import { type PlanFacts, planProblems } from "./plan-problems.ts";

const live: PlanContent = {
  name: { sv: "Pro", en: "Pro" },
  summary: { sv: "För den som", en: "For those who" },
  prices: [
    { currency: "USD", interval: "month", amount: 4_900, seatAmount: null, lookupKey: "pro:month" },
    { currency: "USD", interval: "year", amount: 49_000, seatAmount: null, lookupKey: "pro:year" },
  ],
  holds: { hasAPI: false, seats: 1 },
  graceDays: 14,
  pauseKeeps: false,
  ...{ trialDays: 0, trialWithoutCard: null },
};
const facts: PlanFacts = {
  code: "pro",
  live,
  features: ["hasAPI", "seats"],
  takenKeys: new Map([["enterprise:month", "enterprise"]]),
  below: { code: "pilot", holds: { hasAPI: false, seats: 1 } },
};
const at = (amount: number, lookupKey = "pro:month", seatAmount: number | null = null) => ({
  prices: [{ currency: "USD" as const, interval: "month" as const, amount, seatAmount, lookupKey }],
});
const codes = (change: Partial<PlanContent>, of: Partial<PlanFacts> = {}) =>
  planProblems({ ...live, ...change }, { ...facts, ...of }).map(({ severity, code }) => `${severity} ${code}`);

describe("what is wrong with a draft", () => {
  it.each([
    [{}, ["error nothing_new"]],
    [at(5_900), []],
    [{ name: { sv: "", en: "Pro" } }, ["error no_name"]],
    [{ summary: { sv: "x", en: " " } }, ["error no_summary"]],
    [{ graceDays: 7 }, []],
    [{ graceDays: 0 }, ["warning no_grace"]],
    [{ pauseKeeps: true }, ["warning pause_keeps"]],
    [{ trialDays: 14, trialWithoutCard: "cancel" }, []],
    [{ trialWithoutCard: "pause" }, ["error card_without_trial"]],
    [{ prices: [] }, ["error no_dollars"]],
    [at(0), ["error costs_nothing"]],
    [at(30), ["error too_little"]],
    [
      { prices: [...at(5_900).prices, { ...at(80_000, "pro:year").prices[0], interval: "year" }] },
      ["warning year_costs_more"],
    ],
    [at(4_900, "pro:month", 900), []],
    [
      {
        prices: [
          ...at(4_900, "pro:month", 900).prices,
          { ...at(49_000, "pro:year", 11_000).prices[0], interval: "year" },
        ],
      },
      ["warning seat_year_costs_more"],
    ],
    [at(5_900, "enterprise:month"), ["error key_taken"]],
    [{ prices: [...at(5_900).prices, { ...at(50_000).prices[0], interval: "year" }] }, ["error key_twice"]],
    [{ holds: { seats: 2 } }, ["error feature_unsaid"]],
    [{ holds: { hasAPI: true, seats: 0 } }, ["error no_seat", "warning less_than_below"]],
  ])("%o: %o", (change, expected) => expect(codes(change as Partial<PlanContent>)).toEqual(expected));

  it("the plan that everybody begins on costs nothing", () => {
    expect(codes(at(4_900), { code: "pilot" })).toContain("error pilot_costs");
    expect(codes(at(0), { code: "pilot" })).toEqual([]);
    expect(codes(at(0, "pro:month", 900), { code: "pilot" })).toEqual(["error pilot_seats"]);
  });
});

describe("what a version changes", () => {
  it("everything, where there was none", () => {
    expect(planDiff(null, live).map(({ what }) => what)).toEqual([
      ...["name", "name", "summary", "summary", "price", "price", "grace_days", "feature", "feature"],
    ]);
  });

  it("says what a seat beyond those that it holds costs", () => {
    const after = { ...live, prices: [...at(4_900, "pro:month", 900).prices, ...live.prices.slice(1)] };
    const place = { what: "seat_price", currency: "USD", interval: "month" } as const;
    expect(planDiff(live, after)).toEqual([{ ...place, before: null, after: 900 }]);
    expect(planDiff(after, live)).toEqual([{ ...place, before: 900, after: null }]);
  });

  it("says what is new, gone and another", () => {
    const after: PlanContent = { ...live, ...at(5_900, "pro:monthly"), holds: { seats: 3, runs: { monthly: 10 } } };
    expect(planDiff(live, after)).toEqual([
      { what: "price", currency: "USD", interval: "month", before: 4_900, after: 5_900 },
      { what: "lookup_key", currency: "USD", interval: "month", before: "pro:month", after: "pro:monthly" },
      { what: "price", currency: "USD", interval: "year", before: 49_000, after: null },
      { what: "feature", feature: "hasAPI", before: false, after: null },
      { what: "feature", feature: "seats", before: 1, after: 3 },
      { what: "feature", feature: "runs", before: null, after: { monthly: 10 } },
    ]);
  });
});
