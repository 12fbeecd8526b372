import { describe, expect, it } from "vitest";
import { isPublicPage, pageAddresses } from "./page-address.ts";

describe("the address of a page", () => {
  it("is named in each language where it has one", () => {
    expect(pageAddresses("/membership")).toEqual({
      canonical: "/membership",
      languages: [
        { locale: "sv", path: "/medlemskap" },
        { locale: "en", path: "/membership" },
      ],
      anyLanguage: "/medlemskap",
    });
  });
  it("is one where both languages share it, which can be asked for by name", () => {
    const languages = [
      { locale: "sv", path: "/products?lang=sv" },
      { locale: "en", path: "/products?lang=en" },
    ];
    expect(pageAddresses("/products/")).toEqual({ canonical: "/products", languages, anyLanguage: "/products" });
    expect(pageAddresses("/products", "en").canonical).toBe("/products?lang=en");
    expect(pageAddresses("/products", "de").canonical).toBe("/products");
    expect(pageAddresses("/", "sv").canonical).toBe("/?lang=sv");
  });
  it.each(["/account", "/account/orders/1", "/order", "/withdraw", "/admin", "/checkout/return"])(
    "%s is nobody's to find",
    (path) => expect(isPublicPage(path)).toBe(false),
  );
  it.each(["/", "/products/bag", "/orders-explained", "/medlemskap"])("%s is for everybody", (path) =>
    expect(isPublicPage(path)).toBe(true),
  );
});
