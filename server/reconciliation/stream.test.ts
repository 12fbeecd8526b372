import { describe, expect, test } from "vitest";
import { differences } from "./differences.ts";
import { EVENTS, nextReading } from "./stream.ts";

const now = new Date("2026-11-20T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

describe("when a stream is read next", () => {
  const at = (ranAt: Date | null, walkDownTo: Date | null = null) => nextReading(EVENTS, { ranAt, walkDownTo }, now);
  test("five minutes after it was read", () => expect(at(minutes(-2))).toEqual(minutes(3)));
  test("at once when it never was", () => {
    expect(nextReading(EVENTS, undefined, now) < now).toBe(true);
    expect(at(null) < now).toBe(true);
  });
  test("at once when a reading was too long, and again when that went further", () =>
    expect(at(null, minutes(-90))).toEqual(minutes(-90)));
  test("at once when the clock went back", () => expect(at(minutes(60)) < now).toBe(true));
});

describe("differences", () => {
  test("are the fields that the provider holds otherwise", () => {
    expect(differences({ status: "active", ends: null }, { status: "canceled", ends: null })).toEqual([
      { field: "status", ours: "active", theirs: "canceled" },
    ]);
    expect(differences({ status: "active", own: "x" }, { status: "active" })).toEqual([]);
  });
  test("are one of existence when a side knows it not", () => {
    expect(differences(null, { status: "paid" })).toEqual([{ field: "existence", ours: null, theirs: "paid" }]);
    expect(differences({ status: "active" }, null)).toEqual([{ field: "existence", ours: "active", theirs: null }]);
    expect(differences(null, null)).toEqual([]);
  });
});
