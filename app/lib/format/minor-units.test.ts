import { expect, it } from "vitest";
import { minorUnitsOf } from "./minor-units.ts";

it.each([
  ["249", 24_900],
  ["249,5", 24_950],
  ["1 249.50", 124_950],
  ["1 249,05", 124_905],
  ["", null],
  ["-5", null],
  ["2,505", null],
  ["1e3", null],
])("%j", (typed, amount) => expect(minorUnitsOf(typed)).toBe(amount));
