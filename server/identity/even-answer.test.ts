import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answerEvenly } from "./even-answer.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

async function answeredWithin(milliseconds: number, work: () => Promise<string>): Promise<boolean> {
  let answered = false;
  const note = () => {
    answered = true;
  };
  void answerEvenly(250, work).then(note, note);
  await vi.advanceTimersByTimeAsync(milliseconds);
  return answered;
}
const found = async (): Promise<string> => "found";
const refused = async (): Promise<string> => {
  throw new Error("unknown");
};

test("a quick success and a quick refusal are held back alike", async () => {
  expect([await answeredWithin(249, found), await answeredWithin(249, refused)]).toEqual([false, false]);
  expect([await answeredWithin(250, found), await answeredWithin(250, refused)]).toEqual([true, true]);
});

test("what comes out is what the work said", async () => {
  const success = expect(answerEvenly(250, found)).resolves.toBe("found");
  const refusal = expect(answerEvenly(250, refused)).rejects.toThrow("unknown");
  await vi.advanceTimersByTimeAsync(250);
  await Promise.all([success, refusal]);
});
