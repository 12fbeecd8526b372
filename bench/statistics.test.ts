import { expect, test } from "vitest";
import { drift, median, percentile } from "./statistics.ts";

test("the median does not care about order or an outlier", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 1000, 2])).toBe(2);
});

test("a percentile is a figure that was measured", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.5)).toBe(51);
  expect(percentile(hundred, 0.99)).toBe(100);
  expect(percentile([7], 0.99)).toBe(7);
});

test("drift is relative to the smallest", () => {
  expect(drift([100, 125, 110])).toBeCloseTo(0.25);
  expect(drift([42])).toBe(0);
});
