import { expect, it } from "vitest";
import { after } from "./duration.ts";

const from = Date.parse("2026-01-31T10:00:00.250Z");
const moved = (duration: string) => {
  const instant = after(from, duration);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

it("moves by calendar months and exact times", () => {
  expect(moved("P1M")).toBe("2026-02-28T10:00:00.250Z");
  expect(moved("P1Y2M")).toBe("2027-03-31T10:00:00.250Z");
  expect(moved("P1DT2H30M15S")).toBe("2026-02-01T12:30:15.250Z");
  expect(moved("P2W")).toBe("2026-02-14T10:00:00.250Z");
});

it("knows what is no duration", () => {
  expect([moved("P"), moved("PT"), moved("P1DT"), moved("1 month"), moved("-P1D")]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
