import { expect, it } from "vitest";
import { nextTry } from "./queue.ts";

it("tries soon, then ever later, and gives up after about three days", () => {
  const waits = [];
  for (let attempts = 1, now = 0; ; attempts += 1) {
    const next = nextTry(attempts, now);
    if (next === undefined) break;
    waits.push(next - now);
    now = next;
  }
  expect(waits[0]).toBe(1_000);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  const days = waits.reduce((sum, wait) => sum + wait, 0) / 86_400_000;
  expect(days).toBeGreaterThan(2.5);
  expect(days).toBeLessThan(3.5);
});
