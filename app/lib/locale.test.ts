import { describe, expect, it } from "vitest";
import { addressInLocale, localeOfAddress, localeOfPath, pageIn, pathInLocale } from "./locale.ts";

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

  it("can be asked for by name where both share it, until another one is chosen", () => {
    const at = (address: string) => localeOfAddress(new URL(address, "https://shop.example"));
    expect([at("/products?lang=en"), at("/products?lang=de"), at("/products")]).toEqual(["en", null, null]);
    expect(at("/medlemskap?lang=en")).toBe("sv");
    expect(addressInLocale("/products?q=bag&lang=en#list", "sv")).toBe("/products?q=bag#list");
    expect(addressInLocale("/membership?period=year", "sv")).toBe("/medlemskap?period=year");
  });
});
