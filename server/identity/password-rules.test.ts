import { expect, test } from "vitest";
import { passwordProblem } from "./password-rules.ts";

const email = "anna.andersson@example.com";

test.each([
  "blåbärssoppa till frukost",
  "vfpqjzkwtn",
  "TräTröjaTåg",
  "only lower case words",
  "日本語のパスワードです長い",
  "aaab-långt-nog",
])("%j is taken: no rule about which characters", (password) => {
  expect(passwordProblem(password, email)).toBeNull();
});

test.each([
  ["kort", "too_short"],
  ["123456789", "too_short"],
  ["x".repeat(201), "too_long"],
  ["aaaaaaaaaa", "repetitive"],
  ["abcabcabcabc", "repetitive"],
  ["abcdefghijkl", "repetitive"],
  ["1234567890", "common"],
  ["password123", "common"],
  ["Password2026!", "common"],
  ["lösenord1234", "common"],
  ["LÖSENORD1234", "common"],
  ["qwertyuiop", "common"],
  ["Kraftverk2026", "common"],
  ["anna.andersson@example.com", "contains_email"],
  ["Anna.Andersson@Example.com", "contains_email"],
  ["anna.andersson1987", "contains_email"],
])("%j is refused: %s", (password, problem) => {
  expect(passwordProblem(password, email)).toBe(problem);
});

test("a letter composed of two code points counts as the one it is", () => {
  expect(passwordProblem("lo\u0308senord1234", email)).toBe("common");
  expect(passwordProblem("a\u030aa\u030aa\u030aa\u030aa\u030a", email)).toBe("too_short");
});
