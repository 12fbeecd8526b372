import { describe, expect, it } from "vitest";
import { freeTimes, freeUntil } from "./free-time.ts";

const end = new Date("2026-12-20T09:00:00Z");
const monthly = { interval: "month", intervalCount: 1, currentPeriodEndAt: end };
const yearly = { ...monthly, interval: "year" };

describe("free time", () => {
  it.each([
    [monthly, { unit: "period", count: 2 }, "2027-02-20T09:00:00.000Z"],
    [yearly, { unit: "period", count: 1 }, "2027-12-20T09:00:00.000Z"],
    [monthly, { unit: "day", count: 14 }, "2027-01-03T09:00:00.000Z"],
  ] as const)("%o and %o: until %s", (of, free, until) => expect(freeUntil(of, free)?.toISOString()).toBe(until));

  it("is not offered beyond what the provider takes, nor without a period", () => {
    const offered = freeTimes(yearly, new Date("2026-11-20T09:00:00Z")).filter(({ unit }) => unit === "period");
    expect(offered.map(({ count }) => count)).toEqual([1]);
    expect(freeTimes({ ...monthly, currentPeriodEndAt: null }, end)).toEqual([]);
  });
});
