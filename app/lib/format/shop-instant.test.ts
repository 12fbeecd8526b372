import { describe, expect, test } from "vitest";
import { shopClock, shopInstant } from "./shop-instant.ts";

describe("the shop's clock", () => {
  test.each([
    ["2026-11-20T14:05", "2026-11-20T13:05:00.000Z"],
    ["2026-07-01T00:00", "2026-06-30T22:00:00.000Z"],
    // The hour after the change to summer time, and the second of the two that the change back has.
    ["2026-03-29T03:30", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T03:00", "2026-10-25T02:00:00.000Z"],
  ])("%s is %s", (text, iso) => {
    expect(shopInstant(text)).toBe(iso);
    expect(shopClock(new Date(iso))).toBe(text);
  });
  test.each([undefined, "", "2026-11-20", "2026-13-40T99:99", "x"])("%s is no instant", (text) =>
    expect(shopInstant(text)).toBeUndefined(),
  );
});
