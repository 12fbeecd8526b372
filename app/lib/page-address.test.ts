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
    });
  });
  it("is one where both languages share it, with or without a last slash", () => {
    expect(pageAddresses("/products/")).toEqual({ canonical: "/products", languages: [] });
    expect(pageAddresses("/")).toEqual({ canonical: "/", languages: [] });
  });
  it.each(["/account", "/account/orders/1", "/order", "/withdraw", "/admin", "/checkout/return"])(
    "%s is nobody's to find",
    (path) => expect(isPublicPage(path)).toBe(false),
  );
  it.each(["/", "/products/bag", "/orders-explained", "/medlemskap"])("%s is for everybody", (path) =>
    expect(isPublicPage(path)).toBe(true),
  );
});
