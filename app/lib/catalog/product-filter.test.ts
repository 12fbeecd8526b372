import { describe, expect, it } from "vitest";
import { filterInput, narrowedBy, productFilter, productsHref, withoutOption } from "./product-filter.ts";

const of = (search: string) => productFilter(new URLSearchParams(search));

describe("what stands in the address of the shop's list", () => {
  it("is what the list is narrowed to, there and back", () => {
    const address =
      "/products?q=linne&category=clothes&color=black&color=white&size=m&from=100&to=400&stock=1&sort=price";
    const filter = of(address.split("?")[1] ?? "");
    expect(productsHref(filter)).toBe(address);
    expect(filterInput(filter)).toEqual({
      q: "linne",
      category: "clothes",
      options: { color: ["black", "white"], size: ["m"] },
      priceFrom: 10_000,
      priceTo: 40_000,
      inStock: true,
      sort: "price",
    });
    expect(narrowedBy(filter)).toBe(6);
  });

  it("that nobody could have chosen is left out", () => {
    expect(productsHref(of("from=-3&to=1e9&color=<b>&sort=paid&stock=yes&nonsense=1"))).toBe("/products");
  });

  it("loses one value at a time", () => {
    expect(productsHref(withoutOption(of("color=black&color=white"), "color", "black"))).toBe("/products?color=white");
    expect(productsHref(withoutOption(of("color=black"), "color", "black"))).toBe("/products");
  });

  it("keeps its filters from page to page", () => {
    expect(productsHref(of("q=a"), "next")).toBe("/products?q=a&cursor=next");
  });
});
