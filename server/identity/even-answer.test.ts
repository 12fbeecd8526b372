import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answerEvenly } from "./even-answer.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const found = (after: number) => async (): Promise<string> => {
  await pause(after);
  return "found";
};
const refused = (after: number) => async (): Promise<string> => {
  await pause(after);
  throw new Error("unknown");
};

async function answeredAt(work: () => Promise<string>): Promise<number> {
  const begun = performance.now();
  let at = -1;
  const note = () => {
    at = performance.now() - begun;
  };
  void answerEvenly(250, work).then(note, note);
  await vi.advanceTimersByTimeAsync(2_000);
  return Math.round(at);
}

test.each([
  [0, 250],
  [12, 250],
  [249, 250],
  [251, 500],
  [480, 500],
  [610, 750],
])("work of %i ms is answered after %i ms, success and refusal alike", async (took, answered) => {
  expect([await answeredAt(found(took)), await answeredAt(refused(took))]).toEqual([answered, answered]);
});

test("what comes out is what the work said", async () => {
  const success = expect(answerEvenly(250, found(1))).resolves.toBe("found");
  const refusal = expect(answerEvenly(250, refused(1))).rejects.toThrow("unknown");
  await vi.advanceTimersByTimeAsync(300);
  await Promise.all([success, refusal]);
});
