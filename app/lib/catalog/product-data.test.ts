import { expect, it } from "vitest";
import type { CatalogItem } from "./catalog-types.ts";
import { productData } from "./product-data.ts";

it("names what each form costs now and whether there are any", () => {
  const variant = (size: string, state: string) => ({
    sku: `shirt-${size}`,
    codes: { size },
    price: { amount: 29_950, currency: "SEK" },
    stock: { state, left: null },
  });
  const product = {
    id: "shirt",
    name: "Linne",
    summary: "Av bomull",
    category: "clothes",
    media: [
      { art: "tank", alt: "", picture: null },
      { art: "tank", alt: "", picture: { src: "/media/img_1", width: 1, height: 1 } },
    ],
    variants: [variant("m", "in_stock"), variant("l", "sold_out")],
  } as unknown as CatalogItem;
  const data = productData(product, "https://shop.example/products/shirt");
  expect(data).toMatchObject({ "@type": "Product", name: "Linne", url: "https://shop.example/products/shirt" });
  expect(data.image).toEqual(["https://shop.example/media/img_1"]);
  expect(data.offers).toMatchObject([
    {
      price: "299.50",
      priceCurrency: "SEK",
      availability: "https://schema.org/InStock",
      url: "https://shop.example/products/shirt?size=m",
    },
    { availability: "https://schema.org/OutOfStock" },
  ]);
});
