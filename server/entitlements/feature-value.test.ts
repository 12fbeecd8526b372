import { describe, expect, it } from "vitest";
import { isOn, isValueOf } from "./feature-value.ts";

describe("what a feature can be worth", () => {
  it.each([
    ["boolean", true, true],
    ["boolean", 1, false],
    ["number", 0, true],
    ["number", 5, true],
    ["number", -1, false],
    ["number", 1.5, false],
    ["number", true, false],
    ["metered", { monthly: 100 }, true],
    ["metered", { monthly: -1 }, false],
    ["metered", 100, false],
    ["metered", null, false],
  ] as const)("%s takes %j: %s", (kind, value, expected) => expect(isValueOf(kind, value)).toBe(expected));

  it("is on when there is any of it", () => {
    expect([true, 1, { monthly: 1 }].map(isOn)).toEqual([true, true, true]);
    expect([false, 0, { monthly: 0 }, undefined].map(isOn)).toEqual([false, false, false, false]);
  });
});
