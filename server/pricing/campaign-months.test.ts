import { expect, test } from "vitest";
import { comesOutEven } from "./campaign-months.ts";

test.each([
  [null, "month", 1, true],
  [3, null, null, true],
  [3, "month", 1, true],
  [3, "month", 3, true],
  [4, "month", 3, false],
  [12, "year", 1, true],
  [24, "year", 2, true],
  [18, "year", 1, false],
  [3, "week", 1, false],
  [3, "day", 30, false],
] as const)("%s months of something paid per %s × %s", (months, interval, intervalCount, even) => {
  expect(comesOutEven(months, { interval, intervalCount })).toBe(even);
});
