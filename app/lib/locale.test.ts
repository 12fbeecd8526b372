import { describe, expect, it } from "vitest";
import { localeOfPath, pageIn, pathInLocale } from "./locale.ts";

describe("the language of an address", () => {
  it("is known where a page has one address per language", () => {
    expect(localeOfPath("/medlemskap")).toBe("sv");
    expect(localeOfPath("/membership")).toBe("en");
    expect(localeOfPath("/medlemskapet")).toBeNull();
    expect(localeOfPath("/cart")).toBeNull();
  });

  it("leads to the same page in the other language", () => {
    expect(pathInLocale("/medlemskap", "en")).toBe("/membership");
    expect(pathInLocale("/terms", "sv")).toBe("/villkor");
    expect(pathInLocale("/cart", "en")).toBe("/cart");
    expect(pageIn("/privacy", "sv")).toBe("/integritet");
  });
});
