import { expect, test, vi } from "vitest";
import { answerEvenly } from "./even-answer.ts";

test.each([
  ["quick success", async () => "found", "found"],
  ["quick refusal", () => Promise.reject(new Error("unknown")), null],
] as const)("a %s is held back until the time is over", async (_name, work: () => Promise<string>, value) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    let answered = false;
    const answer = answerEvenly<string>(250, work).finally(() => {
      answered = true;
    });
    const settled = value === null ? expect(answer).rejects.toThrow("unknown") : expect(answer).resolves.toBe(value);
    await vi.advanceTimersByTimeAsync(249);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await settled;
    expect(answered).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
