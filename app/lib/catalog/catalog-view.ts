import type { AppLoadContext } from "@remix-run/node";
import type { Locale } from "../locale.ts";
import type { CatalogCard, CatalogItem } from "./catalog-types.ts";

type ShelfItem = Awaited<ReturnType<AppLoadContext["caller"]["catalog"]["products"]["get"]>>;

/** A product in the visitor's language: the other one does not travel to the browser. */
export function catalogItem(item: ShelfItem, locale: Locale): CatalogItem {
  const { id, kind, art, category, recommended, price, optionNames, stock, pricesDiffer, mostUnits } = item;
  return {
    id,
    kind,
    art,
    category,
    recommended,
    price,
    optionNames,
    stock,
    pricesDiffer,
    mostUnits,
    media: item.media.map((one) => ({ art: one.art, alt: one.alt[locale], picture: one.picture })),
    name: item.name[locale],
    summary: item.summary[locale],
    description: item.description[locale],
    includes: item.includes.map((line) => line[locale]),
    variants: item.variants.map((variant) => ({
      id: variant.id,
      sku: variant.sku,
      price: variant.price,
      codes: variant.codes,
      stock: variant.stock,
      options: Object.fromEntries(Object.entries(variant.options).map(([name, value]) => [name, value[locale]])),
    })),
  };
}

/** A product as its card in a list: texts and sizes stay behind until its own page is opened. */
export function catalogCard({ id, art, name, price, stock, media }: ShelfItem, locale: Locale): CatalogCard {
  return { id, art, name: name[locale], price, stock, picture: media[0]?.picture ?? null };
}
