import { expect, it } from "vitest";
import { trialEnd } from "./trial-end.ts";

const day = (n: number) => new Date(Date.UTC(2027, 2, 1 + n, 9, 30));
/** Fourteen days, of which five are over. */
const trial = { startedAt: day(0), endsAt: day(14), restarted: false, given: false };

it.each([
  // The rule, the new plan's days, what becomes of it and on which day.
  ["keep", 30, "kept", 14],
  ["keep", 0, "kept", 14],
  ["from_start", 30, "moved", 30],
  ["from_start", 14, "kept", 14],
  ["from_start", 7, "moved", 7],
  ["from_start", 5, "now", 5],
  ["from_start", 3, "now", 5],
  ["from_start", 0, "now", 5],
  ["restart", 30, "moved", 35],
  ["restart", 14, "moved", 19],
  ["restart", 9, "kept", 14],
  ["restart", 3, "moved", 8],
  ["restart", 0, "now", 5],
] as const)("%s, to a plan with %i days: %s, day %i", (rule, days, ends, at) => {
  expect(trialEnd(rule, trial, days, day(5))).toEqual({ rule, ends, at: day(at) });
});

it("begins anew once: after that the promised day stays, and a plan without a trial ends it all the same", () => {
  const again = { ...trial, restarted: true };
  expect(trialEnd("restart", again, 30, day(5))).toMatchObject({ ends: "kept", at: day(14) });
  expect(trialEnd("restart", again, 0, day(5))).toMatchObject({ ends: "now", at: day(5) });
  expect(trialEnd("from_start", again, 30, day(5))).toMatchObject({ ends: "moved", at: day(30) });
});

it("keeps a day that somebody gave", () => {
  for (const rule of ["keep", "from_start", "restart"] as const)
    for (const days of [0, 3, 30])
      expect(trialEnd(rule, { ...trial, given: true }, days, day(5))).toMatchObject({ ends: "kept", at: day(14) });
});

it("takes a difference of seconds for the same day", () => {
  const late = { ...trial, startedAt: new Date(day(0).getTime() + 2_000) };
  expect(trialEnd("from_start", late, 14, day(5))).toMatchObject({ ends: "kept", at: day(14) });
});
