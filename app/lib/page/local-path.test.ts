import { describe, expect, it } from "vitest";
import { localPath } from "./local-path.ts";

describe("where a page may lead back to", () => {
  it("is a path on this site", () => {
    expect(localPath("/account?tab=1#x")).toBe("/account?tab=1#x");
    expect(localPath("/")).toBe("/");
  });

  it("is never another site", () => {
    for (const value of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "javascript:alert(1)",
      "/\t/evil.example",
      "/.//evil.example",
      "/x/..//evil.example",
      "/%2e//evil.example",
      "",
      null,
      7,
    ]) {
      expect(localPath(value), String(value)).toBeNull();
    }
  });
});
