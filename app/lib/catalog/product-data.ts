import type { CatalogItem } from "./catalog-types.ts";

/** Decimal digits of the currencies that the shop sells in. */
const MINOR_UNITS = 100;

/** A product as search engines read it (schema.org): what it is, what each form costs now, and whether there are any. */
export function productData(product: CatalogItem, url: string) {
  const offers = product.variants.map((variant) => ({
    "@type": "Offer",
    sku: variant.sku,
    url: `${url}?${new URLSearchParams(variant.codes)}`.replace(/\?$/, ""),
    price: (variant.price.amount / MINOR_UNITS).toFixed(2),
    priceCurrency: variant.price.currency,
    availability: `https://schema.org/${variant.stock.state === "sold_out" ? "OutOfStock" : "InStock"}`,
    itemCondition: "https://schema.org/NewCondition",
    hasMerchantReturnPolicy: {
      "@type": "MerchantReturnPolicy",
      applicableCountry: "SE",
      returnPolicyCategory: "https://schema.org/MerchantReturnFiniteReturnWindow",
      merchantReturnDays: 14,
    },
  }));
  const images = product.media.flatMap(({ picture }) => (picture ? [new URL(picture.src, url).href] : []));
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.name,
    description: product.summary,
    sku: product.id,
    category: product.category,
    url,
    ...(images.length > 0 ? { image: images } : {}),
    offers,
  };
}
