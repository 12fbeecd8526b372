import { expect, it } from "vitest";
import { changeSort, costsLess, decideTiming, FIRST_RULES, planTiming } from "./plan-timing.ts";
import { resumeDate } from "./resume-date.ts";

const month = (amount: number) => ({ amount, interval: "month", intervalCount: 1 });
const year = (amount: number) => ({ amount, interval: "year", intervalCount: 1 });

it.each([
  ["more for the same period", month(39_900), month(49_900), "now"],
  ["less for the same period", month(49_900), month(29_900), "period_end"],
  ["the same sum", month(39_900), month(39_900), "period_end"],
  ["by the year instead", month(39_900), year(399_000), "period_end"],
  ["by the month instead", year(399_000), month(49_900), "period_end"],
] as const)("%s", (_what, present, wanted, timing) => {
  expect(planTiming(present, wanted, { trialing: false })).toBe(timing);
  expect(planTiming(present, wanted, { trialing: true })).toBe("now");
});

it("is made as was asked where the rules let it, else not at all; in a trial now", () => {
  const rules = {
    ...FIRST_RULES,
    downgrade: { standard: "next_invoice", allowed: ["period_end"] },
    interval: { standard: "next_invoice", allowed: ["next_invoice"] },
  } as const;
  const base = { rules, trialing: false, free: false, asked: undefined };
  const plain = { promoted: false };
  expect(changeSort(month(100), year(900))).toBe("interval");
  expect(decideTiming({ ...base, sort: "downgrade" })).toEqual({ ...plain, timing: "next_invoice" });
  expect(decideTiming({ ...base, sort: "downgrade", asked: "period_end" })).toEqual({ ...plain, timing: "period_end" });
  expect(() => decideTiming({ ...base, sort: "downgrade", asked: "new_cycle" })).toThrow("cannot be made in that way");
  expect(decideTiming({ ...base, sort: "downgrade", asked: "new_cycle", free: true })).toMatchObject({
    timing: "new_cycle",
  });
  // Another period cannot wait for the next invoice.
  for (const asked of [undefined, "next_invoice", "now"] as const)
    expect(decideTiming({ ...base, sort: "interval", asked })).toEqual({ timing: "now", promoted: asked !== "now" });
  expect(decideTiming({ ...base, sort: "interval", asked: "new_cycle", trialing: true })).toMatchObject({
    timing: "now",
  });
});

it("compares what is paid by different periods by the month", () => {
  expect(costsLess(year(399_000), month(39_900))).toBe(true);
  expect(costsLess(year(400_000), month(29_900))).toBe(false);
  expect(costsLess(month(29_900), year(399_000))).toBe(true);
  expect(costsLess(year(478_800), month(39_900))).toBe(false);
  expect(costsLess({ amount: 10_000, interval: "week", intervalCount: 2 }, month(21_000))).toBe(false);
  expect(costsLess(month(39_900), month(39_900))).toBe(false);
});

it.each([
  ["2027-01-31T09:30:00Z", 1, "2027-02-28T09:30:00Z"],
  ["2028-01-31T09:30:00Z", 1, "2028-02-29T09:30:00Z"],
  ["2026-12-20T23:59:59Z", 3, "2027-03-20T23:59:59Z"],
  ["2026-11-30T00:00:00Z", 3, "2027-02-28T00:00:00Z"],
] as const)("%s and %i months is %s", (from, months, until) => {
  expect(resumeDate(new Date(from), months)).toEqual(new Date(until));
});
