import { expect, test } from "vitest";
import { chargeAge } from "./charge-age.ts";

const now = new Date("2026-11-20T12:00:00Z");

test.each([
  [0, "fresh"],
  [59, "fresh"],
  [60, "late"],
  [69, "late"],
  [70, "outdated"],
  [60 * 24, "outdated"],
])("a charge that is %s minutes old and never arrived is %s", (minutes, age) => {
  expect(chargeAge(new Date(now.getTime() - minutes * 60_000), now)).toBe(age);
});
