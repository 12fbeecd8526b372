import { expect, test } from "vitest";
import { absoluteEnd, isTouchDue, sessionEnd } from "./session-lifetime.ts";

const at = (text: string) => new Date(text);
const opened = at("2026-11-20T12:00:00Z");

test("R23: a session that is not used ends after fourteen days", () => {
  expect(sessionEnd(opened, opened)).toEqual(at("2026-12-04T12:00:00Z"));
  expect(sessionEnd(opened, at("2026-12-01T00:00:00Z"))).toEqual(at("2026-12-15T00:00:00Z"));
});

test("R23: however much it is used, it ends ninety days after the sign-in", () => {
  expect(absoluteEnd(opened)).toEqual(at("2027-02-18T12:00:00Z"));
  expect(sessionEnd(opened, at("2027-02-17T00:00:00Z"))).toEqual(at("2027-02-18T12:00:00Z"));
});

test("being seen is written at most each five minutes", () => {
  expect(isTouchDue(opened, at("2026-11-20T12:04:59Z"))).toBe(false);
  expect(isTouchDue(opened, at("2026-11-20T12:05:00Z"))).toBe(true);
});
