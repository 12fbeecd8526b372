import { expect, test } from "vitest";
import { readRecoveryCode, recoveryCode } from "./recovery-code.ts";

test("codes are two groups of five without look-alikes, and no two are the same", () => {
  const codes = Array.from({ length: 2000 }, recoveryCode);
  expect(codes.filter((code) => !/^[2-9a-hj-km-np-z]{5}-[2-9a-hj-km-np-z]{5}$/.test(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});

test.each([
  ["k7m2p-9xw4d", "k7m2p-9xw4d"],
  [" K7M2P 9XW4D ", "k7m2p-9xw4d"],
  ["k7m2p9xw4d", "k7m2p-9xw4d"],
  ["123456", null],
  ["", null],
  ["k7m2p-9xw4d1", null],
])("%j is read as %j", (typed, code) => {
  expect(readRecoveryCode(typed)).toBe(code);
});
