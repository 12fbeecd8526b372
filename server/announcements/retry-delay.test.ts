import { describe, expect, it } from "vitest";
import { ATTEMPTS, retryDelay } from "./retry-delay.ts";

describe("waiting between tries", () => {
  it("grows to half a day, so that ten tries span more than a day", () => {
    const waits = Array.from({ length: ATTEMPTS - 1 }, (_, index) => retryDelay(index + 1, 0.5));
    expect(waits.slice(0, 3)).toEqual([5_000, 17_500, 61_250]);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(43_200_000);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(86_400_000 * 0.9);
  });

  it("is spread by a fifth", () => {
    expect(retryDelay(1, 0)).toBe(4_500);
    expect(retryDelay(1, 0.999_999)).toBe(5_500);
  });
});
