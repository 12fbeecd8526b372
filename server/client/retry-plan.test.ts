import { describe, expect, it } from "vitest";
import { mayRepeat, pauseBefore } from "./retry-plan.ts";

describe("sending again", () => {
  it("is for what reads, and for what an idempotency key makes one", () => {
    expect(mayRepeat({ type: "query", input: undefined })).toBe(true);
    expect(mayRepeat({ type: "mutation", input: { credits: 1, idempotencyKey: "k" } })).toBe(true);
    expect(mayRepeat({ type: "mutation", input: { credits: 1 } })).toBe(false);
    expect(mayRepeat({ type: "mutation", input: null })).toBe(false);
  });

  it("waits twice as long each time, up to ten seconds, and not all at once", () => {
    expect([1, 2, 3].map((attempt) => pauseBefore(attempt, 1))).toEqual([200, 400, 800]);
    expect(pauseBefore(1, 0)).toBe(100);
    expect(pauseBefore(50, 1)).toBe(10_000);
  });
});
