import { expect, test } from "vitest";
import { linkInput, resetPasswordInput } from "./input.ts";

test("a mailed link that was cut short is looked up, so that whoever follows it is told to ask for another", () => {
  expect(linkInput.safeParse({ token: "cut" }).success).toBe(true);
  expect(resetPasswordInput.safeParse({ token: "cut", password: "en helt annan mening" }).success).toBe(true);
  expect(linkInput.safeParse({ token: "x".repeat(201) }).success).toBe(false);
});
