import { describe, expect, it } from "vitest";
import { daysBetween, isFreeDay, lastWithdrawalDay } from "./withdrawal-period.ts";

describe("the last day to take a purchase back", () => {
  it.each([
    ["14 days, the first one not counted", "2026-11-03T10:00:00Z", "2026-11-17"],
    ["the day is Sweden's, not Greenwich's", "2026-11-03T23:30:00Z", "2026-11-18"],
    ["not on a Saturday or Sunday", "2026-11-07T10:00:00Z", "2026-11-23"],
    ["not at Christmas, nor the days between it and Monday", "2026-12-10T10:00:00Z", "2026-12-28"],
    ["not on Good Friday nor Easter Monday", "2027-03-12T10:00:00Z", "2027-03-30"],
    ["not on Midsummer's Eve", "2026-06-05T10:00:00Z", "2026-06-22"],
  ])("%s", (_, from, last) => expect(lastWithdrawalDay(new Date(from))).toBe(last));
});

it("knows the moving holidays", () => {
  expect(["2026-04-03", "2026-04-06", "2026-05-14", "2027-03-26"].map(isFreeDay)).toEqual([true, true, true, true]);
  expect(isFreeDay("2026-11-20")).toBe(false);
});

it("counts days as people do, across the change of the clocks", () => {
  expect(daysBetween(new Date("2026-10-24T21:30:00Z"), new Date("2026-10-26T00:30:00Z"))).toBe(2);
});
