import { describe, expect, it } from "vitest";
import { isLostConnection } from "./lost-connection.ts";

describe("a lost connection", () => {
  it.each(["Failed to fetch", "NetworkError when attempting to fetch resource.", "Load failed"])(
    "is told from: %s",
    (said) => {
      expect(isLostConnection(new TypeError(said))).toBe(true);
    },
  );

  it("is neither a fault in a page nor what somebody threw", () => {
    expect(isLostConnection(new TypeError("Cannot read properties of undefined"))).toBe(false);
    expect(isLostConnection(new Error("Failed to fetch"))).toBe(false);
    expect(isLostConnection(null)).toBe(false);
  });
});
