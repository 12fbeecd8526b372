import { expect, it } from "vitest";
import { nextCheckAt } from "./check-schedule.ts";

const now = new Date("2026-11-20T12:00:00Z");
const at = (iso: string) => new Date(iso);

it("a membership that renews is asked about an hour and a half after its period", () => {
  const next = nextCheckAt({ status: "active", currentPeriodEndAt: at("2026-12-20T12:00:00Z") }, now);
  expect(next).toEqual(at("2026-12-20T13:30:00Z"));
});

it("one whose renewal we have not heard of is asked about every hour", () => {
  const next = nextCheckAt({ status: "active", currentPeriodEndAt: at("2026-11-20T09:00:00Z") }, now);
  expect(next).toEqual(at("2026-11-20T13:00:00Z"));
});

it.each(["past_due", "unpaid", "incomplete", "paused"] as const)(
  "one that is %s is asked about every day",
  (status) => {
    expect(nextCheckAt({ status, currentPeriodEndAt: at("2026-11-01T00:00:00Z") }, now)).toEqual(
      at("2026-11-21T12:00:00Z"),
    );
  },
);

it.each(["canceled", "incomplete_expired"] as const)("one that is %s is left alone", (status) => {
  expect(nextCheckAt({ status, currentPeriodEndAt: null }, now)).toBeNull();
});
