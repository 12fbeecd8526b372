import type { StockState } from "../../../server/inventory/index.ts";
import type { PriceView } from "../../../server/pricing/index.ts";

/** An uploaded picture as a page places it. */
export type PictureFile = { src: string; width: number; height: number };

/** One orderable form of a product as the catalogue shows it. Texts are in the visitor's language. */
export type CatalogVariant = {
  id: string;
  sku: string;
  options: Readonly<Record<string, string>>;
  /** The options as they stand in addresses and forms. */
  codes: Readonly<Record<string, string>>;
  stock: StockState;
  price: PriceView;
};

export type CatalogItem = {
  id: string;
  kind: "membership" | "merchandise" | "credit_pack" | "plan";
  name: string;
  summary: string;
  description: string;
  includes: readonly string[];
  art: string;
  category: string;
  recommended: boolean;
  variants: readonly CatalogVariant[];
  /** What tells its forms apart, in order. */
  optionNames: readonly string[];
  media: readonly { art: string; alt: string; picture: PictureFile | null }[];
  stock: StockState;
  pricesDiffer: boolean;
  /** How many of a membership one subscription may have. */
  mostUnits: number;
  /** The first variant's. */
  price: PriceView;
};

/** What a card in a list shows of a product. */
export type CatalogCard = Pick<CatalogItem, "id" | "art" | "name" | "price" | "stock"> & {
  picture: PictureFile | null;
};
