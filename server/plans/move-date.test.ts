import { expect, it } from "vitest";
import { moveDate } from "./move-date.ts";

const day = (text: string) => new Date(`${text}T09:00:00Z`);
const month = {
  currentPeriodEndAt: day("2026-12-31"),
  anchorAt: day("2026-10-31"),
  interval: "month",
  intervalCount: 1,
};

it.each([
  ["2026-11-21", 0, "2026-12-31"],
  ["2026-11-21", 40, "2026-12-31"],
  ["2026-12-01", 30, "2026-12-31"],
  ["2026-12-02", 30, "2027-01-31"],
  ["2026-12-30", 30, "2027-01-31"],
  ["2026-12-30", 60, "2027-02-28"],
])("told on %s with %i days of notice: %s", (now, noticeDays, at) => {
  expect(moveDate(month, { now: day(now), noticeDays })).toEqual(day(at));
});

it("waits a whole year where that is paid by the year, and knows no day where no period runs", () => {
  const year = { ...month, interval: "year", anchorAt: day("2025-12-31") };
  expect(moveDate(year, { now: day("2026-12-20"), noticeDays: 30 })).toEqual(day("2027-12-31"));
  expect(moveDate({ ...month, currentPeriodEndAt: null }, { now: day("2026-12-20"), noticeDays: 30 })).toBeNull();
});
