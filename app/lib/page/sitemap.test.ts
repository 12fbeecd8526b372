import { describe, expect, it } from "vitest";
import { robots, sitemap } from "./sitemap.ts";

const base = "https://shop.example";
const map = sitemap(base, ["bag", "t-shirt"]);

describe("the list of pages", () => {
  it("names each page once per language", () => {
    const addresses = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1]);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const path of ["/?lang=sv", "/?lang=en", "/medlemskap", "/membership", "/products/bag?lang=en", "/terms"])
      expect(addresses).toContain(`${base}${path}`);
  });

  it("says for each where it is in the other language, and for everybody else", () => {
    const [, entry] = /<loc>https:\/\/shop\.example\/membership<\/loc>([\s\S]*?)<\/url>/.exec(map) ?? [];
    expect(entry).toContain('hreflang="sv" href="https://shop.example/medlemskap"');
    expect(entry).toContain('hreflang="en" href="https://shop.example/membership"');
    expect(entry).toContain('hreflang="x-default" href="https://shop.example/medlemskap"');
  });

  it("holds nothing that is somebody's, and no character that ends an element early", () => {
    expect(map).not.toMatch(/\/(account|admin|cart|order|withdraw)/);
    expect(sitemap(base, ["a&b<c"])).toContain("/products/a%26b%3Cc?lang=sv");
  });
});

it("crawlers are kept from what is somebody's, and led to the list", () => {
  const text = robots(base);
  for (const path of ["/account", "/admin", "/cart", "/checkout", "/order", "/withdraw"])
    expect(text).toContain(`Disallow: ${path}\n`);
  expect(text).toContain("Sitemap: https://shop.example/sitemap.xml");
  expect(text).not.toContain("Disallow: /products");
});
