import { expect, test } from "vitest";
import { normalizeEmail } from "./email-address.ts";

test.each([
  ["Anna@Example.COM", "anna@example.com"],
  ["  anna@example.com ", "anna@example.com"],
  ["ａｎｎａ@example.com", "anna@example.com"],
  ["A\u030asa@example.com", "åsa@example.com"],
  ["anna+gym@example.com", "anna+gym@example.com"],
])("%j is %s", (typed, normalized) => {
  expect(normalizeEmail(typed)).toBe(normalized);
});
